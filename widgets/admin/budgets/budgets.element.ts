import { css, html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatDate } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { AdminPage } from '../admin-page.js';
import { meter, meterStyles } from '../meter.js';
import './budget-days.element.js';
import './budget-dialog.element.js';
import { amountText, periodText, unitText, type Budget, type BudgetsAnswer } from './budget-types.js';
import { b, loadBudgetTexts } from './texts.js';

/** Limits on what may be given: how much of each is spent, what happens at the limit, and the history. */
class BudgetsPage extends AdminPage {
  static override properties = { editing: { state: true }, adding: { state: true }, history: { state: true } };
  declare editing: Budget | undefined;
  declare adding: boolean;
  declare history: Budget | undefined;
  #load = new Load<BudgetsAnswer>(this, () => this.session.api.get('/budgets'));

  static override styles = [kitStyles, meterStyles, css`
    .list { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); } @container page (min-width: 768px) { .list { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    .banner { display: flex; gap: 10px; align-items: center; padding: 12px 16px; border-radius: 8px; background: var(--gx-sunken); } .banner gx-icon { flex: none; color: var(--gx-warning); } .banner.over gx-icon { color: var(--gx-danger); }
    .buttons { display: flex; flex-wrap: wrap; gap: 8px; }
  `];

  constructor() { super(); this.editing = undefined; this.adding = false; this.history = undefined; }

  override get ready(): Promise<unknown> { return this.#load.settled; }
  override get tabTitle(): string { return b('title'); }

  async #switch(budget: Budget): Promise<void> {
    const state = budget.state === 'active' ? 'paused' : 'active';
    if (state === 'paused' && !await confirm({ title: b('pauseTitle'), body: b('pauseText'), action: b('pause') })) return;
    if (await this.attempt(() => this.session.api.post(`/budgets/${budget.id}/state`, { state }), b(state === 'paused' ? 'statePaused' : 'stateActive'))) await this.#load.reload();
  }

  #badge(budget: Budget): unknown {
    if (budget.over) return html`<gx-badge>${b('over')}</gx-badge>`;
    if (budget.state === 'paused') return html`<gx-badge>${b('paused')}</gx-badge>`;
    if (budget.startsAt > Date.now()) return html`<gx-badge tone="info">${b('later', { date: formatDate(budget.startsAt) })}</gx-badge>`;
    return budget.level === 'fine' ? nothing : html`<gx-badge tone=${budget.level === 'reached' ? 'danger' : 'warning'}>${b(budget.level)}</gx-badge>`;
  }

  #card(budget: Budget, currency: string): unknown {
    const amount = (value: number): string => amountText(budget.unit, value, currency);
    return html`<gx-card heading=${budget.title} subtitle="${unitText(budget.unit)} · ${periodText(budget.period)}"><span slot="actions">${this.#badge(budget)}</span>
      <div class="stack">${meter(unitText(budget.unit), budget.spent, budget.ceiling, b('spentOf', { spent: amount(budget.spent), ceiling: amount(budget.ceiling) }))}
        ${budget.paced && budget.room < budget.ceiling - budget.spent && budget.level === 'near' ? html`<p class="small">${b('slowed', { n: amount(budget.room) })}</p>` : nothing}
        <p class="muted small">${b('worst', { n: amount(budget.worst30) })}</p>
        <div class="buttons"><wa-button size="s" appearance="outlined" @click=${() => { this.history = budget; }}>${b('days')}</wa-button>
          ${this.manages ? html`<wa-button size="s" appearance="outlined" @click=${() => { this.editing = budget; }}>${b('edit')}</wa-button><wa-button size="s" appearance="plain" @click=${() => this.#switch(budget)}>${b(budget.state === 'active' ? 'pause' : 'resume')}</wa-button>` : nothing}</div></div></gx-card>`;
  }

  #body({ items, currency }: BudgetsAnswer): unknown {
    const active = items.filter(({ state, startsAt, over }) => state === 'active' && startsAt <= Date.now() && !over), count = (level: Budget['level']): number => active.filter((each) => each.level === level).length;
    if (!items.length) return html`<gx-card><gx-empty icon="coins" heading=${b('none')}><p>${b('noneText')}</p>${this.manages ? html`<wa-button slot="action" variant="brand" @click=${() => { this.adding = true; }}>${b('add')}</wa-button>` : nothing}</gx-empty></gx-card>`;
    return html`<div class="stack">
      ${count('reached') ? html`<p class="banner over" role="status"><gx-icon name="alert"></gx-icon>${b('reachedBanner', { n: count('reached') })}</p>` : nothing}
      ${count('near') ? html`<p class="banner" role="status"><gx-icon name="alert"></gx-icon>${b('nearBanner', { n: count('near') })}</p>` : nothing}
      <div class="list">${items.map((budget) => this.#card(budget, currency))}</div>
      <p class="muted small"><span class="strong">${b('atLimit')}:</span> ${b('atLimitText')}</p></div>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    const done = (): void => { this.adding = false; this.editing = undefined; };
    return html`<gx-page heading=${b('title')} subtitle=${b('subtitle')}>
      ${this.manages && value?.items.length ? html`<wa-button slot="actions" variant="brand" @click=${() => { this.adding = true; }}>${b('add')}</wa-button>` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="card"></gx-skeleton>`}
      <gx-budget-dialog .session=${this.session} .budget=${this.editing} .scopes=${value?.scopes ?? []} currency=${value?.currency ?? 'CNY'} ?open=${this.adding || this.editing !== undefined} @gx-close=${done} @gx-saved=${() => { done(); void this.#load.reload(); }}></gx-budget-dialog>
      <gx-budget-days .session=${this.session} .budget=${this.history} currency=${value?.currency ?? 'CNY'} @gx-close=${() => { this.history = undefined; }}></gx-budget-days>
    </gx-page>`;
  }
}
define('gx-budgets-page', BudgetsPage);
/** What has to be there before the page is built. */
export const prepare = loadBudgetTexts;
