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
import { FLOWS, type Flow, type FlowEntry, type LotEntry, type Total } from './economy-types.js';
import { rangeText } from './flow-charts.js';
import { e, loadEconomyTexts } from './texts.js';

type Row = FlowEntry | LotEntry;
const isLot = (row: Row): row is LotEntry => 'remaining' in row;

/** The entries or lots behind one number of the economy page: the filter is the address, the rows come to the number. */
class EconomyRowsPage extends AdminPage {
  static override properties = { total: { state: true } };
  declare total: Total | undefined;
  #list = new PagedList<Row>(this, async (cursor) => {
    const page = await this.session.api.get<{ items: Row[]; next?: string; total: Total }>(this.#path, { ...this.#filter, limit: 50, cursor });
    this.total = page.total;
    return page;
  });

  static override styles = [kitStyles, css`.sum { margin: 0; }`];

  constructor() { super(); this.total = undefined; }

  override get ready(): Promise<unknown> { return this.#list.settled; }
  override get tabTitle(): string { return this.#heading; }

  get #lots(): boolean { return this.params[0] === 'lots'; }
  get #path(): string { return this.#lots ? '/economy/lots' : '/economy/flow-rows'; }
  get #filter(): Record<string, string> {
    const names = this.#lots ? ['from', 'to', 'state'] : ['flow', 'from', 'to', 'source'];
    return Object.fromEntries(names.flatMap((name) => { const value = this.query.get(name); return value ? [[name, value]] : []; }));
  }
  get #heading(): string {
    if (this.#lots) return e(this.query.get('from') ? 'lotsExpiring' : this.query.get('state') === 'pending' ? 'lotsPending' : 'lotsTitle');
    const flow = FLOWS.find((each) => each === this.query.get('flow')) ?? ('issued' satisfies Flow), source = this.query.get('source');
    return e('rowsTitle', { what: source ? `${e(flow)} · ${reasonText(this.session, { kind: 'grant', source })}` : e(flow) });
  }

  get #columns(): Column<Row>[] {
    const who: Column<Row> = { key: 'who', label: t('ledger.who'), cell: (row) => html`<a href=${href(`/customers/${row.personId}`)}>${row.name || t('customers.noName')}</a>` };
    const why: Column<Row> = { key: 'why', label: t('ledger.why'), primary: true, cell: (row) => html`<span class="stacked"><span>${reasonText(this.session, { kind: isLot(row) ? 'grant' : row.kind, source: row.source })}</span>${isLot(row) || !row.note ? '' : html`<span class="muted small">${row.note}</span>`}</span>` };
    return this.#lots ? [why, who,
      { key: 'state', label: e('state'), wideOnly: true, cell: (row) => (isLot(row) ? html`<span class="muted">${e(row.state)}</span>` : '') },
      { key: 'left', label: e('left'), align: 'end', cell: (row) => (isLot(row) ? html`${formatNumber(row.remaining)} <span class="muted small">${e('of', { n: formatNumber(row.quantity) })}</span>` : '') },
      { key: 'expires', label: e('expires'), align: 'end', cell: (row) => (isLot(row) ? html`<span class="nowrap muted">${row.expiresAt >= 8.64e15 ? e('never') : formatDate(row.expiresAt - 1)}</span>` : '') },
    ] : [why, who,
      { key: 'amount', label: e('amount'), align: 'end', cell: (row) => (isLot(row) ? '' : html`<span class=${row.amount > 0 ? 'positive' : 'negative'}>${formatSigned(row.amount)}</span>`) },
      { key: 'when', label: e('when'), align: 'end', cell: (row) => (isLot(row) ? '' : html`<span class="nowrap muted">${formatBusinessDate(row.businessDate)}</span>`) },
    ];
  }

  protected override render(): unknown {
    const from = this.query.get('from'), to = this.query.get('to');
    return html`<gx-page heading=${this.#heading} subtitle=${from && to ? rangeText(from, to) : ''} back=${href('/economy')} back-label=${e('back')}>
      ${this.#list.error ? html`<gx-error .error=${this.#list.error} @gx-retry=${() => this.#list.reload()}></gx-error>` : html`
        ${this.total ? html`<p class="sum" role="status">${e('rowsOf', { n: this.total.entries, sum: this.#lots ? formatNumber(this.total.amount) : formatSigned(this.total.amount) })}</p>` : ''}
        <gx-card flush><gx-table label=${this.#heading} csv .columns=${this.#columns} .rows=${this.#list.items} ?loading=${this.#list.loading} ?has-next=${this.#list.hasNext} @gx-more=${() => this.#list.more()} @gx-csv=${() => this.exportCsv(`${this.#path}.csv`, this.#filter)}>
          <gx-empty slot="empty" compact icon="coins" heading=${e('none')}></gx-empty></gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-economy-rows-page', EconomyRowsPage);
/** What has to be there before the page is built. */
export const prepare = loadEconomyTexts;
