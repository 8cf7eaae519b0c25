import { css, html, nothing } from 'lit';
import type { ChartData } from '../../kit/chart-data.js';
import { define } from '../../kit/define.js';
import { formatDate, formatMoney, formatNumber, formatPercent, formatSigned } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { Column } from '../../kit/table-columns.js';
import type { AdminSession } from '../admin-session.js';
import { href } from '../routes.js';
import { dayAfter, type ChangedOrder, type RuleDraft, type Simulation } from './earning-types.js';
import { e } from './texts.js';

const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
/** Change in percent, signed; a dash where there was nothing. */
export const changeText = ({ before, after }: Simulation): string => (before.points > 0 ? `${formatSigned(Math.round((after.points / before.points - 1) * 1000) / 10)} %` : '–');

/**
 * Plays a rule on orders that were placed: points then and now, their cost, by week, and the orders that change most.
 * @element gx-earning-trial
 */
class EarningTrial extends KitElement {
  static override properties = { session: { attribute: false }, rule: { attribute: false }, today: { type: String }, from: { state: true }, to: { state: true }, result: { state: true }, problem: { state: true }, busy: { state: true } };
  declare session: AdminSession;
  /** As it stands in the form. */
  declare rule: RuleDraft;
  declare today: string;
  declare from: string;
  declare to: string;
  declare result: Simulation | undefined;
  declare problem: string;
  declare busy: boolean;

  static override styles = [kitStyles, css`
    form { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; }
    label { display: grid; gap: 4px; font-weight: 500; }
    input { min-block-size: 36px; padding: 4px 8px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
    @media (pointer: coarse) { input { min-block-size: 44px; } }
  `];

  constructor() { super(); this.today = ''; this.from = ''; this.to = ''; this.result = undefined; this.problem = ''; this.busy = false; }

  protected override willUpdate(): void {
    if (this.today && !this.to) { this.to = this.today; this.from = dayAfter(this.today, -29); }
  }

  /** The calendar month before this one. */
  #lastMonth(): void {
    this.to = dayAfter(`${this.today.slice(0, 7)}-01`, -1);
    this.from = `${this.to.slice(0, 7)}-01`;
  }

  async #run(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true; this.problem = '';
    try { this.result = await this.session.api.post<Simulation>('/earning/simulations', { rule: this.rule, from: this.from, to: this.to }); } catch (error) { this.problem = error instanceof Error ? error.message : String(error); }
    this.busy = false;
  }

  async #export(): Promise<void> {
    this.problem = '';
    try { await this.session.download('/earning/simulation.csv', { rule: JSON.stringify(this.rule), from: this.from, to: this.to }); } catch (error) { this.problem = error instanceof Error ? error.message : String(error); }
  }

  #columns(): Column<ChangedOrder>[] {
    return [
      { key: 'order', label: e('order'), primary: true, cell: (row) => html`<span class="stacked"><a href=${href(`/orders?search=${encodeURIComponent(row.number)}`)}>${row.number}</a><span class="muted small">${formatDate(row.at)}</span></span>` },
      { key: 'who', label: e('customer'), cell: (row) => (row.personId ? html`<a href=${href(`/customers/${encodeURIComponent(row.personId)}`)}>${row.name || e('nobody')}</a>` : e('nobody')) },
      { key: 'sales', label: e('sales'), align: 'end', cell: (row) => formatMoney(row.sales) },
      { key: 'before', label: e('thenLabel'), align: 'end', cell: (row) => formatNumber(row.before) },
      { key: 'after', label: e('nowLabel'), align: 'end', cell: (row) => formatNumber(row.after) },
      { key: 'difference', label: e('difference'), align: 'end', cell: (row) => html`<span class=${row.after > row.before ? 'positive' : 'negative'}>${formatSigned(row.after - row.before)}</span>` },
    ];
  }

  #outcome(result: Simulation): unknown {
    const { before, after, weeks, orders, sales } = result;
    if (!orders) return html`<gx-empty compact icon="receipt" heading=${e('noOrders')}></gx-empty>`;
    const data: ChartData = { days: true, format: 'points', categories: weeks.map(({ date }) => date), series: [{ name: e('thenLabel'), values: weeks.map((week) => week.before), tone: 'muted' }, { name: e('nowLabel'), values: weeks.map((week) => week.after) }] };
    return html`<div class="tiles">
        <gx-kpi label=${e('pointsThen')} .value=${before.points} note=${e('ordersNote', { n: orders })}></gx-kpi>
        <gx-kpi label=${e('pointsNow')} .value=${after.points} note=${e('change', { change: changeText(result) })}></gx-kpi>
        <gx-kpi label=${e('costNow')} format="money" .value=${after.cost} note=${e('costNote', { cost: formatMoney(before.cost) })}></gx-kpi>
        <gx-kpi label=${e('shareNow')} .text=${formatPercent(shareOf(after.cost, sales), 2)} note=${e('shareNote', { share: formatPercent(shareOf(before.cost, sales), 2), sales: formatMoney(sales) })}></gx-kpi>
      </div>
      ${result.booked < before.points ? html`<p class="muted small">${e('bookedLess', { n: formatNumber(result.booked) })}</p>` : nothing}
      <gx-chart kind="line" label=${e('weeks')} sentence=${e('weeksSentence', { orders, after: formatNumber(after.points), before: formatNumber(before.points) })} .data=${data}></gx-chart>
      <h3>${e('changed')}</h3>
      <gx-table label=${e('changed')} .columns=${this.#columns()} .rows=${result.changed}><gx-empty slot="empty" compact icon="receipt" heading=${e('changedNone')}></gx-empty></gx-table>`;
  }

  protected override render(): unknown {
    const day = (name: 'from' | 'to'): unknown => html`<label>${e(name)}<input type="date" required .value=${this[name]} max=${this.today} @change=${(event: Event) => { this[name] = (event.target as HTMLInputElement).value; }}></label>`;
    return html`<gx-card heading=${e('trial')} subtitle=${e('trialText')}><div class="stack">
      <form @submit=${(event: Event) => this.#run(event)}>${day('from')}${day('to')}
        <wa-button type="button" appearance="plain" @click=${() => this.#lastMonth()}>${e('lastMonth')}</wa-button>
        <wa-button type="submit" variant="brand" ?loading=${this.busy} @click=${(event: Event) => this.#run(event)}><gx-icon slot="start" name="chart"></gx-icon>${e('run')}</wa-button>
        ${this.result?.orders ? html`<wa-button type="button" appearance="outlined" @click=${() => this.#export()}><gx-icon slot="start" name="download"></gx-icon>${e('export')}</wa-button>` : nothing}</form>
      <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div>
      <div class="stack" aria-live="polite">${this.result ? this.#outcome(this.result) : nothing}</div></div></gx-card>`;
  }
}
define('gx-earning-trial', EarningTrial);
