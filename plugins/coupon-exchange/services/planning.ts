import { minorUnits, type Offer, type PackPart, type Product, type Products, type ShopContext } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';
import type { Catalogue, RewardDraft } from './catalogue.service.js';
import { couponTitle } from './coupon-title.js';
import { inSeason } from './season.js';
import { worthOf } from './worth.service.js';

/** From so many used or expired coupons on, their own share counts instead of the planner's assumption. */
const ENOUGH = 30;

const KINDS: Readonly<Record<Reward['kind'], Offer['kind']>> = {
  'amount': 'coupon', 'percent': 'coupon', 'free-shipping': 'shipping', 'product': 'product', 'next-order': 'product', 'right': 'right', 'code': 'code', 'draw': 'draw', 'credit': 'credit', 'donation': 'credit',
};
/** What points can be turned into now. */
export const offersOf = async (catalogue: Catalogue, products: Products, ctx: ShopContext): Promise<Offer[]> => {
  const active = (await catalogue.list(ctx)).filter((reward) => reward.state === 'active' && !reward.prizeOnly && inSeason(reward, ctx.now));
  const skus = active.flatMap(({ sku }) => (sku === null ? [] : [sku]));
  const prices = skus.length ? await products.bySkus(ctx, skus) : new Map<string, Product>();
  return active.map((reward) => {
    const { used, expired } = reward.totals;
    return {
      ref: reward.id, title: { en: reward.title.en, 'zh-CN': reward.title['zh-CN'] }, kind: KINDS[reward.kind], cost: reward.cost, faceValue: reward.kind === 'percent' ? 0 : worthOf(reward, prices, { order: 0, shipping: reward.costEach ?? 0 }) ?? 0,
      ...(reward.kind === 'percent' ? { basisPoints: reward.discount } : {}), minimum: reward.minimum, ...(used + expired >= ENOUGH ? { useRate: used / (used + expired) } : {}), remaining: reward.remaining, perPerson: reward.perPerson, page: '/plugins/coupon-exchange/exchange',
    };
  });
};

/** What the planner's default mix takes from here: a small coupon without a threshold and a large one with one. */
export function packParts(catalogue: Catalogue): Readonly<Record<string, PackPart>> {
  /** @param off - like `from` in main units of the shop's currency */
  const part = (title: PackPart['title'], off: number, from: number, terms: Pick<RewardDraft, 'cost' | 'perPerson' | 'validDays'>): PackPart => ({
    title,
    present: async (ctx) => (await catalogue.list(ctx)).some(({ state, kind, minimum, discount }) => state !== 'ended' && kind === 'amount' && (minimum > 0) === (from > 0) && discount === off * minorUnits(ctx.shop.currency)),
    create: async (ctx, live) => {
      const { currency } = ctx.shop, unit = minorUnits(currency), amounts = { discount: off * unit, minimum: from * unit };
      const { id } = await catalogue.create(ctx, { title: couponTitle(currency, amounts.discount, amounts.minimum), kind: 'amount', ...amounts, stock: null, ...terms });
      if (live) await catalogue.move(ctx, id, 'publish');
    },
  });
  return {
    'small-coupon': part({ en: 'Small coupon without a threshold', 'zh-CN': '小额无门槛券' }, 2, 0, { cost: 200, perPerson: 50, validDays: 14 }),
    'large-coupon': part({ en: 'Large coupon with a threshold', 'zh-CN': '大额满减券' }, 20, 199, { cost: 800, perPerson: 20, validDays: 30 }),
  };
}
