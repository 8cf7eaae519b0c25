import type { Offer, PackPart, Product, Products, ShopContext } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';
import type { Catalogue, RewardDraft } from './catalogue.service.js';
import { money } from './money.js';
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
      ref: reward.id, title: { en: reward.title.en, 'zh-CN': reward.title['zh-CN'] }, kind: KINDS[reward.kind], cost: reward.cost, faceValue: reward.kind === 'percent' ? 0 : worthOf(reward, prices, 0) ?? 0,
      ...(reward.kind === 'percent' ? { basisPoints: reward.discount } : {}), minimum: reward.minimum, ...(used + expired >= ENOUGH ? { useRate: used / (used + expired) } : {}), remaining: reward.remaining, perPerson: reward.perPerson, page: '/plugins/coupon-exchange/exchange',
    };
  });
};

/** What the planner's default mix takes from here: a small coupon without a threshold and a large one with one. */
export function packParts(catalogue: Catalogue): Readonly<Record<string, PackPart>> {
  const part = (title: PackPart['title'], draft: Omit<RewardDraft, 'title'>, titled: (write: (minor: number, locale: string) => string) => RewardDraft['title']): PackPart => ({
    title,
    present: async (ctx) => (await catalogue.list(ctx)).some((each) => each.state !== 'ended' && each.kind === draft.kind && (each.minimum > 0) === (draft.minimum > 0) && each.discount === draft.discount),
    create: async (ctx, live) => {
      const { id } = await catalogue.create(ctx, { ...draft, title: titled((minor, locale) => money(minor, ctx.shop.currency, locale)) });
      if (live) await catalogue.move(ctx, id, 'publish');
    },
  });
  return {
    'small-coupon': part({ en: 'Small coupon without a threshold', 'zh-CN': '小额无门槛券' }, { kind: 'amount', discount: 200, minimum: 0, cost: 200, stock: null, perPerson: 50, validDays: 14 },
      (write) => ({ en: `${write(200, 'en')} off, no minimum`, 'zh-CN': `无门槛减 ${write(200, 'zh-CN')}` })),
    'large-coupon': part({ en: 'Large coupon with a threshold', 'zh-CN': '大额满减券' }, { kind: 'amount', discount: 2_000, minimum: 19_900, cost: 800, stock: null, perPerson: 20, validDays: 30 },
      (write) => ({ en: `${write(2_000, 'en')} off ${write(19_900, 'en')}`, 'zh-CN': `满 ${write(19_900, 'zh-CN')} 减 ${write(2_000, 'zh-CN')}` })),
  };
}
