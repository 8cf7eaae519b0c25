import { css, html, nothing } from 'lit';
import type { ChartPick } from '../../kit/chart-data.js';
import { define } from '../../kit/define.js';
import { formatBusinessDate, formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { AdminPage } from '../admin-page.js';
import type { EconomyAnswer, LedgerRow } from '../api-types.js';
import { ledgerColumns, reasonText } from '../ledger-columns.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import type { BurnAnswer, DaysAnswer, Flow, PathsAnswer } from './economy-types.js';
import { burnCard, flowCard, forecastCard, outstandingCard, pathsCard, sumOf } from './flow-charts.js';
import { loadEconomyTexts } from './texts.js';

type Holder = EconomyAnswer['top'][number];
/** Ways of losing points, by the account their entries are in. */
const LOST: Readonly<Record<string, Flow>> = { 'core.expire': 'expired', 'core.reversal': 'reversed', 'core.adjust': 'adjusted', 'core.forfeit': 'forfeited' };

/** What points cost: issued, spent, expired, taken back; what is outstanding and worth; what expires when; who holds most. */
class EconomyPage extends AdminPage {
  static override properties = { days: { state: true } };
  declare days: string;
  #load = new Load<EconomyAnswer>(this, () => this.session.api.get('/economy', { days: this.days }));
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

  constructor() { super(); this.days = '90'; }

  override get ready(): Promise<unknown> { return Promise.all([this.#load.settled, this.#days.settled, this.#burn.settled, this.#paths.settled, this.#ledger.settled]); }

  /** Goes to the entries behind a number. */
  #open(flow: Flow, from: string, to: string, source?: string): void { this.#go(`/economy/flows?${new URLSearchParams({ flow, from, to, ...(source ? { source } : {}) }).toString()}`); }
  #go(path: string): void { dispatchEvent(new CustomEvent('gx-navigate', { detail: { path: href(path) } })); }
  #flows(flow: Flow, { days }: DaysAnswer): string { return href(`/economy/flows?${new URLSearchParams({ flow, from: days[0]?.date ?? '', to: days.at(-1)?.date ?? '' }).toString()}`); }

  #expiring({ expiring }: EconomyAnswer): unknown {
    const total = expiring.reduce((sum, day) => sum + day.amount, 0);
    const next = expiring.find((day) => day.amount > 0);
    if (!next) return html`<gx-card heading=${t('economy.expiring')}><gx-empty compact icon="calendar" heading=${t('economy.noExpiring')}></gx-empty></gx-card>`;
    return html`<gx-card heading=${t('economy.expiring')}><gx-chart kind="stacked" pickable @gx-pick=${({ detail }: CustomEvent<ChartPick>) => { const day = expiring[detail.category]; if (day) this.#go(`/economy/lots?from=${day.date}&to=${day.date}`); }} label=${t('economy.expiring')} sentence=${t('economy.expiringSentence', { n: formatNumber(total), date: formatBusinessDate(next.date), first: formatNumber(next.amount) })}
      .data=${{ days: true, format: 'points', categories: expiring.map((day) => day.date), series: [{ name: t('economy.expiring'), values: expiring.map((day) => day.amount), tone: 'warning' }] }}></gx-chart></gx-card>`;
  }

  #sources({ bySource, totals }: EconomyAnswer, { days }: DaysAnswer): unknown {
    const issued = bySource.filter((source) => source.issued > 0).sort((a, b) => b.issued - a.issued).slice(0, 8);
    const first = issued[0];
    return html`<gx-card heading=${t('economy.sources')}>${first ? html`<gx-chart kind="bars" pickable @gx-pick=${({ detail }: CustomEvent<ChartPick>) => { const picked = issued[detail.category]; if (picked) this.#open('issued', days[0]?.date ?? '', days.at(-1)?.date ?? '', picked.source); }} label=${t('economy.sources')} sentence=${t('economy.sourcesSentence', { source: reasonText(this.session, { kind: 'grant', source: first.source }), share: formatPercent(totals.issued ? first.issued / totals.issued : 0) })}
      .data=${{ format: 'points', categories: issued.map((source) => reasonText(this.session, { kind: 'grant', source: source.source })), series: [{ name: t('economy.issued'), values: issued.map((source) => source.issued) }] }}></gx-chart>` : html`<gx-empty compact icon="coins" heading=${t('economy.nothing')}></gx-empty>`}</gx-card>`;
  }

  #top({ top, totals }: EconomyAnswer): unknown {
    const columns: Column<Holder>[] = [
      { key: 'name', label: t('customers.name'), primary: true, cell: (row) => row.name || t('customers.noName') },
      { key: 'available', label: t('customers.points'), align: 'end', cell: (row) => formatNumber(row.available) },
      { key: 'share', label: t('economy.share'), align: 'end', cell: (row) => html`<span class="muted">${formatPercent(totals.outstanding ? row.available / totals.outstanding : 0, 1)}</span>` },
    ];
    return html`<gx-card flush heading=${t('economy.top')} subtitle=${t('economy.topText')}><gx-table paging="none" label=${t('economy.top')} .columns=${columns} .rows=${top} .rowHref=${(row: Holder) => href(`/customers/${row.personId}`)}><gx-empty slot="empty" compact heading=${t('economy.nothing')}></gx-empty></gx-table></gx-card>`;
  }

  #body(economy: EconomyAnswer, days: DaysAnswer): unknown {
    const { totals } = economy, { value: burn } = this.#burn, { value: paths } = this.#paths, first = days.days[0]?.date ?? '', last = days.days.at(-1)?.date ?? '';
    const period = t('economy.period', { days: Number(this.days) }), change = (flow: Flow): number | undefined => (days.before[flow] ? (sumOf(days, flow) / days.before[flow] - 1) * 100 : undefined);
    const worth = (points: number): string => formatMoney(totals.outstanding + totals.pending ? Math.round(totals.liability * points / (totals.outstanding + totals.pending)) : 0, totals.currency);
    return html`<div class="tiles">
        <gx-kpi label=${t('economy.outstanding')} .value=${totals.outstanding} format="points" note=${t('home.worth', { amount: formatMoney(totals.liability, totals.currency) })} href=${href('/economy/lots?state=active')}></gx-kpi>
        <gx-kpi label=${t('economy.pending')} .value=${totals.pending} format="points" note=${totals.debt ? t('economy.debt', { n: formatNumber(totals.debt) }) : t('economy.pendingText')} href=${href('/economy/lots?state=pending')}></gx-kpi>
        <gx-kpi label=${t('economy.issued')} .value=${sumOf(days, 'issued')} format="points" note=${period} .change=${change('issued')} .trend=${days.days.map((day) => day.issued)} href=${this.#flows('issued', days)}></gx-kpi>
        <gx-kpi label=${t('economy.spent')} .value=${-sumOf(days, 'redeemed')} format="points" note=${period} .change=${change('redeemed')} .trend=${days.days.map((day) => -day.redeemed)} href=${this.#flows('redeemed', days)}></gx-kpi>
      </div>
      ${outstandingCard(days, worth, () => void this.exportCsv('/economy/days.csv', { days: this.days }))}
      ${flowCard(days, (flow, from, to) => { this.#open(flow, from, to); }, () => void this.exportCsv('/economy/days.csv', { days: this.days }))}
      <div class="halves">${burn ? forecastCard(burn, totals.currency) : nothing}${this.#sources(economy, days)}</div>
      ${burn ? burnCard(burn, () => void this.exportCsv('/economy/burn.csv')) : nothing}
      ${paths ? pathsCard(this.session, paths, (source, use) => { const lost = LOST[use]; if (lost) this.#open(lost, first, last, source); else this.#open('redeemed', first, last, use); }, () => void this.exportCsv('/economy/paths.csv', { days: this.days })) : nothing}
      ${this.#expiring(economy)}
      ${this.#top(economy)}
      <gx-card flush heading=${t('economy.ledger')}><gx-table label=${t('economy.ledger')} csv .columns=${ledgerColumns(this.session, (row) => (row.personId ? html`<a href=${href(`/customers/${row.personId}`)}>${row.name || t('customers.noName')}</a>` : '–'))} .rows=${this.#ledger.items} ?loading=${this.#ledger.loading} ?has-next=${this.#ledger.hasNext} @gx-more=${() => this.#ledger.more()} @gx-csv=${() => this.exportCsv('/economy/ledger.csv')}>
        <gx-empty slot="empty" icon="coins" heading=${t('economy.nothing')}><p>${t('economy.nothingText')}</p></gx-empty></gx-table></gx-card>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load, { value: days, error: daysError } = this.#days;
    return html`<gx-page heading=${t('nav.economy')} subtitle=${t('economy.subtitle')}>
      <select class="select" slot="actions" aria-label=${t('economy.choosePeriod')} @change=${(event: Event) => { this.days = (event.target as HTMLSelectElement).value; void this.#load.reload(); void this.#days.reload(); void this.#paths.reload(); }}>
        ${['30', '90', '365'].map((days) => html`<option value=${days} ?selected=${this.days === days}>${t('economy.period', { days: Number(days) })}</option>`)}</select>
      ${error ?? daysError ? html`<gx-error .error=${error ?? daysError} @gx-retry=${() => { void this.#load.reload(); void this.#days.reload(); }}></gx-error>` : value && days ? this.#body(value, days) : nothing}
    </gx-page>`;
  }
}
define('gx-economy-page', EconomyPage);
/** What has to be there before the page is built. */
export const prepare = loadEconomyTexts;
