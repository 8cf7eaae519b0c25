import type { Instant } from '../../../plugin-api/index.js';
import type { ProductSnapshot } from '../../../commerce/snapshots.js';
import { BEAUTY } from './beauty.js';
import { CLOTHING } from './clothing.js';
import { HOME } from './home.js';
import { PANTRY } from './pantry.js';
import type { ProductDesign } from './product-design.js';
import { STATIONERY } from './stationery.js';
import { TEA } from './tea.js';

export const DEMO_CURRENCY = 'CNY';

/** Everything the demo shop sells. */
export const CATALOGUE: readonly ProductDesign[] = [...TEA, ...PANTRY, ...HOME, ...CLOTHING, ...BEAUTY, ...STATIONERY];

const bySku = new Map(CATALOGUE.map((product) => [product.sku, product]));

export const productBySku = (sku: string): ProductDesign | undefined => bySku.get(sku);

/** The title under which orders and the admin know a product: both languages, because a platform stores one. */
export const platformTitle = (product: ProductDesign): string => `${product.title['zh-CN']} ${product.title.en}`;

export const imageUrl = (sku: string): string => `/demo/images/${sku}.svg`;

/** The catalogue as the platform reports it. */
export const productSnapshots = (updatedAt: Instant): ProductSnapshot[] => CATALOGUE.map((product) => ({
  externalId: `prod_${product.sku}`, title: platformTitle(product), category: product.category, imageUrl: imageUrl(product.sku),
  url: `/demo/products/${product.sku}`, status: 'active', updatedAt,
  variants: [{ externalId: `var_${product.sku}`, sku: product.sku, title: product.detail.en, price: product.price, currency: DEMO_CURRENCY }],
}));

/** Products whose texts hold every word of the search, in either language. */
export function searchCatalogue(query: string, category?: string): ProductDesign[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return CATALOGUE.filter((product) => {
    if (category && product.category !== category) return false;
    const text = [product.sku, product.title.en, product.title['zh-CN'], product.text.en, product.text['zh-CN']].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
