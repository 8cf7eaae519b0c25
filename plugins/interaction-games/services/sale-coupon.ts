import { sql, type DiscountCodes, type RewardKind } from 'guanxi/plugin';
import { KEEP_COUPON, ROUND, TAKE_COUPON } from './guess.statements.js';

interface Coupon { readonly off: 'amount' | 'percent'; readonly value: number; readonly saleEndsAt: number }

/** A coupon for the product of a round, good until its sale ends. `ref` is the round. */
export const saleCoupon = (codes: DiscountCodes): RewardKind => ({
  *issue(ctx, { personId, reward: { ref = '' } }, grantId) {
    const round = yield* sql.one(ROUND, { activity: ref });
    const coupon = round?.coupon ? JSON.parse(round.coupon) as Coupon : undefined;
    if (!round || !coupon || coupon.saleEndsAt <= ctx.now) return undefined;
    const code = codes.generate(), expiresAt = coupon.saleEndsAt;
    yield* codes.steps.register(ctx, { code, personId, expiresAt, owner: 'interaction-games', ownerRef: grantId, terms: { kind: coupon.off, value: coupon.value, minimum: 0, skus: [round.sku] } });
    yield* sql.run(KEEP_COUPON, { grant: grantId, activity: ref, person: personId, code, expiresAt });
    return { code, expiresAt };
  },
  *revoke(ctx, grantId) {
    const taken = yield* sql.one(TAKE_COUPON, { grant: grantId });
    if (taken) yield* codes.steps.revoke(ctx, taken.code);
  },
  /** What it costs at most: a percentage is of the sealed price. */
  *cost(_ctx, { reward: { ref = '' } }) {
    const round = yield* sql.one(ROUND, { activity: ref });
    const coupon = round?.coupon ? JSON.parse(round.coupon) as Coupon : undefined;
    return !round || !coupon ? 0 : coupon.off === 'amount' ? Math.min(coupon.value, round.price) : Math.floor(round.price * coupon.value / 10_000);
  },
  // Given by its round alone: nothing else offers it.
  options: () => Promise.resolve([]),
});
