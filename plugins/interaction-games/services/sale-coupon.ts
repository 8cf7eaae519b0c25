import { sql, type DiscountCodes, type RewardKind, type ShopContext, type Unit } from 'guanxi/plugin';
import { KEEP_COUPON, ROUND, TAKE_COUPON } from './guess.statements.js';

interface Coupon { readonly off: 'amount' | 'percent'; readonly value: number; readonly saleEndsAt: number }
interface Sale { readonly sku: string; readonly price: number; readonly coupon: Coupon }

function* saleOf(ref: string | undefined): Unit<Sale | undefined> {
  const round = yield* sql.one(ROUND, { activity: ref ?? '' });
  return round?.coupon ? { sku: round.sku, price: round.price, coupon: JSON.parse(round.coupon) as Coupon } : undefined;
}
const isOn = (ctx: ShopContext, sale: Sale | undefined): sale is Sale => sale !== undefined && sale.coupon.saleEndsAt > ctx.now;

/** A coupon for the product of a round, good until its sale ends. `ref` is the round. */
export const saleCoupon = (codes: DiscountCodes): RewardKind => ({
  *issue(ctx, { personId, reward: { ref = '' } }, grantId) {
    const sale = yield* saleOf(ref);
    if (!isOn(ctx, sale)) return undefined;
    const { sku, coupon } = sale;
    const code = codes.generate(), expiresAt = coupon.saleEndsAt;
    yield* codes.steps.register(ctx, { code, personId, expiresAt, owner: 'interaction-games', ownerRef: grantId, terms: { kind: coupon.off, value: coupon.value, minimum: 0, skus: [sku] } });
    yield* sql.run(KEEP_COUPON, { grant: grantId, activity: ref, person: personId, code, expiresAt });
    return { code, expiresAt };
  },
  /** There is one for everybody who was right as long as the sale lasts, so nothing has to be kept back. */
  *reserve(ctx, { reward }) { return isOn(ctx, yield* saleOf(reward.ref)); },
  *revoke(ctx, grantId) {
    const taken = yield* sql.one(TAKE_COUPON, { grant: grantId });
    if (taken) yield* codes.steps.revoke(ctx, taken.code);
  },
  /** What it costs at most: a percentage is of the sealed price. */
  *cost(_ctx, { reward }) {
    const sale = yield* saleOf(reward.ref);
    return !sale ? 0 : sale.coupon.off === 'amount' ? Math.min(sale.coupon.value, sale.price) : Math.floor(sale.price * sale.coupon.value / 10_000);
  },
  // Given by its round alone: nothing else offers it.
  options: () => Promise.resolve([]),
});
