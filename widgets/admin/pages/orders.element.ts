import { html } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import { AdminPage } from '../admin-page.js';
import type { OrderRow } from '../api-types.js';
import { orderColumns } from '../order-columns.js';
import { href } from '../routes.js';
import { t } from '../texts.js';

/** Orders as the shop platform told them; the platform remains the place to work on them. */
class OrdersPage extends AdminPage {
  static override styles = kitStyles;
  #list = new PagedList<OrderRow>(this, (cursor) => this.session.api.get('/orders', { limit: 50, cursor }));

  override get ready(): Promise<unknown> { return this.#list.settled; }

  protected override render(): unknown {
    const list = this.#list;
    return html`<gx-page heading=${t('nav.orders')} subtitle=${t('orders.subtitle')}>
      ${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`<gx-card flush><gx-table label=${t('nav.orders')} csv .columns=${orderColumns(true)} .rows=${list.items} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()} @gx-csv=${() => this.exportCsv('/orders.csv')}>
        <gx-empty slot="empty" icon="receipt" heading=${t('orders.first')}><p>${t('orders.firstText')}</p><wa-button slot="action" variant="brand" href=${href('/imports')}>${t('customers.import')}</wa-button></gx-empty></gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-orders-page', OrdersPage);
