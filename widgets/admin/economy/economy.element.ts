import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { AdminPage } from '../admin-page.js';
import type { EconomyAnswer, LedgerRow } from '../api-types.js';
import { ledgerColumns } from '../ledger-columns.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import type { BurnAnswer, DaysAnswer, Flow, Open, PathsAnswer } from './economy-types.js';
import { flowCard, outstandingCard, sourcesCard, sumOf, worthBy } from './flow-charts.js';
import { burnCard, expiringCard, forecastCard, pathsCard } from './liability-charts.js';
import { e, loadEconomyTexts } from './texts.js';

type Holder = EconomyAnswer['top'][number];

/** What points cost: what is owed and whether it grows, what came and went and why, what expires when, who holds most. */
class EconomyPage extends AdminPage {
  static override properties = { days: { state: true }, bySource: { state: true } };
  declare days: string;
  declare bySource: boolean;
  #load = new Load<EconomyAnswer>(this, () => this.session.api.get('/economy'));
  #days = new Load<DaysAnswer>(this, () => this.session.api.get('/economy/days', { days: this.days }));
  #burn = new Load<BurnAnswer>(this, () => this.session.api.get('/economy/burn'));
  #paths = new Load<PathsAnswer>(this, () => this.session.api.get('/economy/paths', { days: this.days }));
  #ledger = new PagedList<LedgerRow>(this, (cursor) => this.session.api.get('/economy/ledger', { limit: 20, cursor }));

  static override styles = [kitStyles, css`
    .halves { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
    .big { --gx-chart-height: 300px; }
    .csv { border: 0; padding: 4px 0; min-block-size: 24px; background: none; color: var(--gx-muted); font: inherit; font-size: var(--gx-font-small); text-decoration: underline; text-underline-offset: 3px; cursor: pointer; } .csv:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; border-radius: 4px; }
    @container page (min-width: 768px) { .halves { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  `];

  constructor() { super(); this.days = '90'; this.bySource = true; }

  override get ready(): Promise<unknown> { return Promise.all([this.#load.settled, this.#days.settled, this.#ledger.settled]); }

  #rows(list: Parameters<Open>[0], filter: Parameters<Open>[1]): string {
    return href(`/economy/${list}?${new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString()}`);
  }
  /** Goes to the rows behind a number. */
  readonly #open: Open = (list, filter) => { dispatchEvent(new CustomEvent('gx-navigate', { detail: { path: this.#rows(list, filter) } })); };
  #flows(flow: Flow, { days }: DaysAnswer): string { return this.#rows('flows', { flow, from: days[0]?.date, to: days.at(-1)?.date }); }
  /** Saves one of the page's lists. */
  #csv(name: string, period = false): () => void { return () => void this.exportCsv(`/economy/${name}.csv`, period ? { days: this.days } : {}); }

  #top({ top, totals }: EconomyAnswer): unknown {
    const all = totals.outstanding + totals.pending;
    const columns: Column<Holder>[] = [
      { key: 'name', label: t('customers.name'), primary: true, cell: (row) => row.name || t('customers.noName') },
      { key: 'available', label: e('spendable'), align: 'end', cell: (row) => formatNumber(row.available) },
      { key: 'pending', label: e('pendingPoints'), align: 'end', cell: (row) => html`<span class="muted">${formatNumber(row.pending)}</span>` },
      { key: 'earned', label: e('earned'), align: 'end', wideOnly: true, cell: (row) => html`<span class="muted">${formatNumber(row.earned)}</span>` },
      { key: 'share', label: e('share'), align: 'end', cell: (row) => html`<span class="muted">${formatPercent(all ? (row.available + row.pending) / all : 0, 1)}</span>` },
    ];
    return html`<gx-card flush heading=${e('top')} subtitle=${e('topText')}><gx-table paging="none" csv @gx-csv=${this.#csv('top')} label=${e('top')} .columns=${columns} .rows=${top} .rowHref=${(row: Holder) => href(`/customers/${row.personId}`)}><gx-empty slot="empty" compact heading=${t('economy.nothing')}></gx-empty></gx-table></gx-card>`;
  }

  /** A card that may come after the others; its place is kept. */
  #later<T>(load: Load<T>, heading: string, show: (value: T) => unknown): unknown {
    if (load.value) return show(load.value);
    return html`<gx-card heading=${heading}>${load.error ? html`<gx-error .error=${load.error} @gx-retry=${() => load.reload()}></gx-error>` : html`<gx-skeleton shape="chart"></gx-skeleton>`}</gx-card>`;
  }

  #body(economy: EconomyAnswer, days: DaysAnswer): unknown {
    const { totals } = economy;
    const period = t('economy.period', { days: Number(this.days) }), change = (flow: Flow): number | undefined => (days.before[flow] ? (sumOf(days, flow) / days.before[flow] - 1) * 100 : undefined);
    return html`<div class="tiles">
        <gx-kpi label=${t('economy.outstanding')} .value=${totals.outstanding} format="points" note=${t('home.worth', { amount: formatMoney(totals.liability, totals.currency) })} href=${this.#rows('lots', { state: 'active' })}></gx-kpi>
        <gx-kpi label=${t('economy.pending')} .value=${totals.pending} format="points" note=${totals.debt ? t('economy.debt', { n: formatNumber(totals.debt) }) : t('economy.pendingText')} href=${this.#rows('lots', { state: 'pending' })}></gx-kpi>
        <gx-kpi label=${t('economy.issued')} .value=${sumOf(days, 'issued')} format="points" note=${period} .change=${change('issued')} .trend=${days.days.map((day) => day.issued)} href=${this.#flows('issued', days)}></gx-kpi>
        <gx-kpi label=${t('economy.spent')} .value=${-sumOf(days, 'redeemed')} format="points" note=${period} .change=${change('redeemed')} .trend=${days.days.map((day) => -day.redeemed)} href=${this.#flows('redeemed', days)}></gx-kpi>
      </div>
      ${outstandingCard(days, worthBy(totals), this.#open, this.#csv('days', true))}
      ${this.#later(this.#burn, e('forecast'), (burn) => forecastCard(burn, totals.currency, this.#csv('liability')))}
      ${flowCard(this.session, days, { bySource: this.bySource, choose: (bySource) => { this.bySource = bySource; } }, this.#open, this.#csv('movements', true))}
      <div class="halves">${sourcesCard(this.session, days, this.#open, this.#csv('movements', true))}${this.#later(this.#burn, e('burn'), (burn) => burnCard(burn, this.#open, this.#csv('burn')))}</div>
      ${this.#later(this.#paths, e('paths'), (paths) => pathsCard(this.session, paths, days.days[0]?.date ?? '', this.#open, this.#csv('paths', true)))}
      ${expiringCard(economy, this.#open, this.#csv('expiring'))}
      ${this.#top(economy)}
      <gx-card flush heading=${t('economy.ledger')}><gx-table label=${t('economy.ledger')} csv .columns=${ledgerColumns(this.session, (row) => (row.personId ? html`<a href=${href(`/customers/${row.personId}`)}>${row.name || t('customers.noName')}</a>` : '–'))} .rows=${this.#ledger.items} ?loading=${this.#ledger.loading} ?has-next=${this.#ledger.hasNext} @gx-more=${() => this.#ledger.more()} @gx-csv=${this.#csv('ledger')}>
        <gx-empty slot="empty" icon="coins" heading=${t('economy.nothing')}><p>${t('economy.nothingText')}</p></gx-empty></gx-table></gx-card>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load, { value: days, error: daysError } = this.#days;
    return html`<gx-page heading=${t('nav.economy')} subtitle=${t('economy.subtitle')}>
      <select class="select" slot="actions" aria-label=${t('economy.choosePeriod')} @change=${(event: Event) => { this.days = (event.target as HTMLSelectElement).value; void this.#days.reload(); void this.#paths.reload(); }}>
        ${['30', '90', '365'].map((days) => html`<option value=${days} ?selected=${this.days === days}>${t('economy.period', { days: Number(days) })}</option>`)}</select>
      ${error ?? daysError ? html`<gx-error .error=${error ?? daysError} @gx-retry=${() => { void this.#load.reload(); void this.#days.reload(); }}></gx-error>` : value && days ? this.#body(value, days) : html`<gx-skeleton shape="page"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-economy-page', EconomyPage);
/** What has to be there before the page is built. */
export const prepare = loadEconomyTexts;
