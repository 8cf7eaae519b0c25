import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatDateTime, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { SettingValues } from '../../kit/setting-fields.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { AdminPage } from '../admin-page.js';
import { actorText, reasonText } from '../ledger-columns.js';
import { href } from '../routes.js';
import './cluster-dialog.element.js';
import './reason-dialog.element.js';
import type { Decision } from './reason-dialog.element.js';
import { reasonsText, RULE_FIELDS, rulesOf, ruleValues, scoreOf, type GrantStop, type HeldReward, type HeldState, type RiskAnswer } from './risk-types.js';
import { loadRiskTexts, r } from './texts.js';

const STATES: readonly HeldState[] = ['held', 'released', 'refused'];

/** Rewards that wait, why, who belongs together, and what staff decide; activities that were stopped; the rules of it. */
class RiskPage extends AdminPage {
  static override properties = { state: { state: true }, decision: { state: true }, cluster: { state: true }, busy: { state: true } };
  declare state: HeldState;
  declare decision: Decision | undefined;
  declare cluster: string;
  declare busy: string;
  #load = new Load<RiskAnswer>(this, () => this.session.api.get('/risk', { state: this.state }));

  static override styles = [kitStyles, css`
    .stop { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 12px 16px; } .stop + .stop { border-block-start: 1px solid var(--gx-border); } .stop .text { flex: 1 1 240px; min-inline-size: 0; }
    .stop gx-icon { color: var(--gx-danger); } .stop.over gx-icon { color: var(--gx-muted); }
  `];

  constructor() { super(); this.state = 'held'; this.decision = undefined; this.cluster = ''; this.busy = ''; }

  override get ready(): Promise<unknown> { return this.#load.settled; }
  override get tabTitle(): string { return r('title'); }

  async #give(row: HeldReward): Promise<void> {
    this.busy = row.id;
    await this.attempt(() => this.session.api.post(`/risk/held/${row.id}/release`, {}), r('given'));
    this.busy = '';
    await this.#load.reload();
  }

  #take(row: HeldReward): void {
    this.decision = { title: r('takeTitle'), text: r('takeText'), action: r('takeBack'), danger: true, act: async (reason) => {
      await this.session.api.post(`/risk/held/${row.id}/refuse`, { reason });
      toast(r('takenBack'), 'success');
      await this.#load.reload();
    } };
  }

  #tellAll({ decided, left }: { readonly decided: number; readonly left: number }): void {
    toast(r('allDone', { n: decided }), 'success');
    if (left) toast(r('allLeft', { n: left }), 'danger');
  }

  #decideAll(cluster: string, release: boolean): void {
    this.cluster = '';
    this.decision = { title: r(release ? 'giveAllTitle' : 'takeAllTitle'), text: release ? '' : r('takeText'), action: r(release ? 'giveAll' : 'takeAll'), danger: !release, act: async (reason) => {
      this.#tellAll(await this.session.api.post(`/risk/clusters/${cluster}/decision`, { release, reason }));
      await this.#load.reload();
    } };
  }

  #resume(stop: GrantStop): void {
    this.decision = { title: r('resumeTitle'), text: this.#nameOf(stop), action: r('resume'), danger: false, ...(stop.held ? { option: r('resumeHeld') } : {}), act: async (reason, releaseHeld) => {
      await this.session.api.post(`/risk/stops/${stop.id}/resume`, { reason, releaseHeld: stop.held > 0 && releaseHeld });
      toast(r('resumeDone'), 'success');
      await this.#load.reload();
    } };
  }

  #why(row: HeldReward): unknown {
    return html`<span class="stacked">${row.cause === 'breaker' ? html`<span>${r('breaker')}</span>` : nothing}${reasonsText(row.reasons).map((each) => html`<span>${each}</span>`)}
      ${row.cause === 'risk' ? html`<span class="muted small">${r('score', { score: scoreOf(row.score) })}${row.clusterId && row.people > 1 ? html` · <wa-button size="s" appearance="plain" @click=${() => { this.cluster = row.clusterId ?? ''; }}>${r('cluster', { n: row.people })}</wa-button>` : nothing}</span>` : nothing}
      ${row.appeal ? html`<span><gx-badge tone="warning">${r('appealed')}</gx-badge></span><span>${r('appeal', { text: row.appeal })}</span>` : nothing}</span>`;
  }

  #columns(): Column<HeldReward>[] {
    const what = (row: HeldReward): string => (row.reward.kind === 'points' ? r('points', { n: formatNumber(row.reward.amount) }) : row.reward.amount > 1 ? `${formatNumber(row.reward.amount)} × ${row.reward.title}` : row.reward.title);
    return [
      { key: 'who', label: r('who'), primary: true, cell: (row) => html`<a href=${href(`/customers/${row.personId}`)}>${row.name || r('noName')}</a>` },
      { key: 'reward', label: r('reward'), cell: (row) => html`<span class="stacked"><span>${what(row)}</span><span class="muted small">${row.title === row.source ? reasonText(this.session, { kind: 'grant', source: row.source }) : row.title}</span></span>` },
      { key: 'why', label: r('why'), cell: (row) => this.#why(row) },
      { key: 'at', label: r('since'), align: 'end', wideOnly: true, cell: (row) => html`<span class="nowrap muted">${formatDateTime(row.at)}</span>` },
      ...(this.state === 'held' ? [
        { key: 'until', label: r('until'), align: 'end' as const, cell: (row: HeldReward) => html`<span class="muted">${row.until === null ? r('untilStaff') : formatDateTime(row.until)}</span>` },
        { key: 'decide', label: r('decide'), align: 'end' as const, cell: (row: HeldReward) => (this.manages ? html`<span class="line"><wa-button size="s" variant="brand" ?loading=${this.busy === row.id} @click=${() => this.#give(row)}>${r('give')}</wa-button>
          <wa-button size="s" appearance="outlined" @click=${() => { this.#take(row); }}>${r('takeBack')}</wa-button></span>` : nothing) },
      ] : [{ key: 'decided', label: r('decide'), cell: (row: HeldReward) => html`<span class="stacked"><span>${row.note ?? ''}</span><span class="muted small">${r('decidedLine', { by: actorText(this.session, row.decidedBy ?? ''), at: row.decidedAt ? formatDateTime(row.decidedAt) : '' })}</span></span>` }]),
    ];
  }

  /** What stands outside activities is named by what gives it. */
  #nameOf({ title, scope }: GrantStop): string { return title === scope ? reasonText(this.session, { kind: 'grant', source: scope }) : title; }

  #stop(stop: GrantStop): unknown {
    const numbers = { grants: formatNumber(stop.grants), usual: formatNumber(stop.usual), risky: formatNumber(stop.risky) };
    return html`<li class="stop ${stop.resumedAt === null ? '' : 'over'}"><gx-icon name="pause"></gx-icon><span class="text"><span class="strong">${this.#nameOf(stop)}</span><br>${r(stop.rule === 'rate' ? 'stopRate' : 'stopRisk', numbers)} <span class="muted">${formatDateTime(stop.at)}${stop.held ? ` · ${r('stopHeld', { n: stop.held })}` : ''}</span>
      ${stop.resumedAt === null ? nothing : html`<br><span class="muted small">${r('resumed', { at: formatDateTime(stop.resumedAt), by: actorText(this.session, stop.resumedBy ?? ''), note: stop.note ?? '' })}</span>`}</span>
      ${stop.resumedAt === null && this.manages ? html`<wa-button size="s" variant="brand" @click=${() => { this.#resume(stop); }}>${r('resume')}</wa-button>` : nothing}</li>`;
  }

  #body({ items, waiting, stops, rules }: RiskAnswer): unknown {
    return html`<div class="stack"><p class="muted">${r('promise')}</p>
      ${stops.length ? html`<gx-card flush heading=${r('stops')} subtitle=${r('stopsText')}><ul class="plain">${stops.map((stop) => this.#stop(stop))}</ul></gx-card>` : nothing}
      <gx-card flush heading=${r('list')} subtitle=${this.state === 'held' && waiting > items.length ? r('latest', { n: items.length, all: waiting }) : nothing}><gx-table paging="none" label=${r('list')} .columns=${this.#columns()} .rows=${items.map((each) => ({ ...each, id: each.grantId }))}>
        <select slot="filters" class="select" aria-label=${r('stateFilter')} @change=${(event: Event) => { this.state = (event.target as HTMLSelectElement).value as HeldState; void this.#load.reload(); }}>${STATES.map((state) => html`<option value=${state} ?selected=${state === this.state}>${r(state)}</option>`)}</select>
        <gx-empty slot="empty" compact icon="check" heading=${r('none')}><p>${r('noneText')}</p></gx-empty></gx-table></gx-card>
      ${this.manages ? html`<gx-card heading=${r('rules')} subtitle=${r('rulesText')}><gx-schema-form .fields=${RULE_FIELDS} .values=${ruleValues(rules)} .save=${(values: SettingValues) => this.#save(values)}></gx-schema-form></gx-card>` : nothing}</div>`;
  }

  async #save(values: SettingValues): Promise<void> {
    await this.session.api.put('/risk/rules', rulesOf(values));
    toast(r('rulesSaved'), 'success');
    await this.#load.reload();
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    return html`<gx-page heading=${r('title')} subtitle=${r('subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="card"></gx-skeleton>`}
      <gx-reason-dialog .decision=${this.decision} @gx-close=${() => { this.decision = undefined; }}></gx-reason-dialog>
      <gx-cluster-dialog .session=${this.session} cluster=${this.cluster} ?decides=${this.manages && this.state === 'held'} @gx-close=${() => { this.cluster = ''; }} @gx-decide=${({ detail }: CustomEvent<{ cluster: string; release: boolean }>) => { this.#decideAll(detail.cluster, detail.release); }}></gx-cluster-dialog>
    </gx-page>`;
  }
}
define('gx-risk-page', RiskPage);
/** What has to be there before the page is built. */
export const prepare = loadRiskTexts;
