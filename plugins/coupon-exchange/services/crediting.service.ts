import { sql, statement, DAY, type Database, type Events, type PointsSpend, type ShopContext, type Unit } from 'guanxi/plugin';
import type { StoreCredit } from '../contracts/store-credit.js';
import { Redemption } from '../entities/redemption.entity.js';
import { Reward } from '../entities/reward.entity.js';
import type { Failures } from './failures.js';
import { GIVE_USE_BACK, MARK_BOOKED, MARK_CANCELLED, PUT_STOCK_BACK } from './exchange.statements.js';
import { log } from './exchange.service.js';
import { weekOf } from './week.js';

const STALE = statement<{ id: string; issued_at: number }>(`SELECT id, issued_at FROM plg_coupon_exchange_redemption WHERE shop_id = :shop AND kind = 'credit' AND state = 'requested' AND issued_at <= :before
  AND (issued_at > :after OR issued_at = :after AND id > :afterId) ORDER BY issued_at, id LIMIT 100`);
export const creditingStatements = [STALE];
/** Points are held for a day; before that ends a request that nobody answered is given up. */
const GIVE_UP_AFTER = (23 / 24) * DAY;
/** What the entry that returns the points says, in words that the shop has in every language; why is in the redemption's own history. */
const NOT_BOOKED = 'store credit was not booked';

/**
 * Redemptions that another system books: the points are held, the system is asked after commit, and its answer spends or releases them. Each
 * step can come again after a crash: the system knows the redemption as its key, and a redemption leaves `requested` once.
 */
export class Crediting {
  constructor(private readonly db: Database, private readonly points: PointsSpend, private readonly events: Events, private readonly credit: (ctx: ShopContext) => StoreCredit | undefined) {}

  async book(ctx: ShopContext, redemptionId: string): Promise<void> {
    const found = await this.db.read(ctx, async (q) => {
      const redemption = await q.findOne(Redemption, { id: redemptionId });
      return redemption && { redemption, amount: (await q.findOne(Reward, { id: redemption.rewardId }))?.discount ?? 0 };
    });
    if (found?.redemption.state !== 'requested') return;
    const desk = this.credit(ctx);
    const answer = desk ? await desk.add(ctx, { key: redemptionId, personId: found.redemption.personId, amount: found.amount }) : { ok: false as const, reason: 'no module keeps store credit' };
    if (!answer.ok) { await this.#cancel(ctx, redemptionId, answer.reason); return; }
    const { points, events } = this;
    const booked = await this.db.hot(ctx, `redemption:${redemptionId}`, function* (inner): Unit<boolean> {
      const spent = yield* points.steps.capture(inner, found.redemption.holdId ?? '');
      if (!spent.ok) return false;
      const moved = yield* sql.one(MARK_BOOKED, { id: redemptionId, spend: spent.transactionId, ref: answer.ref.slice(0, 200), now: inner.now });
      if (!moved) return false;
      yield* log(inner, redemptionId, 'used', answer.ref.slice(0, 200));
      yield* events.steps.emit(inner, 'coupon-exchange.redeemed', { redemptionId, rewardId: moved.reward_id, personId: moved.person_id, cost: found.redemption.cost });
      return true;
    });
    // The points went back meanwhile: what was booked for them must go back as well.
    if (!booked && desk) {
      await desk.undo(ctx, redemptionId);
      await this.#cancel(ctx, redemptionId, 'the points were not held any more');
    }
  }

  /** Gives up what no system answered for a day. One that breaks keeps nobody else waiting. */
  async sweep(ctx: ShopContext, failures: Failures, signal: AbortSignal): Promise<void> {
    for (let after = { after: 0, afterId: '' }, more = true; more;) {
      const stale = await this.db.read(ctx, (q) => q.many(STALE, { before: ctx.now - GIVE_UP_AFTER, ...after }));
      for (const { id, issued_at } of stale) {
        if (signal.aborted) return;
        after = { after: issued_at, afterId: id };
        await failures.attempt(`redemption ${id}`, async () => {
          await this.credit(ctx)?.undo(ctx, id);
          await this.#cancel(ctx, id, 'no answer within a day');
        });
      }
      more = stale.length > 0;
    }
  }

  /** In reverse: the request ends, the points return to their lots, then stock and limit. */
  #cancel(ctx: ShopContext, id: string, reason: string): Promise<void> {
    const { points } = this;
    return this.db.hot(ctx, `redemption:${id}`, function* (inner) {
      const moved = yield* sql.one(MARK_CANCELLED, { id, from: 'requested', now: inner.now });
      if (!moved) return;
      if (moved.hold_id) yield* points.steps.release(inner, moved.hold_id, NOT_BOOKED);
      yield* sql.run(PUT_STOCK_BACK, { reward: moved.reward_id });
      yield* sql.run(GIVE_USE_BACK, { reward: moved.reward_id, person: moved.person_id, week: weekOf(inner, moved.issued_at) });
      yield* log(inner, id, 'cancelled', reason.slice(0, 200));
    });
  }
}
