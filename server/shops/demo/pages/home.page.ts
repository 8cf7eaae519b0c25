import { CATALOGUE, searchCatalogue } from '../catalogue/catalogue.js';
import { CATEGORIES } from '../catalogue/product-design.js';
import { html, type Html } from './html.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import { mount, productCard } from './product-card.js';

const chips = (page: PageContext, chosen: string | undefined, query: string): Html => html`<nav class="chips" aria-label="${page.t('categories')}">
${[undefined, ...CATEGORIES].map((category) => html`<a href="${page.link('/demo', { ...(category ? { category: category.key } : {}), ...(query ? { q: query } : {}) })}"${category?.key === chosen ? html` aria-current="page"` : ''}>${category ? category.title[page.locale] : page.t('all')}</a>`)}</nav>`;

const hero = (page: PageContext): Html => html`<section class="hero"><div class="wrap"><div class="words"><h1>${page.t('heroTitle')}</h1><p>${page.t('heroText')}</p><a class="button" href="${page.link('/demo/club')}">${page.t('heroAction')}</a></div>
<img src="/demo/images/still-life.svg" alt="" width="900" height="600" fetchpriority="high"></div></section>`;

/** The catalogue: everything, a category, or what a search finds. */
export function homePage(page: PageContext): PageParts {
  const query = (page.query.get('q') ?? '').trim().slice(0, 60);
  const category = CATEGORIES.find((each) => each.key === page.query.get('category'));
  const plain = !query && !category;
  const found = query || category ? searchCatalogue(query, category?.key) : [...CATALOGUE].sort((a, b) => b.weight - a.weight);
  const heading = category ? category.title[page.locale] : query ? `“${query}”` : page.t('all');
  const list = found.length
    ? html`<ul class="grid">${found.map((product, i) => productCard(page, product, i < (plain ? 4 : 8)))}</ul>`
    : html`<div class="empty"><p>${page.t('nothing', { q: query })}</p><p class="muted">${page.t('nothingHint')}</p><a class="button quiet" href="${page.link('/demo')}">${page.t('showAll')}</a></div>`;
  const Heading = plain ? html`<h2>${heading}</h2>` : html`<h1>${heading}</h1>`;
  const body = html`${plain ? hero(page) : ''}
<div class="wrap section"><div class="heading">${Heading}<p class="muted">${found.length === 1 ? page.t('resultsOne') : page.t('results', { n: found.length })}</p></div>${chips(page, category?.key, query)}${list}</div>
${plain ? html`<section class="band"><div class="wrap"><div class="heading"><div><h2>${page.t('clubTitle')}</h2><p class="muted">${page.t('clubText')}</p></div><a href="${page.link('/demo/club')}">${page.t('toClub')}</a></div>${page.filled('check-in') ? mount('check-in', 's') : ''}</div></section>` : ''}`;
  return { title: plain ? page.t('tagline') : heading, body, current: 'home' };
}
