import { conflict, DAY, MINUTE, newId, notFound, sql, type Audit, type Database, type DiscountCodes, type Events, type GrantRequest, type Grants, type PointsSpend, type ShopContext, type Unit } from 'guanxi/plugin';
import { CODE_KINDS, type RewardKind } from '../entities/reward.entity.js';
import { REMIND_DAYS } from './catalogue.service.js';
import type { CodePool } from './code-pool.service.js';
import type { Failures } from './failures.js';
import {
  BY_GRANT, BY_ID, COST_EACH, COUNT_USE, EXPIRED, EXPIRING, GIVE_USE_BACK, GIVEN_BACK, KEPT_REWARD, LOG, MARK_CANCELLED, MARK_EXPIRED, MARK_ISSUED, MARK_RETURNED, MARK_REVOKED, MARK_USED, PUT_STOCK_BACK, QUOTA_OF, RECORD, RESERVE, REWARD_STATE, TAKE_STOCK, UNRESERVE, type RewardRow,
} from './exchange.statements.js';
import { isHeldOut } from './holdout.js';
import { weekOf } from './week.js';

export interface RedemptionResult {
  readonly id: string; readonly rewardId: string; readonly kind: RewardKind; readonly code: string; readonly cost: number; readonly expiresAt: number; readonly available: number;
  /** `requested`: another system is asked; `used`: there is nothing left to do. */
  readonly state: 'issued' | 'used' | 'requested';
}
export type RefundRule = 'restore' | 'points' | 'keep';
export interface RedeemRules { /** How often a week a person may redeem the same reward. */ readonly perWeek: number; /** Whether another module books credit in this shop. */ readonly credit: boolean }
interface Draft { readonly id: string; readonly useNo: number | null; readonly cost: number; readonly spend: string | null; readonly hold: string | null; readonly grant: string | null }

const HOLD_MINUTES = 1440;
/** A checkout that began before the end may be paid for so long. */
const CHECKOUT_OPEN = 30 * MINUTE;
/** Neither the season of a reward nor that it is not for points holds a prize back. */
const AS_PRIZE = { prize: 1, begun: Number.MAX_SAFE_INTEGER, over: 0 } as const;
/** The host gives the code of whoever was erased this name: nobody has the code any more, so nothing holds or uses it. */
const isForgotten = ({ id, code }: { readonly id: string; readonly code: string }): boolean => code === `erased-${id}`;
export const isCheckoutKind = (kind: RewardKind): kind is (typeof CODE_KINDS)[number] => (CODE_KINDS as readonly string[]).includes(kind);
/** Given in the moment of redemption: nothing stays open that could be used, handed over or expire. */
const AT_ONCE: ReadonlySet<RewardKind> = new Set(['code', 'draw', 'donation']);

/** From points to a reward and back. Every movement is one unit: points, stock, limit and what is given change together or not at all. */
export class Exchange {
  constructor(private readonly db: Database, private readonly points: PointsSpend, private readonly codes: DiscountCodes, private readonly grants: Grants, private readonly pool: CodePool, private readonly events: Events, private readonly audit: Audit) {}

  /** @throws 409 GX_REDEMPTION_LIMIT, GX_REDEMPTION_WEEK, GX_OUT_OF_STOCK, GX_TOO_FEW_POINTS, GX_REWARD_UNAVAILABLE; nothing is written then */
  redeem(ctx: ShopContext, personId: string, rewardId: string, rules: RedeemRules): Promise<RedemptionResult> {
    return this.db.hot(ctx, `reward:${rewardId}`, (inner) => this.#redeem(inner, personId, rewardId, rules));
  }

  *#redeem(ctx: ShopContext, person: string, reward: string, rules: RedeemRules): Unit<RedemptionResult> {
    const taken = yield* sql.one(TAKE_STOCK, { reward, prize: 0, begun: ctx.now, over: ctx.now, now: ctx.now });
    if (!taken) {
      const known = yield* sql.one(REWARD_STATE, { reward });
      if (!known || known.state === 'draft' || known.prize_only === 1) throw notFound('reward', reward);
      const inSeason = (known.starts_at ?? 0) <= ctx.now && Math.min(known.ends_at ?? Infinity, known.usable_until ?? Infinity) > ctx.now;
      throw known.state === 'active' && inSeason ? conflict('GX_OUT_OF_STOCK', 'This reward is sold out. No points were taken.') : conflict('GX_REWARD_CLOSED', 'This reward is not available right now.');
    }
    if (isHeldOut(person, taken.id, taken.holdout)) throw notFound('reward', reward);
    const counted = yield* sql.one(COUNT_USE, { reward, person, most: taken.per_person, week: weekOf(ctx), perWeek: rules.perWeek });
    if (!counted) {
      const quota = yield* sql.one(QUOTA_OF, { reward, person });
      throw (quota?.used ?? 0) >= taken.per_person ? conflict('GX_REDEMPTION_LIMIT', `Each person can redeem this ${taken.per_person} times at most.`, { limit: taken.per_person })
        : conflict('GX_REDEMPTION_WEEK', `Each person can redeem the same reward ${rules.perWeek} times a week. It is possible again on Monday.`, { limit: rules.perWeek });
    }
    const id = newId();
    const outside = taken.kind === 'credit';
    if (outside && !rules.credit) throw conflict('GX_REWARD_UNAVAILABLE', 'No module that keeps store credit is running in this shop. No points were taken.');
    const wish = { personId: person, amount: taken.cost, source: 'coupon-exchange.redemption', causeRef: id, key: `redemption:${id}` };
    const paid = outside ? yield* this.points.steps.hold(ctx, { ...wish, minutes: HOLD_MINUTES }) : yield* this.points.steps.spend(ctx, wish);
    if (!paid.ok) {
      throw paid.reason === 'guest' ? conflict('GX_SIGN_IN_TO_PAY', 'Sign in to spend points.') : paid.reason === 'debt' ? conflict('GX_POINTS_OWED', 'Points are owed after a refund. New points pay them first; then you can redeem again.')
        : conflict('GX_TOO_FEW_POINTS', `This costs ${taken.cost} points; ${paid.available} are available.`, { cost: taken.cost, available: paid.available });
    }
    const issued = yield* this.#issue(ctx, person, taken, { id, useNo: counted.last_no, cost: taken.cost, spend: 'transactionId' in paid ? paid.transactionId : null, hold: 'holdId' in paid ? paid.holdId : null, grant: null });
    yield* this.events.steps.emit(ctx, outside ? 'coupon-exchange.requested' : 'coupon-exchange.redeemed', { redemptionId: id, rewardId: reward, personId: person, cost: taken.cost });
    return { id, rewardId: reward, kind: taken.kind, cost: taken.cost, available: paid.available, ...issued };
  }

  *#issue(ctx: ShopContext, person: string, reward: RewardRow, draft: Draft): Unit<Pick<RedemptionResult, 'code' | 'expiresAt' | 'state'>> {
    const { kind } = reward;
    const code = this.codes.generate();
    const expiresAt = Math.min(ctx.now + reward.valid_days * DAY, (reward.usable_until ?? Infinity) - 1);
    const state = kind === 'credit' ? 'requested' : AT_ONCE.has(kind) ? 'used' : 'issued';
    if (isCheckoutKind(kind)) {
      yield* this.codes.steps.register(ctx, {
        code, personId: person, expiresAt, owner: 'coupon-exchange', ownerRef: draft.id,
        terms: { kind: kind === 'product' ? 'price' : kind, value: reward.discount, minimum: reward.minimum, ...(kind === 'product' && reward.sku !== null ? { sku: reward.sku } : {}), ...(reward.skus === null ? {} : { skus: JSON.parse(reward.skus) as string[] }), ...(reward.partial_return === 'prorate' ? {} : { returns: reward.partial_return }) },
      });
    }
    yield* sql.run(RECORD, { ...draft, kind, reward: reward.id, person, code, state, usedAt: state === 'used' ? ctx.now : null, now: ctx.now, expiresAt });
    if (kind === 'code') yield* this.pool.take(ctx, reward.id, draft.id);
    if (kind === 'draw') {
      const given = yield* this.grants.steps.grant(ctx, {
        personId: person, source: 'coupon-exchange.redemption', causeRef: draft.id, key: `redemption:${draft.id}:tries`, reward: { kind: 'interaction-games.tries', amount: reward.discount, ref: reward.activity_id ?? '' },
      });
      if (!given.ok) throw conflict('GX_REWARD_UNAVAILABLE', 'The game of this ticket is not running right now. No points were taken.', { reason: given.reason });
      if (given.held) throw conflict('GX_REWARD_CHECKED', 'What you are given is being checked first, so tickets cannot be had for points right now. No points were taken.');
    }
    return { code, expiresAt, state };
  }

  /** A reward as somebody's prize: takes stock, but no points and no share of the person's limit. `reserved`: it may be set aside already. */
  *issuePrize(ctx: ShopContext, request: GrantRequest, grantId: string, reserved = false): Unit<Readonly<Record<string, unknown>> | undefined> {
    const kept = reserved ? yield* sql.one(UNRESERVE, { grant: grantId }) : undefined;
    const taken = kept ? yield* sql.one(KEPT_REWARD, { reward: kept.reward_id, now: ctx.now }) : yield* this.#takePrize(ctx, request);
    // Its time is over: what was kept for it goes back.
    if (kept && !taken) yield* sql.run(PUT_STOCK_BACK, { reward: kept.reward_id });
    if (!taken) return undefined;
    const id = newId();
    const issued = yield* this.#issue(ctx, request.personId, taken, { id, useNo: null, cost: 0, spend: null, hold: null, grant: grantId });
    return { redemptionId: id, title: JSON.parse(taken.title) as unknown, ...issued };
  }

  *#takePrize(ctx: ShopContext, request: GrantRequest): Unit<RewardRow | undefined> {
    const taken = yield* sql.one(TAKE_STOCK, { reward: request.reward.ref ?? '', ...AS_PRIZE, now: ctx.now });
    if (taken?.kind !== 'credit' && taken?.kind !== 'draw') return taken;
    yield* sql.run(PUT_STOCK_BACK, { reward: taken.id });
    return undefined;
  }

  /** Keeps one for a prize that is checked first. */
  *reservePrize(ctx: ShopContext, request: GrantRequest, grantId: string): Unit<boolean> {
    const taken = yield* this.#takePrize(ctx, request);
    if (taken) yield* sql.run(RESERVE, { grant: grantId, reward: taken.id });
    return taken !== undefined;
  }
  *freePrize(_ctx: ShopContext, grantId: string): Unit<void> {
    const kept = yield* sql.one(UNRESERVE, { grant: grantId });
    if (kept) yield* sql.run(PUT_STOCK_BACK, { reward: kept.reward_id });
  }
  /** What a prize costs the shop if it is used; undefined where nobody can say. */
  *costOf(_ctx: ShopContext, { reward }: Pick<GrantRequest, 'reward'>): Unit<number | undefined> { return (yield* sql.one(COST_EACH, { reward: reward.ref ?? '' }))?.cost_each ?? undefined; }

  *revokePrize(ctx: ShopContext, grantId: string): Unit<void> {
    const found = yield* sql.one(BY_GRANT, { grant: grantId });
    const moved = found ? yield* sql.one(MARK_REVOKED, { id: found.id, now: ctx.now }) : undefined;
    if (!moved) return;
    yield* this.codes.steps.revoke(ctx, moved.code, { held: true });
    yield* sql.run(PUT_STOCK_BACK, { reward: moved.reward_id });
    yield* log(ctx, moved.id, 'revoked');
  }

  /** @param at - when the order was paid: the news of it may be late */
  used(ctx: ShopContext, code: string, orderId: string, at: number): Promise<void> {
    return this.db.hot(ctx, `code:${code}`, function* (inner) {
      if (yield* sql.one(GIVEN_BACK, { code, order: orderId })) return;
      const moved = yield* sql.one(MARK_USED, { code, order: orderId, at, now: inner.now });
      if (moved) yield* log(inner, moved.id, 'used', orderId);
    });
  }

  /** The order that used the code was taken back in full; the shop's rule says what becomes of the coupon. That it was used may be told later than this. */
  released(ctx: ShopContext, code: string, orderId: string, rule: RefundRule, restoreDays: number): Promise<void> {
    const { codes, points } = this;
    return this.db.hot(ctx, `code:${code}`, function* (inner) {
      if (rule === 'keep' || (yield* sql.one(GIVEN_BACK, { code, order: orderId }))) return;
      if (rule === 'restore') {
        const moved = yield* sql.one(MARK_ISSUED, { code, order: orderId, expiresAt: inner.now + restoreDays * DAY, now: inner.now });
        if (!moved) return;
        yield* codes.steps.restore(inner, code, moved.expires_at);
        yield* log(inner, moved.id, 'restored', orderId);
      } else {
        const moved = yield* sql.one(MARK_RETURNED, { code, order: orderId, now: inner.now });
        if (moved?.spend_id) yield* points.steps.refund(inner, moved.spend_id, 'order refunded');
        if (moved) yield* log(inner, moved.id, 'returned', orderId);
      }
    });
  }

  /** Takes back what nobody has used yet: the code ends, and points, stock and the person's share of the limit return. Errors: 409 for anything else, and while a checkout holds the code. */
  cancel(ctx: ShopContext, id: string, reason: string): Promise<void> {
    const { codes, points } = this;
    return this.db.write(ctx, async (unit, inner) => {
      await unit.steps((function* (): Unit<void> {
        const moved = yield* sql.one(MARK_CANCELLED, { id, from: 'issued', now: inner.now });
        if (!moved) throw (yield* sql.one(BY_ID, { id })) ? conflict('GX_REDEMPTION_STATE', 'Only what was not used, handed over or ended before can be cancelled.') : notFound('redemption', id);
        if (isCheckoutKind(moved.kind) && !isForgotten(moved) && !(yield* codes.steps.revoke(inner, moved.code))) throw conflict('GX_REDEMPTION_HELD', 'A checkout is open with this code, or it was just paid with. Try again in half an hour.');
        if (moved.spend_id) yield* points.steps.refund(inner, moved.spend_id, reason);
        yield* sql.run(PUT_STOCK_BACK, { reward: moved.reward_id });
        if (moved.spend_id) yield* sql.run(GIVE_USE_BACK, { reward: moved.reward_id, person: moved.person_id, week: weekOf(inner, moved.issued_at) });
        yield* log(inner, id, 'cancelled', reason.slice(0, 200));
      })());
      await this.audit.record(inner, 'redemption.cancelled', id, { reason });
    });
  }

  /** Marks what ran out and, where the shop wants it, gives its points back. What a checkout began with before the end may still be paid for half an hour; what was paid with is used, also when the news of it are late. One that breaks keeps nobody else waiting. */
  async expire(ctx: ShopContext, pointsBack: boolean, failures: Failures, signal: AbortSignal): Promise<number> {
    const { codes, points } = this;
    const end = ctx.now - CHECKOUT_OPEN;
    let count = 0;
    for (let after = { after: 0, afterId: '' }, more = true; more;) {
      const due = await this.db.read(ctx, (q) => q.many(EXPIRED, { end, ...after }));
      for (const { id, expires_at } of due) {
        if (signal.aborted) return count;
        after = { after: expires_at, afterId: id };
        await failures.attempt(`redemption ${id}`, async () => { count += await this.db.hot(ctx, `redemption:${id}`, function* (inner) {
          const found = yield* sql.one(BY_ID, { id });
          if (!found || found.state !== 'issued' || (isCheckoutKind(found.kind) && !isForgotten({ id, code: found.code }) && !(yield* codes.steps.revoke(inner, found.code)))) return 0;
          const moved = yield* sql.one(MARK_EXPIRED, { id, end, now: inner.now });
          if (!moved) return 0;
          if (pointsBack && moved.spend_id) yield* points.steps.refund(inner, moved.spend_id, 'reward expired unused');
          yield* log(inner, id, 'expired');
          return 1;
        }); });
      }
      more = due.length > 0;
    }
    return count;
  }

  /** Tells once of each reward that ends within three days, so that others can remind its owner. */
  remind(ctx: ShopContext): Promise<number> {
    const { events } = this;
    return this.db.hot(ctx, 'coupons:remind', function* (inner) {
      const due = yield* sql.many(EXPIRING, { now: inner.now, until: inner.now + REMIND_DAYS * DAY });
      for (const each of due) yield* events.steps.emit(inner, 'coupon-exchange.expiring', { redemptionId: each.id, rewardId: each.reward_id, personId: each.person_id, expiresAt: each.expires_at });
      return due.length;
    });
  }
}

/** One line in the life of a redemption. */
export function* log(ctx: ShopContext, redemption: string, step: string, ref: string | null = null): Unit<void> {
  yield* sql.run(LOG, { id: newId(), redemption, step, ref, now: ctx.now });
}
