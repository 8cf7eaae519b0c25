import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { minorDigits } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { t } from '../texts.js';
import type { Budget, BudgetPeriod, BudgetScope, BudgetUnit } from './budget-types.js';
import { b } from './texts.js';

interface Draft { scope: string; unit: BudgetUnit; period: BudgetPeriod; ceiling: string; softPercent: string; paced: boolean; startsAt: string; useRate: string; unitCost: string }
const UNITS: readonly BudgetUnit[] = ['points', 'money', 'units'];
const PERIODS: readonly BudgetPeriod[] = ['total', 'day', 'week', 'month'];
const GROUPS = [['shop', 'scopeShop'], ['activity', 'scopeActivity'], ['reward', 'scopeReward']] as const;
/** A day in the browser's zone as a date field has it. */
const dayOf = (at: number): string => { const date = new Date(at); return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10); };

/**
 * Makes a budget or changes one; what it is for, its unit and its period stay.
 * @element gx-budget-dialog
 * @fires gx-saved
 * @fires gx-close
 */
class BudgetDialog extends KitElement {
  static override properties = { session: { attribute: false }, open: { type: Boolean }, budget: { attribute: false }, scopes: { attribute: false }, currency: { type: String }, draft: { state: true }, problem: { state: true }, busy: { state: true } };
  declare session: AdminSession;
  declare open: boolean;
  declare budget: Budget | undefined;
  declare scopes: readonly BudgetScope[];
  declare currency: string;
  declare draft: Draft;
  declare problem: string;
  declare busy: boolean;
  #key = '';

  static override styles = [kitStyles, css`
    .fields { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); } @media (min-width: 560px) { .fields { grid-template-columns: repeat(2, minmax(0, 1fr)); } .whole { grid-column: 1 / -1; } }
    label { display: grid; gap: 4px; align-content: start; font-weight: 500; } select { inline-size: 100%; } .limit { padding: 10px 12px; border-radius: 6px; background: var(--gx-sunken); }
  `];

  constructor() {
    super();
    this.open = false; this.budget = undefined; this.scopes = []; this.currency = 'CNY'; this.problem = ''; this.busy = false;
    this.draft = { scope: 'shop', unit: 'points', period: 'month', ceiling: '', softPercent: '80', paced: false, startsAt: '', useRate: '100', unitCost: '0' };
  }

  get #digits(): number { return 10 ** minorDigits(this.currency); }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('open') || !this.open) return;
    this.problem = ''; this.#key = crypto.randomUUID();
    const { budget } = this;
    const asText = (amount: number): string => String(budget?.unit === 'money' ? amount / this.#digits : amount);
    this.draft = budget
      ? { scope: budget.scope, unit: budget.unit, period: budget.period, ceiling: asText(budget.ceiling), softPercent: String(budget.softPercent), paced: budget.paced, startsAt: budget.startsAt ? dayOf(budget.startsAt) : '', useRate: String(budget.useRate / 100), unitCost: String(budget.unitCost / this.#digits) }
      : { scope: 'shop', unit: 'points', period: 'month', ceiling: '', softPercent: '80', paced: false, startsAt: '', useRate: '100', unitCost: '0' };
  }

  #set(changes: Partial<Draft>): void { this.draft = { ...this.draft, ...changes }; }

  /** What the server takes, or what is wrong. */
  #rules(): { readonly ceiling: number; readonly softPercent: number; readonly paced: boolean; readonly startsAt: number; readonly useRate: number; readonly unitCost: number } | string {
    const { draft } = this, money = draft.unit === 'money';
    const ceiling = Math.round(Number(draft.ceiling) * (money ? this.#digits : 1)), softPercent = Number(draft.softPercent), useRate = Math.round(Number(draft.useRate) * 100), unitCost = Math.round(Number(draft.unitCost) * this.#digits);
    const startsAt = draft.startsAt === '' ? 0 : new Date(`${draft.startsAt}T00:00`).getTime();
    if (draft.ceiling.trim() === '' || !Number.isSafeInteger(ceiling) || ceiling < 1 || (!money && !Number.isInteger(Number(draft.ceiling)))) return b('badLimit');
    if (!Number.isInteger(softPercent) || softPercent < 1 || softPercent > 100 || !(useRate >= 0 && useRate <= 10_000)) return b('badPercent');
    if (!Number.isSafeInteger(unitCost) || unitCost < 0) return b('badMoney');
    return Number.isNaN(startsAt) ? b('badDate') : { ceiling, softPercent, paced: draft.paced && draft.period !== 'total', startsAt, useRate, unitCost };
  }

  async #save(): Promise<void> {
    const rules = this.#rules();
    if (typeof rules === 'string') { this.problem = rules; return; }
    this.busy = true; this.problem = '';
    try {
      const { scope, unit, period } = this.draft;
      if (this.budget) await this.session.api.put(`/budgets/${this.budget.id}`, rules);
      else await this.session.api.post('/budgets', { scope, unit, period, ...rules }, { key: this.#key });
      toast(b('saved'), 'success');
      this.fire('gx-saved');
    } catch (error) { this.problem = error instanceof Error ? error.message : t('error.generic'); }
    this.busy = false;
  }

  #input(name: 'ceiling' | 'softPercent' | 'useRate' | 'unitCost', label: string, hint = ''): unknown {
    return html`<wa-input type="number" min="0" step="any" inputmode="decimal" label=${label} hint=${hint || nothing} .value=${this.draft[name]} @input=${(event: Event) => { this.#set({ [name]: (event.target as HTMLInputElement).value ?? '' }); }}></wa-input>`;
  }

  #choices(): unknown {
    const { draft } = this;
    return html`<label class="whole">${b('scope')}<select class="select" @change=${(event: Event) => { this.#set({ scope: (event.target as HTMLSelectElement).value }); }}>${GROUPS.map(([kind, key]) => html`<optgroup label=${b(key)}>
        ${this.scopes.filter((each) => each.kind === kind).map((each) => html`<option value=${each.scope} ?selected=${each.scope === draft.scope}>${each.title}</option>`)}</optgroup>`)}</select></label>
      <label>${b('unit')}<select class="select" @change=${(event: Event) => { this.#set({ unit: (event.target as HTMLSelectElement).value as BudgetUnit }); }}>${UNITS.map((unit) => html`<option value=${unit} ?selected=${unit === draft.unit}>${b(`unit.${unit}`)}</option>`)}</select><span class="muted small">${b(`unitText.${draft.unit}`)}</span></label>
      <label>${b('period')}<select class="select" @change=${(event: Event) => { this.#set({ period: (event.target as HTMLSelectElement).value as BudgetPeriod }); }}>${PERIODS.map((period) => html`<option value=${period} ?selected=${period === draft.period}>${b(`period.${period}`)}</option>`)}</select></label>`;
  }

  protected override render(): unknown {
    const { draft, budget } = this;
    return html`<gx-dialog label=${b(budget ? 'editTitle' : 'newTitle')} ?open=${this.open}>
      <div class="stack"><div class="fields">
        ${budget ? html`<p class="whole strong">${budget.title} · ${b(`unit.${budget.unit}`)} · ${b(`period.${budget.period}`)}</p>` : this.#choices()}
        ${this.#input('ceiling', `${b('ceiling')}${draft.unit === 'money' ? ` (${this.currency})` : ''}`)}
        ${this.#input('softPercent', `${b('softPercent')} (%)`)}
        ${draft.period === 'total' ? nothing : html`<wa-switch class="whole" hint=${b('pacedHint')} ?checked=${draft.paced} @change=${(event: Event) => { this.#set({ paced: (event.target as HTMLInputElement).checked }); }}>${b('paced')}</wa-switch>`}
        <wa-input type="date" label=${b('startsAt')} .value=${draft.startsAt} @input=${(event: Event) => { this.#set({ startsAt: (event.target as HTMLInputElement).value ?? '' }); }}></wa-input>
        ${draft.unit === 'money' ? html`${this.#input('useRate', `${b('useRate')} (%)`, b('useRateHint'))}${this.#input('unitCost', `${b('unitCost')} (${this.currency})`, b('unitCostHint'))}` : nothing}
      </div>
      <p class="limit small"><span class="strong">${b('atLimit')}:</span> ${b('atLimitText')}</p>
      <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#save()}>${b('save')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-budget-dialog', BudgetDialog);
