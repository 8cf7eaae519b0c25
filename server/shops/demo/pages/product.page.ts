import { CATALOGUE, imageUrl } from '../catalogue/catalogue.js';
import { CATEGORIES, type ProductDesign } from '../catalogue/product-design.js';
import { html } from './html.js';
import { icon } from './icons.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import { mount, productCard } from './product-card.js';

/** Others of the category first, then whatever stands next in the catalogue. */
const related = (product: ProductDesign): ProductDesign[] => {
  const at = CATALOGUE.indexOf(product);
  const others = [...CATALOGUE.slice(at + 1), ...CATALOGUE.slice(0, at)];
  return [...others.filter((other) => other.category === product.category), ...others.filter((other) => other.category !== product.category)].slice(0, 4);
};

export function productPage(page: PageContext, product: ProductDesign): PageParts {
  const category = CATEGORIES.find((each) => each.key === product.category);
  const title = product.title[page.locale];
  const body = html`<div class="wrap section">
<nav class="crumbs" aria-label="${page.t('breadcrumb')}"><a href="${page.link('/demo')}">${page.t('home')}</a><span aria-hidden="true">/</span><a href="${page.link('/demo', { category: product.category })}">${category?.title[page.locale]}</a></nav>
<div class="product"><img src="${imageUrl(product.sku)}" alt="${title}" width="600" height="600" fetchpriority="high">
<div class="facts"><h1>${title}</h1><p class="muted">${product.detail[page.locale]}</p><p class="price big">${page.money(product.price)}</p><p class="yours" id="yours"></p><p class="opening" id="opening" aria-live="polite"></p><p>${product.text[page.locale]}</p>
<form id="buy" class="buy" data-sku="${product.sku}"><div class="stepper" role="group" aria-label="${page.t('quantity')}"><button type="button" data-step="-1" aria-label="${page.t('less')}">−</button><input name="quantity" type="number" inputmode="numeric" min="1" max="20" value="1" required aria-label="${page.t('quantity')}"><button type="button" data-step="1" aria-label="${page.t('more')}">+</button></div>
<button class="button" type="submit">${page.t('addToCart')}</button></form>
<p class="status" role="status" id="added"></p>
<ul class="promises"><li>${icon('coin')}<span id="earns" aria-live="polite">${page.t('earnsSome')}</span></li><li>${icon('truck')}${page.t('shippingNote')}</li><li>${icon('back')}${page.returnDays === 0 ? page.t('returnsNone') : page.t('returns', { days: page.returnDays })}</li></ul></div></div></div>
${page.filled('product-reviews') ? html`<section class="band"><div class="wrap"><h2>${page.t('reviews')}</h2>${mount('product-reviews', 'l', { sku: product.sku })}</div></section>` : ''}
<section class="wrap section"><h2>${page.t('related')}</h2><ul class="grid four">${related(product).map((other) => productCard(page, other, false))}</ul></section>
<div class="wrap">${mount('product-below', 'none', { sku: product.sku })}</div>`;
  return { title, body, script: 'product', texts: ['added', 'viewCart', 'openForYou', 'opensForYou', 'opensAt', 'opensForAll', 'opensFirst', 'youSave', 'earns', 'earnsNone'], current: 'home' };
}
