import { sql, type Database, type Instant, type Shop, type ShopContext, type Unit } from '../plugin-api/index.js';
import { minorUnits } from '../commerce/currency.js';
import type { OrderSettlement } from '../commerce/order-settlement.js';
import { EARNING_LINES, EARNING_ORDER, MOVE_ACTIVATION, PENDING_ACTIVATION, STORE_EARNING, type EarningLine, type EarningOrder } from './earning-statements.js';
import { book, closeWallet, openFollowed, type Wallet } from './ledger-entry.js';
import { LOTS_OF_LINE } from './ledger-statements.js';
import { linePoints, reversedPoints } from './line-points.js';
import { addLot } from './lots.js';
import { livingPerson } from './person-follow.js';
import { expiryOf } from './points-calendar.js';
import { programmeOf } from './programme/programme.js';
import { returnWindowEnd } from './return-window.js';
import { expireDueLots, matureDueLots, payDebt, takeBack, type Clawback } from './wallet-moves.js';

/** Frozen with the first earning of an order: later changes of the programme do not touch it. */
interface EarningRule { readonly pointsPer: number; readonly returnDays: number; readonly undeliveredDays: number }
interface Target { readonly line: EarningLine; readonly points: number; readonly reversed: number; readonly give: number; readonly take: number }

const SOURCE = 'core.order';

function ruleOf(shop: Shop, order: EarningOrder, lines: readonly EarningLine[]): EarningRule {
  const frozen = lines.find((line) => line.rule !== null)?.rule;
  if (frozen !== undefined && frozen !== null) return JSON.parse(frozen) as EarningRule;
  const { returnDays, undeliveredDays } = programmeOf(shop);
  return { pointsPer: minorUnits(order.currency), returnDays, undeliveredDays };
}

/** What each line should have earned and lost by now: a function of the order alone, so that any history of events ends here. */
function targets(order: EarningOrder, lines: readonly EarningLine[], rule: EarningRule): Target[] {
  const all = order.cancelled_at !== null || order.fully_refunded === 1;
  const earned = linePoints(lines.map((line) => line.paid), rule.pointsPer);
  return lines.map((line, n): Target => {
    const points = earned[n]!;
    const reversed = all ? points : reversedPoints(points, line.refunded_amount, line.paid);
    const more = points - (line.points ?? 0);
    const gone = reversed - (line.reversed ?? 0);
    return { line, points, reversed, give: Math.max(more, 0) + Math.max(-gone, 0), take: Math.max(-more, 0) + Math.max(gone, 0) };
  });
}

/**
 * Points from orders: one for each whole unit of the currency paid for goods, by line, pending until the goods can no longer be returned,
 * taken back by line when they are.
 */
export class OrderEarningService implements OrderSettlement {
  readonly steps = { settle: (ctx: ShopContext, orderId: string): Unit<void> => this.#settle(ctx, orderId) };

  constructor(private readonly db: Database) {}

  /** Brings the points of an order to where they belong. Idempotent. */
  settle(ctx: ShopContext, orderId: string): Promise<void> {
    return this.db.hot(ctx, `settle:${orderId}`, (inner) => this.#settle(inner, orderId));
  }

  *#settle(ctx: ShopContext, orderId: string): Unit<void> {
    const order = yield* sql.one(EARNING_ORDER, { id: orderId });
    if (!order) return;
    const lines = yield* sql.many(EARNING_LINES, { order: orderId });
    const rule = ruleOf(ctx.shop, order, lines);
    const plan = targets(order, lines, rule);
    const opens = new Map(lines.map((line) => [line.id, returnWindowEnd(order, line, rule)]));
    const moves = (yield* sql.many(PENDING_ACTIVATION, { order: orderId })).filter((lot) => lot.activates_at !== opens.get(lot.order_line_id));
    const changed = plan.filter((target) => target.give > 0 || target.take > 0);
    if (changed.length === 0 && moves.length === 0) return;
    const person = yield* livingPerson(lines.find((line) => line.person_id !== null)?.person_id ?? order.person_id);
    // Who was erased has no points left that could be given or taken back.
    if (!person) return;
    const wallet = yield* openFollowed(ctx, person.personId);
    yield* expireDueLots(ctx, wallet);
    for (const { order_line_id: line } of moves) {
      const activatesAt = opens.get(line)!;
      yield* sql.run(MOVE_ACTIVATION, { line, activatesAt, expiresAt: expiryOf(ctx.shop, activatesAt) });
    }
    yield* this.#give(ctx, wallet, orderId, changed, opens);
    yield* this.#take(ctx, wallet, orderId, changed);
    for (const { line, points, reversed } of changed) {
      yield* sql.run(STORE_EARNING, { line: line.id, order: orderId, person: wallet.personId, points, reversed, rule: JSON.stringify(rule), now: ctx.now });
    }
    yield* matureDueLots(ctx, wallet);
    yield* payDebt(ctx, wallet);
    yield* closeWallet(wallet);
  }

  *#give(ctx: ShopContext, wallet: Wallet, orderId: string, changed: readonly Target[], opens: ReadonlyMap<string, Instant>): Unit<void> {
    const gaining = changed.filter((target) => target.give > 0);
    const amount = gaining.reduce((sum, target) => sum + target.give, 0);
    if (amount === 0) return;
    const transactionId = (yield* book(ctx, wallet, { kind: 'earn', source: SOURCE, causeRef: orderId, moves: { pending: amount }, against: `issued:${SOURCE}` }))!;
    for (const { line, give } of gaining) {
      yield* addLot(ctx, { personId: wallet.personId, transactionId, quantity: give, activatesAt: opens.get(line.id)!, source: SOURCE, orderLineId: line.id, pending: true });
    }
  }

  *#take(ctx: ShopContext, wallet: Wallet, orderId: string, changed: readonly Target[]): Unit<void> {
    const claws: Clawback[] = [];
    for (const { line, take } of changed) {
      if (take > 0) claws.push({ amount: take, ownLots: yield* sql.many(LOTS_OF_LINE, { line: line.id, person: wallet.personId }) });
    }
    const goods = changed.filter(({ take, line }) => take > 0 && line.refunded_quantity > 0).map(({ line }) => ({ title: line.title, refunded: line.refunded_quantity, of: line.quantity }));
    yield* takeBack(ctx, wallet, claws, { source: SOURCE, causeRef: orderId, ...(goods.length > 0 ? { detail: { goods } } : {}) });
  }
}
