import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate, formatMoney, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { AdminPage } from '../admin-page.js';
import type { CustomerRow } from '../api-types.js';
import { href } from '../routes.js';
import { t } from '../texts.js';

const TYPING_MS = 250;

/** Everybody who bought, signed in or played as a guest. */
class CustomersPage extends AdminPage {
  static override properties = { search: { state: true }, sort: { state: true } };
  declare search: string;
  declare sort: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #list = new PagedList<CustomerRow>(this, (cursor) => this.session.api.get('/customers', { ...this.#filter(), limit: 50, cursor }));

  static override styles = [kitStyles, css`wa-input { flex: 1 1 200px; max-inline-size: 360px; }`];

  constructor() { super(); this.search = ''; this.sort = '-lastOrder'; }

  override connectedCallback(): void {
    this.search = this.query.get('search') ?? '';
    this.sort = this.query.get('sort') ?? '-lastOrder';
    super.connectedCallback();
  }

  override get ready(): Promise<unknown> { return this.#list.settled; }

  #filter(): Record<string, string> { return { ...(this.search ? { search: this.search } : {}), sort: this.sort.replace('-', ''), direction: this.sort.startsWith('-') ? 'desc' : 'asc' }; }

  #changed(): void {
    this.remember({ search: this.search, sort: this.sort === '-lastOrder' ? '' : this.sort });
    void this.#list.reload();
  }

  #type(event: Event): void {
    this.search = ((event.target as HTMLInputElement).value ?? '').trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed(), TYPING_MS);
  }

  #columns(): Column<CustomerRow>[] {
    return [
      { key: 'name', label: t('customers.name'), primary: true, sortable: true, cell: (row) => html`${row.name || t(row.kind === 'guest' ? 'customers.guest' : 'customers.noName')}` },
      { key: 'email', label: t('customers.email'), wideOnly: true, cell: (row) => html`<span class="muted">${row.emailMasked ?? '–'}</span>` },
      { key: 'kind', label: t('customers.kind'), cell: (row) => html`<gx-badge tone=${row.kind === 'member' ? 'success' : 'neutral'}>${t(row.kind === 'member' ? 'customers.member' : 'customers.guest')}</gx-badge>` },
      { key: 'orders', label: t('customers.orders'), align: 'end', sortable: true, cell: (row) => formatNumber(row.orders) },
      { key: 'spent', label: t('customers.spent'), align: 'end', sortable: true, cell: (row) => formatMoney(row.spent, row.currency) },
      { key: 'points', label: t('customers.points'), align: 'end', sortable: true, cell: (row) => formatNumber(row.points) },
      { key: 'lastOrder', label: t('customers.lastOrder'), align: 'end', sortable: true, cell: (row) => (row.lastOrderAt === null ? '–' : html`<span class="nowrap">${formatDate(row.lastOrderAt)}</span>`) },
    ];
  }

  protected override render(): unknown {
    const list = this.#list;
    return html`<gx-page heading=${t('nav.customers')} subtitle=${t('customers.subtitle')}>
      ${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`<gx-card flush><gx-table label=${t('nav.customers')} csv .columns=${this.#columns()} .rows=${list.items} .rowHref=${(row: CustomerRow) => href(`/customers/${row.id}`)} sort=${this.sort} ?loading=${list.loading} ?has-next=${list.hasNext}
        @gx-sort=${(event: CustomEvent<{ sort: string }>) => { this.sort = event.detail.sort; this.#changed(); }} @gx-more=${() => list.more()} @gx-csv=${() => this.exportCsv('/customers.csv', this.#filter())}>
        <wa-input slot="filters" type="search" with-clear .value=${this.search} placeholder=${t('customers.search')} label=${t('customers.search')} class="bare" @input=${this.#type}><gx-icon slot="start" name="search"></gx-icon></wa-input>
        ${this.search ? html`<gx-empty slot="empty" icon="search" heading=${t('customers.none')}><p>${t('customers.noneText')}</p></gx-empty>` : html`<gx-empty slot="empty" icon="users" heading=${t('customers.first')}><p>${t('customers.firstText')}</p><wa-button slot="action" variant="brand" href=${href('/imports')}>${t('customers.import')}</wa-button></gx-empty>`}
      </gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-customers-page', CustomersPage);
