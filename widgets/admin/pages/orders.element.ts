import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import { AdminPage } from '../admin-page.js';
import type { OrderRow } from '../api-types.js';
import { orderColumns } from '../order-columns.js';
import { href } from '../routes.js';
import { t } from '../texts.js';

const TYPING_MS = 250;

/** Orders as the shop platform told them; the platform remains the place to work on them. */
class OrdersPage extends AdminPage {
  static override properties = { search: { state: true } };
  declare search: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #list = new PagedList<OrderRow>(this, (cursor) => this.session.api.get('/orders', { ...this.#filter(), limit: 50, cursor }));

  static override styles = [kitStyles, css`wa-input { flex: 1 1 200px; max-inline-size: 360px; }`];

  constructor() { super(); this.search = ''; }

  override connectedCallback(): void {
    this.search = this.query.get('search') ?? '';
    super.connectedCallback();
  }

  override get ready(): Promise<unknown> { return this.#list.settled; }

  #filter(): Record<string, string> { return this.search ? { search: this.search } : {}; }

  #type(event: Event): void {
    this.search = ((event.target as HTMLInputElement).value ?? '').trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.remember(this.search ? { search: this.search } : { search: '' }); void this.#list.reload(); }, TYPING_MS);
  }

  protected override render(): unknown {
    const list = this.#list;
    return html`<gx-page heading=${t('nav.orders')} subtitle=${t('orders.subtitle')}>
      ${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`<gx-card flush><gx-table label=${t('nav.orders')} csv .columns=${orderColumns(true)} .rows=${list.items} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()} @gx-csv=${() => this.exportCsv('/orders.csv', this.#filter())}>
        <wa-input slot="filters" type="search" with-clear .value=${this.search} placeholder=${t('orders.search')} label=${t('orders.search')} class="bare" @input=${this.#type}><gx-icon slot="start" name="search"></gx-icon></wa-input>
        ${this.search ? html`<gx-empty slot="empty" icon="search" heading=${t('orders.none')}></gx-empty>` : html`<gx-empty slot="empty" icon="receipt" heading=${t('orders.first')}><p>${t('orders.firstText')}</p><wa-button slot="action" variant="brand" href=${href('/imports')}>${t('customers.import')}</wa-button></gx-empty>`}</gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-orders-page', OrdersPage);
