import { conflict, DAY, newId, notFound, sql, type Database, type DiscountCodes, type Events, type GrantRequest, type PointsSpend, type ShopContext, type Unit } from 'guanxi/plugin';
import { BY_GRANT, COUNT_USE, EXPIRED, MARK_EXPIRED, MARK_ISSUED, MARK_RETURNED, MARK_REVOKED, MARK_USED, PUT_STOCK_BACK, RECORD, REWARD_STATE, TAKE_STOCK, type RewardRow } from './exchange.statements.js';

export interface RedemptionResult { readonly id: string; readonly rewardId: string; readonly code: string; readonly cost: number; readonly expiresAt: number; readonly available: number }
export type RefundRule = 'restore' | 'points' | 'keep';

/** From points to a code and back. Every movement is one unit: points, stock, limit and code change together or not at all. */
export class Exchange {
  constructor(private readonly db: Database, private readonly points: PointsSpend, private readonly codes: DiscountCodes, private readonly events: Events) {}

  /** @throws 409 GX_REDEMPTION_LIMIT, GX_OUT_OF_STOCK, GX_TOO_FEW_POINTS; nothing is written then */
  redeem(ctx: ShopContext, personId: string, rewardId: string): Promise<RedemptionResult> {
    return this.db.hot(ctx, `reward:${rewardId}`, (inner) => this.#redeem(inner, personId, rewardId));
  }

  *#redeem(ctx: ShopContext, person: string, reward: string): Unit<RedemptionResult> {
    const taken = yield* sql.one(TAKE_STOCK, { reward });
    if (!taken) {
      const known = yield* sql.one(REWARD_STATE, { reward });
      if (!known || known.state === 'draft') throw notFound('reward', reward);
      throw known.state === 'active' ? conflict('GX_OUT_OF_STOCK', 'This reward is sold out. No points were taken.') : conflict('GX_REWARD_CLOSED', 'This reward is not available right now.');
    }
    const counted = yield* sql.one(COUNT_USE, { reward, person, most: taken.per_person });
    if (!counted) throw conflict('GX_REDEMPTION_LIMIT', `Each person can redeem this ${taken.per_person} times at most.`, { limit: taken.per_person });
    const id = newId();
    const paid = yield* this.points.steps.spend(ctx, { personId: person, amount: taken.cost, source: 'coupon-exchange.redemption', causeRef: id, key: `redemption:${reward}:${person}:${counted.used}` });
    if (!paid.ok) throw paid.reason === 'guest' ? conflict('GX_SIGN_IN_TO_PAY', 'Sign in to spend points.') : conflict('GX_TOO_FEW_POINTS', `This costs ${taken.cost} points; ${paid.available} are available.`, { cost: taken.cost, available: paid.available });
    const { code, expiresAt } = yield* this.#issue(ctx, person, taken, { id, useNo: counted.used, cost: taken.cost, spend: paid.transactionId, grant: null });
    yield* this.events.steps.emit(ctx, 'coupon-exchange.redeemed', { redemptionId: id, rewardId: reward, personId: person, cost: taken.cost });
    return { id, rewardId: reward, code, cost: taken.cost, expiresAt, available: paid.available };
  }

  *#issue(ctx: ShopContext, person: string, reward: RewardRow, record: { id: string; useNo: number | null; cost: number; spend: string | null; grant: string | null }): Unit<{ code: string; expiresAt: number }> {
    const code = this.codes.generate();
    const expiresAt = ctx.now + reward.valid_days * DAY;
    yield* this.codes.steps.register(ctx, { code, personId: person, expiresAt, owner: 'coupon-exchange', ownerRef: record.id, terms: { kind: reward.kind, value: reward.discount, minimum: reward.minimum } });
    yield* sql.run(RECORD, { ...record, reward: reward.id, person, code, now: ctx.now, expiresAt });
    return { code, expiresAt };
  }

  /** A coupon as somebody's prize: takes stock, but no points and no share of the person's limit. */
  *issuePrize(ctx: ShopContext, request: GrantRequest, grantId: string): Unit<Readonly<Record<string, unknown>> | undefined> {
    const taken = yield* sql.one(TAKE_STOCK, { reward: request.reward.ref ?? '' });
    if (!taken) return undefined;
    const id = newId();
    const issued = yield* this.#issue(ctx, request.personId, taken, { id, useNo: null, cost: 0, spend: null, grant: grantId });
    return { redemptionId: id, title: JSON.parse(taken.title) as unknown, ...issued };
  }

  *revokePrize(_ctx: ShopContext, grantId: string): Unit<void> {
    const found = yield* sql.one(BY_GRANT, { grant: grantId });
    const moved = found ? yield* sql.one(MARK_REVOKED, { id: found.id, now: _ctx.now }) : undefined;
    if (!moved) return;
    yield* this.codes.steps.revoke(_ctx, moved.code);
    yield* sql.run(PUT_STOCK_BACK, { reward: moved.reward_id });
  }

  used(ctx: ShopContext, code: string, orderId: string): Promise<void> {
    return this.db.hot(ctx, `code:${code}`, function* () { yield* sql.run(MARK_USED, { code, order: orderId, now: ctx.now }); });
  }

  /** The order that used the code was taken back in full; the shop's rule says what becomes of the coupon. */
  released(ctx: ShopContext, code: string, rule: RefundRule, restoreDays: number): Promise<void> {
    const { codes, points } = this;
    return this.db.hot(ctx, `code:${code}`, function* (inner) {
      if (rule === 'restore') {
        const expiresAt = inner.now + restoreDays * DAY;
        if (yield* sql.one(MARK_ISSUED, { code, expiresAt, now: inner.now })) yield* codes.steps.restore(inner, code, expiresAt);
      } else if (rule === 'points') {
        const moved = yield* sql.one(MARK_RETURNED, { code, now: inner.now });
        if (moved?.spend_id) yield* points.steps.refund(inner, moved.spend_id, 'order refunded');
      }
    });
  }

  /** Marks coupons that ran out and, where the shop wants it, gives their points back. */
  async expire(ctx: ShopContext, pointsBack: boolean, signal: AbortSignal): Promise<number> {
    let count = 0;
    for (const { id } of await this.db.read(ctx, (q) => q.many(EXPIRED, { now: ctx.now }))) {
      if (signal.aborted) break;
      const { codes, points } = this;
      count += await this.db.hot(ctx, `redemption:${id}`, function* (inner) {
        const moved = yield* sql.one(MARK_EXPIRED, { id, now: inner.now });
        if (!moved) return 0;
        yield* codes.steps.revoke(inner, moved.code);
        if (pointsBack && moved.spend_id) yield* points.steps.refund(inner, moved.spend_id, 'coupon expired unused');
        return 1;
      });
    }
    return count;
  }
}
