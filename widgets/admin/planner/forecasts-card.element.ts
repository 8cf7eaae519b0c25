import { css, html, nothing } from 'lit';
import type { ChartData } from '../../kit/chart-data.js';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatBusinessDate, formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { dayAfter } from './charts.view.js';
import { shareOf, type Forecast, type ForecastRow } from './planner-types.js';
import { p } from './texts.js';

const running = (values: readonly number[]): number[] => { let sum = 0; return values.map((each) => (sum += each)); };

/**
 * Forecasts that were kept, and each against what the ledger says of the same days.
 * @element gx-planner-forecasts
 */
class PlannerForecasts extends KitElement {
  static override properties = { session: { attribute: false }, current: { attribute: false }, chosen: { state: true } };
  declare session: AdminSession;
  /** The newest run; it can be kept when it is done. */
  declare current: Forecast | undefined;
  declare chosen: string;

  #list = new Load<{ items: ForecastRow[] }>(this, () => this.session.api.get('/planner/forecasts', { limit: 100 }));
  #one = new Load<Forecast>(this, () => this.session.api.get(`/planner/forecasts/${this.chosen}`), false);

  static override styles = [kitStyles, css`
    form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
    label { display: grid; gap: 4px; flex: 0 1 280px; }
    input { min-block-size: 36px; padding: 4px 8px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; inline-size: 100%; }
    @media (pointer: coarse) { input { min-block-size: 44px; } }
  `];

  constructor() { super(); this.current = undefined; this.chosen = ''; }

  get settled(): Promise<unknown> { return this.#list.settled; }

  #kept(): readonly ForecastRow[] { return (this.#list.value?.items ?? []).filter(({ kept }) => kept); }

  protected override willUpdate(): void {
    const kept = this.#kept();
    if (kept.length && !kept.some(({ id }) => id === this.chosen)) { this.chosen = kept[0]!.id; void this.#one.reload(); }
  }

  async #do(act: () => Promise<unknown>, done?: string): Promise<void> {
    try { await act(); if (done) toast(done, 'success'); } catch (error) { toast(error instanceof Error ? error.message : String(error), 'danger'); }
  }

  #keep(event: Event): Promise<void> {
    event.preventDefault();
    const { id } = this.current!;
    const name = this.renderRoot.querySelector('input')?.value.trim() ?? '';
    return this.#do(async () => {
      await this.session.api.post(`/planner/forecasts/${id}/keep`, { name: name || p('keepDefault', { date: formatBusinessDate(this.current!.fromDate) }) });
      await this.#list.reload();
      this.chosen = id;
      await this.#one.reload();
    }, p('kept'));
  }

  async #remove({ id, name }: ForecastRow): Promise<void> {
    if (!(await confirm({ title: p('removeTitle', { name }), action: p('remove'), danger: true }))) return;
    await this.#do(async () => { await this.session.api.delete(`/planner/forecasts/${id}`); await this.#list.reload(); });
  }

  #reality({ outcome, actual, fromDate }: Forecast): unknown {
    const days = actual.length;
    if (!outcome || days === 0) return html`<p class="muted">${p('realityNone')}</p>`;
    const sum = (values: readonly number[]): number => values.slice(0, days).reduce((all, each) => all + each, 0);
    const [plannedIssued, plannedBurned] = [sum(outcome.now.byDay.issued), sum(outcome.now.byDay.burned)], [issued, burned] = [sum(actual.map((each) => each.issued)), sum(actual.map((each) => each.burned))];
    const data: ChartData = { days: true, format: 'points', categories: Array.from({ length: days }, (_, day) => dayAfter(fromDate, day)), series: [
      { name: p('forecastIssued'), values: running(outcome.now.byDay.issued.slice(0, days)) }, { name: p('actualIssued'), values: running(actual.map((each) => each.issued)) },
      { name: p('forecastBurned'), values: running(outcome.now.byDay.burned.slice(0, days)) }, { name: p('actualBurned'), values: running(actual.map((each) => each.burned)) }] };
    const plannedSales = sum(outcome.now.byDay.sales), sales = sum(actual.map((each) => each.sales));
    const sold: ChartData = { days: true, format: 'money', categories: data.categories, series: [{ name: p('forecastSales'), values: running(outcome.now.byDay.sales.slice(0, days)) }, { name: p('actualSales'), values: running(actual.map((each) => each.sales)) }] };
    return html`<gx-chart kind="line" label=${p('reality')} .data=${data} sentence=${p('realitySentence', {
      days, issued: formatNumber(issued), plannedIssued: formatNumber(plannedIssued), issuedShare: formatPercent(shareOf(issued, plannedIssued)), burned: formatNumber(burned), plannedBurned: formatNumber(plannedBurned), burnedShare: formatPercent(shareOf(burned, plannedBurned)),
    })}></gx-chart>
    <gx-chart kind="line" label=${p('realitySales')} .data=${sold} sentence=${p('realitySalesSentence', { sales: formatMoney(sales), plannedSales: formatMoney(plannedSales), share: formatPercent(shareOf(sales, plannedSales)) })}></gx-chart>`;
  }

  protected override render(): unknown {
    const kept = this.#kept(), chosen = kept.find(({ id }) => id === this.chosen);
    const keepable = this.current?.state === 'done' && !kept.some(({ id }) => id === this.current?.id);
    return html`<gx-card heading=${p('forecasts')} subtitle=${p('forecastsText')}><div class="stack">
      ${keepable ? html`<form @submit=${(event: Event) => this.#keep(event)}><label>${p('keepName')}<input maxlength="120" placeholder=${p('keepDefault', { date: formatBusinessDate(this.current!.fromDate) })}></label><wa-button type="submit" appearance="outlined">${p('keep')}</wa-button></form>` : nothing}
      ${chosen ? html`<div class="spread"><label><span class="visually-hidden">${p('forecasts')}</span><select class="select" @change=${(event: Event) => { this.chosen = (event.target as HTMLSelectElement).value; void this.#one.reload(); }}>${kept.map((each) => html`<option value=${each.id} ?selected=${each.id === chosen.id}>${each.name}</option>`)}</select></label>
          <span class="muted small">${p('since', { days: chosen.days, date: formatBusinessDate(chosen.fromDate) })}</span>
          <span class="row"><wa-button size="s" appearance="outlined" @click=${() => this.#do(() => this.session.download('/planner/forecast.csv', { id: chosen.id }))}><gx-icon slot="start" name="download"></gx-icon>${p('export')}</wa-button><wa-button size="s" appearance="outlined" @click=${() => this.#remove(chosen)}>${p('remove')}</wa-button></span></div>
        ${this.#one.value?.id === chosen.id ? this.#reality(this.#one.value) : html`<gx-skeleton shape="chart"></gx-skeleton>`}`
      : keepable ? nothing : html`<gx-empty compact icon="clock" heading=${p('noForecasts')}>${p('noForecastsText')}</gx-empty>`}
    </div></gx-card>`;
  }
}
define('gx-planner-forecasts', PlannerForecasts);
