import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { formatBusinessDate, formatDate, formatNumber, formatSigned } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { AdminPage } from '../admin-page.js';
import { reasonText } from '../ledger-columns.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import { FLOWS, type FlowEntry, type LotEntry, type Total, type UseEntry } from './economy-types.js';
import { rangeText, sourceText } from './flow-charts.js';
import { e, loadEconomyTexts } from './texts.js';

type Row = FlowEntry | LotEntry | UseEntry;
const isLot = (row: Row): row is LotEntry => 'remaining' in row;
const isUse = (row: Row): row is UseEntry => 'used' in row;
const LISTS = { flows: { path: '/economy/flow-rows', filter: ['flow', 'from', 'to', 'source'] }, lots: { path: '/economy/lots', filter: ['from', 'to', 'state', 'source', 'issuedFrom'] }, uses: { path: '/economy/uses', filter: ['source', 'use', 'issuedFrom', 'issuedTo', 'from', 'to'] } } as const;

/** The entries, lots or uses behind one number of the economy page: the filter is the address, the rows come to the number. */
class EconomyRowsPage extends AdminPage {
  static override properties = { total: { state: true } };
  declare total: Total | undefined;
  #list = new PagedList<Row>(this, async (cursor) => {
    const page = await this.session.api.get<{ items: Row[]; next?: string; total: Total }>(LISTS[this.#kind].path, { ...this.#filter, limit: 50, cursor });
    this.total = page.total;
    return page;
  });

  static override styles = [kitStyles, css`.sum { margin: 0; }`];

  constructor() { super(); this.total = undefined; }

  override get ready(): Promise<unknown> { return this.#list.settled; }
  override get tabTitle(): string { return this.#heading; }

  get #kind(): keyof typeof LISTS { const [name] = this.params; return name === 'lots' || name === 'uses' ? name : 'flows'; }
  get #filter(): Record<string, string> { return Object.fromEntries(LISTS[this.#kind].filter.flatMap((name) => { const value = this.query.get(name); return value ? [[name, value]] : []; })); }
  get #heading(): string {
    const { source, use, flow, from, state } = this.#filter, of = source === undefined ? undefined : sourceText(this.session, source);
    switch (this.#kind) {
      case 'lots': { const what = e(from ? 'lotsExpiring' : state === 'pending' ? 'lotsPending' : 'lotsTitle'); return of ? e('ofSource', { flow: what, source: of }) : what; }
      case 'uses': return source || use ? e('usesOf', { source: of ?? e('anySource'), use: use === undefined ? e('anyUse') : use === 'core.spend' ? e('anySpending') : sourceText(this.session, use) }) : e('usesTitle');
      case 'flows': { const known = FLOWS.find((each) => each === flow), what = known ? e(known) : e('allFlows'); return e('rowsTitle', { what: of ? e('ofSource', { flow: what, source: of }) : what }); }
    }
  }
  get #range(): string {
    const { from, to, issuedFrom, issuedTo } = this.#filter;
    const issued = issuedFrom ? (issuedTo ? e('issuedBetween', { range: rangeText(issuedFrom, issuedTo) }) : e('issuedSince', { from: formatBusinessDate(issuedFrom) })) : '';
    return [issued, from && to ? rangeText(from, to) : to ? e('rowsUntil', { to: formatBusinessDate(to) }) : ''].filter((part) => part !== '').join(' · ');
  }

  get #columns(): Column<Row>[] {
    const who: Column<Row> = { key: 'who', label: t('ledger.who'), cell: (row) => html`<a href=${href(`/customers/${row.personId}`)}>${row.name || t('customers.noName')}</a>` };
    const why: Column<Row> = { key: 'why', label: t('ledger.why'), primary: true, cell: (row) => html`<span class="stacked"><span>${reasonText(this.session, { kind: isLot(row) || isUse(row) ? 'grant' : row.kind, source: row.source })}</span>${isLot(row) || isUse(row) || !row.note ? '' : html`<span class="muted small">${row.note}</span>`}</span>` };
    const when: Column<Row> = { key: 'when', label: e('when'), align: 'end', cell: (row) => (isLot(row) ? '' : html`<span class="nowrap muted">${formatBusinessDate(row.businessDate)}</span>`) };
    const amount: Column<Row> = { key: 'amount', label: e('amount'), align: 'end', cell: (row) => (isLot(row) ? '' : html`<span class=${row.amount > 0 === isUse(row) ? 'negative' : 'positive'}>${isUse(row) ? formatNumber(row.amount) : formatSigned(row.amount)}</span>`) };
    switch (this.#kind) {
      case 'lots': return [why, who,
        { key: 'state', label: e('state'), wideOnly: true, cell: (row) => (isLot(row) ? html`<span class="muted">${e(row.state)}</span>` : '') },
        { key: 'left', label: e('left'), align: 'end', cell: (row) => (isLot(row) ? html`${formatNumber(row.remaining)} <span class="muted small">${e('of', { n: formatNumber(row.quantity) })}</span>` : '') },
        { key: 'expires', label: e('expires'), align: 'end', cell: (row) => (isLot(row) ? html`<span class="nowrap muted">${row.expiresAt >= 8.64e15 ? e('never') : formatDate(row.expiresAt - 1)}</span>` : '') },
      ];
      case 'uses': return [why, who,
        { key: 'issued', label: e('issuedOn'), wideOnly: true, cell: (row) => (isUse(row) ? html`<span class="nowrap muted">${formatBusinessDate(row.issuedOn)}</span>` : '') },
        { key: 'became', label: e('became'), cell: (row) => (isUse(row) ? reasonText(this.session, { kind: row.kind, source: row.kind === 'spend' || row.kind === 'spend-refund' ? row.used : `core.${row.kind}` }) : '') }, amount, when,
      ];
      case 'flows': return [why, who, amount, when];
    }
  }

  protected override render(): unknown {
    return html`<gx-page heading=${this.#heading} subtitle=${this.#range} back=${href('/economy')} back-label=${e('back')}>
      ${this.#list.error ? html`<gx-error .error=${this.#list.error} @gx-retry=${() => this.#list.reload()}></gx-error>` : html`
        ${this.total ? html`<p class="sum" role="status">${e('rowsOf', { n: this.total.entries, sum: this.#kind === 'flows' ? formatSigned(this.total.amount) : formatNumber(this.total.amount) })}</p>` : ''}
        <gx-card flush><gx-table label=${this.#heading} csv .columns=${this.#columns} .rows=${this.#list.items} ?loading=${this.#list.loading} ?has-next=${this.#list.hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.exportCsv(`${LISTS[this.#kind].path}.csv`, this.#filter)}>
          <gx-empty slot="empty" compact icon="coins" heading=${e('none')}></gx-empty></gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-economy-rows-page', EconomyRowsPage);
/** What has to be there before the page is built. */
export const prepare = loadEconomyTexts;
