import { CATALOGUE } from '../catalogue/catalogue.js';
import { CATEGORIES, type CategoryKey, type ProductDesign } from '../catalogue/product-design.js';
import type { CartLine } from '../checkout/quote.js';
import type { Random } from '../random.js';

const LINES = [0.52, 0.28, 0.14, 0.06];
const inSeason = (product: ProductDesign, month: number): number => {
  if (product.season === 'summer') return month >= 4 && month <= 8 ? 2.2 : 0.6;
  if (product.season === 'winter') return month >= 9 || month <= 1 ? 2.2 : 0.6;
  return 1;
};

/** What a person likes best; most people come back for it. */
export const favourite = (random: Random): CategoryKey => random.pick(CATEGORIES).key;

/** What goes into one cart: 1–4 different products. */
export function basket(random: Random, month: number, liked: CategoryKey): CartLine[] {
  const weights = CATALOGUE.map((product) => product.weight * inSeason(product, month) * (product.category === liked ? 3 : 1));
  const lines: CartLine[] = [];
  const count = random.weighted(LINES) + 1;
  while (lines.length < count) {
    const index = random.weighted(weights);
    const product = CATALOGUE[index];
    if (!product) break;
    weights[index] = 0;
    const quantity = random.weighted(product.price < 7000 ? [0.66, 0.24, 0.1] : [0.88, 0.1, 0.02]) + 1;
    lines.push({ sku: product.sku, quantity });
  }
  return lines;
}
