import { css, html, nothing } from 'lit';
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

type Holder = EconomyAnswer['top'][number];

/** What points cost: issued, spent, expired, taken back; what is outstanding and worth; what expires when; who holds most. */
class EconomyPage extends AdminPage {
  static override properties = { days: { state: true } };
  declare days: string;
  #load = new Load<EconomyAnswer>(this, () => this.session.api.get('/economy', { days: this.days }));
  #ledger = new PagedList<LedgerRow>(this, (cursor) => this.session.api.get('/economy/ledger', { limit: 20, cursor }));

  static override styles = [kitStyles, css`
    .halves { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
    .big { --gx-chart-height: 300px; }
    @container page (min-width: 768px) { .halves { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  `];

  constructor() { super(); this.days = '90'; }

  override get ready(): Promise<unknown> { return Promise.all([this.#load.settled, this.#ledger.settled]); }

  #flow(economy: EconomyAnswer): unknown {
    const { totals, byDay } = economy;
    const data = { days: true, format: 'points' as const, categories: byDay.map((day) => day.date), series: [
      { name: t('economy.issued'), values: byDay.map((day) => day.issued) }, { name: t('economy.spent'), values: byDay.map((day) => -day.spent) },
      { name: t('economy.expired'), values: byDay.map((day) => -day.expired) }, { name: t('economy.reversed'), values: byDay.map((day) => -day.reversed) }] };
    const sentence = t('economy.flowSentence', { days: Number(this.days), issued: formatNumber(totals.issued), spent: formatNumber(totals.spent), share: formatPercent(totals.issued ? totals.spent / totals.issued : 0) });
    return html`<gx-card heading=${t('economy.flow')}><gx-chart class="big" kind="stacked" label=${t('economy.flow')} sentence=${sentence} .data=${data}></gx-chart></gx-card>`;
  }

  #expiring({ expiring }: EconomyAnswer): unknown {
    const total = expiring.reduce((sum, day) => sum + day.amount, 0);
    const next = expiring.find((day) => day.amount > 0);
    if (!next) return html`<gx-card heading=${t('economy.expiring')}><gx-empty compact icon="calendar" heading=${t('economy.noExpiring')}></gx-empty></gx-card>`;
    return html`<gx-card heading=${t('economy.expiring')}><gx-chart kind="stacked" label=${t('economy.expiring')} sentence=${t('economy.expiringSentence', { n: formatNumber(total), date: formatBusinessDate(next.date), first: formatNumber(next.amount) })}
      .data=${{ days: true, format: 'points', categories: expiring.map((day) => day.date), series: [{ name: t('economy.expiring'), values: expiring.map((day) => day.amount), tone: 'warning' }] }}></gx-chart></gx-card>`;
  }

  #sources({ bySource, totals }: EconomyAnswer): unknown {
    const issued = bySource.filter((source) => source.issued > 0).sort((a, b) => b.issued - a.issued).slice(0, 8);
    const first = issued[0];
    return html`<gx-card heading=${t('economy.sources')}>${first ? html`<gx-chart kind="bars" label=${t('economy.sources')} sentence=${t('economy.sourcesSentence', { source: reasonText(this.session, { kind: 'grant', source: first.source }), share: formatPercent(totals.issued ? first.issued / totals.issued : 0) })}
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

  #body(economy: EconomyAnswer): unknown {
    const { totals } = economy;
    const period = t('economy.period', { days: Number(this.days) });
    return html`<div class="tiles">
        <gx-kpi label=${t('economy.outstanding')} .value=${totals.outstanding} format="points" note=${t('home.worth', { amount: formatMoney(totals.liability, totals.currency) })}></gx-kpi>
        <gx-kpi label=${t('economy.pending')} .value=${totals.pending} format="points" note=${totals.debt ? t('economy.debt', { n: formatNumber(totals.debt) }) : t('economy.pendingText')}></gx-kpi>
        <gx-kpi label=${t('economy.issued')} .value=${totals.issued} format="points" note=${period} .trend=${economy.byDay.map((day) => day.issued)}></gx-kpi>
        <gx-kpi label=${t('economy.spent')} .value=${totals.spent} format="points" note=${period} .trend=${economy.byDay.map((day) => day.spent)}></gx-kpi>
      </div>
      ${this.#flow(economy)}
      <div class="halves">${this.#expiring(economy)}${this.#sources(economy)}</div>
      ${this.#top(economy)}
      <gx-card flush heading=${t('economy.ledger')}><gx-table label=${t('economy.ledger')} csv .columns=${ledgerColumns(this.session, (row) => (row.personId ? html`<a href=${href(`/customers/${row.personId}`)}>${row.name || t('customers.noName')}</a>` : '–'))} .rows=${this.#ledger.items} ?loading=${this.#ledger.loading} ?has-next=${this.#ledger.hasNext} @gx-more=${() => this.#ledger.more()} @gx-csv=${() => this.exportCsv('/economy/ledger.csv')}>
        <gx-empty slot="empty" icon="coins" heading=${t('economy.nothing')}><p>${t('economy.nothingText')}</p></gx-empty></gx-table></gx-card>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    return html`<gx-page heading=${t('nav.economy')} subtitle=${t('economy.subtitle')}>
      <select class="select" slot="actions" aria-label=${t('economy.choosePeriod')} @change=${(event: Event) => { this.days = (event.target as HTMLSelectElement).value; void this.#load.reload(); }}>
        ${['30', '90', '365'].map((days) => html`<option value=${days} ?selected=${this.days === days}>${t('economy.period', { days: Number(days) })}</option>`)}</select>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? this.#body(value) : nothing}
    </gx-page>`;
  }
}
define('gx-economy-page', EconomyPage);
