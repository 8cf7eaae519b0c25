import type { Offer, PackPart, ShopContext } from 'guanxi/plugin';
import type { Catalogue, RewardDraft } from './catalogue.service.js';

/** From so many used or expired coupons on, their own share counts instead of the planner's assumption. */
const ENOUGH = 30;

/** What points can be turned into now. */
export const offersOf = async (catalogue: Catalogue, ctx: ShopContext): Promise<Offer[]> => (await catalogue.list(ctx)).filter(({ state, cost }) => state === 'active' && cost > 0).map((reward) => {
  const { used, expired } = reward.totals;
  return {
    ref: reward.id, title: { en: reward.title.en, 'zh-CN': reward.title['zh-CN'] }, kind: reward.kind === 'free-shipping' ? 'shipping' : 'coupon', cost: reward.cost, faceValue: reward.kind === 'amount' ? reward.discount : 0,
    ...(reward.kind === 'percent' ? { basisPoints: reward.discount } : {}), minimum: reward.minimum, ...(used + expired >= ENOUGH ? { useRate: used / (used + expired) } : {}), remaining: reward.remaining, page: '/plugins/coupon-exchange/exchange',
  };
});

/** What the planner's default mix takes from here: a small coupon without a threshold and a large one with one. */
export function packParts(catalogue: Catalogue): Readonly<Record<string, PackPart>> {
  const part = (draft: RewardDraft): PackPart => ({
    title: draft.title,
    present: async (ctx) => (await catalogue.list(ctx)).some((each) => each.state !== 'ended' && each.kind === draft.kind && (each.minimum > 0) === (draft.minimum > 0) && each.discount === draft.discount),
    create: async (ctx, live) => {
      const { id } = await catalogue.create(ctx, draft);
      if (live) await catalogue.move(ctx, id, 'publish');
    },
  });
  return {
    'small-coupon': part({ title: { en: '¥2 off, no minimum', 'zh-CN': '无门槛 2 元券' }, kind: 'amount', discount: 200, minimum: 0, cost: 200, stock: null, perPerson: 50, validDays: 14 }),
    'large-coupon': part({ title: { en: '¥20 off ¥199', 'zh-CN': '满 199 减 20 元' }, kind: 'amount', discount: 2_000, minimum: 19_900, cost: 800, stock: null, perPerson: 20, validDays: 30 }),
  };
}
