import { minorUnits, type Product, type Products, type ShopContext } from 'guanxi/plugin';
import type { Catalogue, RewardDraft } from './catalogue.service.js';
import { couponTitle } from './coupon-title.js';

/** Of the product that points and cash buy: its cash part, in main units. */
const CASH = 9.9;

/** The shop's cheapest product that costs more than twice the cash part; none when everything is cheaper. */
async function sampleOf(products: Products, ctx: ShopContext, least: number): Promise<Product | undefined> {
  const { items } = await products.search(ctx, '', { limit: 200 });
  return items.filter(({ price }) => price > least).toSorted((a, b) => a.price - b.price || (a.sku < b.sku ? -1 : 1))[0];
}

/** What a shop begins with: a small coupon without a minimum, two with one, a sample in the next parcel, a product for points and cash. Amounts are main units of the shop's currency. */
export async function defaultRewards(ctx: ShopContext, products: Products): Promise<RewardDraft[]> {
  const unit = minorUnits(ctx.shop.currency);
  const coupon = (off: number, from: number, cost: number, validDays: number): RewardDraft =>
    ({ title: couponTitle(ctx.shop.currency, off * unit, from * unit), kind: 'amount', discount: off * unit, minimum: from * unit, cost, stock: null, perPerson: 50, validDays });
  const cash = Math.round(CASH * unit);
  const product = await sampleOf(products, ctx, cash * 2);
  return [
    coupon(2, 0, 200, 14), coupon(5, 59, 300, 14), coupon(20, 199, 800, 30),
    { title: { 'en': 'A sample with your next order', 'zh-CN': '下单随赠小样' }, kind: 'next-order', discount: 0, minimum: 0, cost: 600, stock: 100, perPerson: 5, validDays: 90 },
    ...(product ? [{
      title: { 'en': product.title.slice(0, 80), 'zh-CN': product.title.slice(0, 40) }, kind: 'product' as const, sku: product.sku, discount: cash, minimum: 0, cost: 500, stock: 50, perPerson: 1, validDays: 30,
    }] : []),
  ];
}

/** All of them as drafts, in one unit. */
export async function createDefaults(ctx: ShopContext, catalogue: Catalogue, products: Products): Promise<string[]> {
  const drafts = await defaultRewards(ctx, products);
  return catalogue.together(ctx, async (inner) => {
    const ids: string[] = [];
    for (const draft of drafts) ids.push((await catalogue.create(inner, draft)).id);
    return ids;
  });
}
