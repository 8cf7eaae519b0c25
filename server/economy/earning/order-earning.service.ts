import { sql, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { OrderSettlement } from '../../commerce/order-settlement.js';
import { book, closeWallet, openFollowed, type Wallet } from '../ledger-entry.js';
import { LOTS_OF_LINE } from '../ledger-statements.js';
import { addLot } from '../lots.js';
import { livingPerson } from '../person-follow.js';
import { expiryOf } from '../points-calendar.js';
import { returnWindowEnd } from '../return-window.js';
import { expireDueLots, matureDueLots, payDebt, takeBack, type Clawback } from '../wallet-moves.js';
import type { EarningMultipliers } from './earning-multipliers.js';
import { frozenEarning, lineSnapshots, type FrozenEarning, type LineSnapshot } from './earning-snapshot.js';
import { EARNING_LINES, EARNING_ORDER, MOVE_ACTIVATION, PENDING_ACTIVATION, STORE_EARNING, type EarningLine, type EarningOrder } from './earning-statements.js';
import { orderPoints, takenBack } from './order-points.js';

interface Target { readonly line: EarningLine; readonly snapshot: LineSnapshot; readonly points: number; readonly reversed: number; readonly give: number; readonly take: number; /** Pieces given back since the line was last looked at. */ readonly back: number }

const SOURCE = 'core.order';

const goodsOf = (line: EarningLine, { type }: LineSnapshot) => ({ sku: line.sku, type, giftCard: line.gift_card === 1, quantity: line.quantity, unitPrice: line.unit_price, paid: line.paid });

/** What each line should have earned and lost by now: a function of the order and what it froze alone, so that any history of events ends here. */
function targets(ctx: ShopContext, order: EarningOrder, lines: readonly EarningLine[], frozen: FrozenEarning, snapshots: readonly LineSnapshot[]): Target[] {
  const all = order.cancelled_at !== null || order.fully_refunded === 1;
  const earned = orderPoints(frozen.rule, ctx.shop.currency, order, lines.map((line, n) => goodsOf(line, snapshots[n]!)), snapshots.map(({ basisPoints }) => basisPoints));
  return lines.map((line, n): Target => {
    const points = earned.points[n]!;
    const reversed = all ? points : takenBack(points, line);
    const more = points - (line.points ?? 0);
    const gone = reversed - (line.reversed ?? 0);
    return { line, snapshot: { ...snapshots[n]!, base: earned.bases[n]!, returned: line.refunded_quantity }, back: line.refunded_quantity - (snapshots[n]!.returned ?? 0), points, reversed, give: Math.max(more, 0) + Math.max(-gone, 0), take: Math.max(-more, 0) + Math.max(gone, 0) };
  });
}

function* keep(ctx: ShopContext, order: string, person: string, targets: readonly Target[]): Unit<void> {
  for (const { line, points, reversed, snapshot } of targets) {
    yield* sql.run(STORE_EARNING, { line: line.id, order, person, points, reversed, rule: JSON.stringify(snapshot), version: snapshot.version, now: ctx.now });
  }
}

/**
 * Points from orders by the rule and the multipliers that held when they were paid, by line, pending until the goods can no longer be returned,
 * taken back by line when they are.
 */
export class OrderEarningService implements OrderSettlement {
  readonly steps = { settle: (ctx: ShopContext, orderId: string): Unit<void> => this.#settle(ctx, orderId) };

  constructor(private readonly db: Database, private readonly multipliers?: EarningMultipliers) {}

  /** Brings the points of an order to where they belong. Idempotent. */
  settle(ctx: ShopContext, orderId: string): Promise<void> {
    return this.db.hot(ctx, `settle:${orderId}`, (inner) => this.#settle(inner, orderId));
  }

  *#settle(ctx: ShopContext, orderId: string): Unit<void> {
    const order = yield* sql.one(EARNING_ORDER, { id: orderId });
    if (!order) return;
    const lines = yield* sql.many(EARNING_LINES, { order: orderId });
    // All lines of an order stay with one person, whoever that became: after a merge is undone they must not have two.
    const owner = lines.find((line) => line.person_id !== null)?.person_id ?? order.person_id;
    const person = yield* livingPerson(owner);
    // Who was erased has no points left that could be given or taken back.
    if (!person) return;
    const frozen = yield* frozenEarning(ctx, order, lines, this.multipliers, person.personId);
    const plan = targets(ctx, order, lines, frozen, yield* lineSnapshots(order, lines, frozen));
    const opens = new Map(lines.map((line) => [line.id, returnWindowEnd(order, line, frozen)]));
    const moves = (yield* sql.many(PENDING_ACTIVATION, { order: orderId })).filter((lot) => lot.activates_at !== opens.get(lot.order_line_id));
    const changed = plan.filter((target) => target.give > 0 || target.take > 0);
    // Lines that earn nothing freeze that too: goods that are called otherwise later must not begin to earn.
    const kept = plan.filter((target) => target.line.rule === null || changed.includes(target));
    if (changed.length === 0 && moves.length === 0) { yield* keep(ctx, orderId, owner, kept); return; }
    const wallet = yield* openFollowed(ctx, person.personId);
    yield* expireDueLots(ctx, wallet);
    for (const { order_line_id: line } of moves) {
      const activatesAt = opens.get(line)!;
      yield* sql.run(MOVE_ACTIVATION, { line, activatesAt, expiresAt: expiryOf(ctx.shop, activatesAt) });
    }
    yield* this.#give(ctx, wallet, orderId, changed, opens);
    yield* this.#take(ctx, wallet, orderId, changed);
    yield* keep(ctx, orderId, owner, kept);
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
    const goods = changed.filter(({ take, line }) => take > 0 && line.refunded_quantity > 0).map(({ line, back }) => ({ title: line.title, refunded: back > 0 ? back : line.refunded_quantity, of: line.quantity }));
    yield* takeBack(ctx, wallet, claws, { source: SOURCE, causeRef: orderId, ...(goods.length > 0 ? { detail: { goods } } : {}) });
  }
}
