import { imageUrl } from '../catalogue/catalogue.js';
import type { ProductDesign } from '../catalogue/product-design.js';
import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';

/** One product in a grid. The first ones are in the first screen and load at once. */
export const productCard = (page: PageContext, product: ProductDesign, eager: boolean): Html => html`
<li class="card"><a href="${page.link(`/demo/products/${product.sku}`)}"><img src="${imageUrl(product.sku)}" alt="" width="600" height="600"${eager ? '' : html` loading="lazy"`}>
<span class="name">${product.title[page.locale]}</span><span class="detail">${product.detail[page.locale]}</span><span class="price">${page.money(product.price)}</span></a></li>`;

/** The place of a widget; its height is kept from the start so that nothing moves when it arrives. `none` for the end of a page, where nothing follows that could. */
export const mount = (slot: string, height: 's' | 'm' | 'l' | 'xl' | 'none', data: Readonly<Record<string, string>> = {}): Html =>
  html`<div class="mount ${height}" data-guanxi="${slot}"${Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`)}></div>`;
