import { newId, sql, type Database, type ShopContext, type Unit } from '../plugin-api/index.js';
import type { Outbox } from '../events/outbox.js';
import type { BuyerSignals } from './buyer-signals.js';
import { foldCustomers } from './customer-fold.js';
import type { DiscountCodesService } from './discount-codes.service.js';
import { foldOrders, recountPeople, recountRefunds, type FoldedOrder } from './order-fold.js';
import { normaliseOrder, type NormalOrder } from './order-row.js';
import type { OrderSettlement } from './order-settlement.js';
import { CODES_OF_ORDER, INSERT_REFUND, insertRefundLines, MARK_CODE, ORDER_STATE, ORDERS_BY_EXTERNAL } from './order-statements.js';
import { deleteProduct, foldProduct } from './product-fold.js';
import { normaliseRefund, type RefundRow } from './refund-row.js';
import { passGates } from './row-gate.js';
import { clip } from './snapshot-input.js';
import type { CommerceIntake, CustomerSnapshot, OrderSnapshot, ProductSnapshot, RefundSnapshot } from './snapshots.js';

interface Options { readonly history?: boolean }

/** Folds what platforms, imports and the demo tell; everything that follows from it is in the same unit. */
export class CommerceIntakeService implements CommerceIntake {
  readonly steps = {
    order: (ctx: ShopContext, snapshot: OrderSnapshot, options: Options = {}): Unit<{ readonly orderId: string; readonly changed: boolean }> =>
      this.#order(ctx, normaliseOrder(ctx.shop, snapshot), options.history === true),
    refund: (ctx: ShopContext, snapshot: RefundSnapshot, options: Options = {}): Unit<{ readonly changed: boolean }> => this.#refund(ctx, normaliseRefund(snapshot), options.history === true),
    customer: (ctx: ShopContext, snapshot: CustomerSnapshot): Unit<{ readonly personId: string; readonly created: boolean }> => this.#customer(ctx, snapshot),
  };

  constructor(private readonly db: Database, private readonly outbox: Outbox, private readonly settlement: OrderSettlement, private readonly codes: DiscountCodesService, private readonly signals?: BuyerSignals) {}

  customer(ctx: ShopContext, snapshot: CustomerSnapshot): Promise<{ readonly personId: string; readonly created: boolean }> {
    return this.db.hot(ctx, `customer:${snapshot.externalId}`, (inner) => this.#customer(inner, snapshot));
  }

  product(ctx: ShopContext, snapshot: ProductSnapshot): Promise<{ readonly productId: string; readonly changed: boolean }> {
    return this.db.hot(ctx, `product:${snapshot.externalId}`, (inner) => foldProduct(inner, snapshot));
  }

  productDeleted(ctx: ShopContext, externalId: string): Promise<void> {
    return this.db.hot(ctx, `product:${externalId}`, (inner) => deleteProduct(inner, externalId));
  }

  async order(ctx: ShopContext, snapshot: OrderSnapshot, options: Options = {}): Promise<{ readonly orderId: string; readonly changed: boolean }> {
    const order = normaliseOrder(ctx.shop, snapshot);
    return this.db.hot(ctx, `order:${snapshot.externalId}`, (inner) => this.#order(inner, order, options.history === true));
  }

  /**
   * Past orders of an import, with a fixed number of statements for the whole batch; 200 to 2,000 at a time are quickest. They earn nothing
   * and raise no events. All or nothing: check rows with `normaliseOrder` first to report them one by one.
   */
  async orderBatch(ctx: ShopContext, snapshots: readonly OrderSnapshot[], _options: { readonly history: true }): Promise<{ readonly changed: number }> {
    const orders = snapshots.map((snapshot) => normaliseOrder(ctx.shop, snapshot));
    return this.db.write(ctx, (unit, inner) => unit.steps((function* (): Unit<{ changed: number }> {
      const folded = yield* foldOrders(inner, orders, true);
      return { changed: folded.orders.filter((order) => order.changed).length };
    })()));
  }

  async refund(ctx: ShopContext, snapshot: RefundSnapshot, options: Options = {}): Promise<{ readonly changed: boolean }> {
    const refund = normaliseRefund(snapshot);
    return this.db.hot(ctx, `order:${refund.orderExternal}`, (inner) => this.#refund(inner, refund, options.history === true));
  }

  /** Past refunds of an import, in one unit. */
  async refundBatch(ctx: ShopContext, snapshots: readonly RefundSnapshot[], _options: { readonly history: true }): Promise<{ readonly changed: number }> {
    const refunds = snapshots.map(normaliseRefund);
    const fold = (inner: ShopContext, refund: RefundRow): Unit<{ readonly changed: boolean }> => this.#refund(inner, refund, true);
    return this.db.write(ctx, (unit, inner) => unit.steps((function* (): Unit<{ changed: number }> {
      // All gates before the first row: a unit that waits for a gate with rows in its hands may wait for somebody who wants those.
      yield* passGates('order', [...new Set(refunds.map((refund) => refund.orderExternal))]);
      let changed = 0;
      for (const refund of refunds) if ((yield* fold(inner, refund)).changed) changed++;
      return { changed };
    })()));
  }

  *#customer(ctx: ShopContext, snapshot: CustomerSnapshot): Unit<{ readonly personId: string; readonly created: boolean }> {
    const result = (yield* foldCustomers(ctx, [snapshot])).get(snapshot.externalId)!;
    if (result.created) yield* this.outbox.steps.emit(ctx, 'customer.created', { personId: result.personId });
    else if (this.signals && snapshot.email) yield* this.signals.steps.learn(ctx, result.personId, { email: snapshot.email });
    return result;
  }

  *#order(ctx: ShopContext, order: NormalOrder, history: boolean): Unit<{ readonly orderId: string; readonly changed: boolean }> {
    const { orders, newPeople } = yield* foldOrders(ctx, [order], history);
    const folded = orders[0]!;
    if (!history) for (const personId of newPeople) yield* this.outbox.steps.emit(ctx, 'customer.created', { personId });
    const { address, payment } = order.snapshot;
    if (this.signals && folded.personId !== null && (address || payment)) yield* this.signals.steps.learn(ctx, folded.personId, { address: clip(address, 500), payment: clip(payment, 200) });
    if (folded.changed && !folded.history) {
      yield* this.settlement.steps.settle(ctx, folded.orderId);
      yield* this.#emitMoments(ctx, folded);
      for (const refundId of folded.attachedRefunds) yield* this.#emitRefund(ctx, folded.orderId, refundId);
      yield* this.#settleCodes(ctx, folded.orderId);
    }
    return { orderId: folded.orderId, changed: folded.changed };
  }

  *#refund(ctx: ShopContext, refund: RefundRow, history: boolean): Unit<{ readonly changed: boolean }> {
    yield* passGates('order', [refund.orderExternal]);
    const order = yield* sql.one(ORDERS_BY_EXTERNAL, { ids: JSON.stringify([refund.orderExternal]) });
    const id = newId();
    const { external, orderExternal, at, amount, lines } = refund;
    if ((yield* sql.run(INSERT_REFUND, { id, external, orderExternal, order: order?.id ?? null, at, amount, now: ctx.now })) === 0) return { changed: false };
    yield* insertRefundLines(lines.map((line) => ({ ...line, refund: id })));
    if (!order) return { changed: true };
    yield* recountRefunds([order.id]);
    yield* recountPeople(ctx, [order.person_id]);
    if (!history && order.history === 0) {
      yield* this.settlement.steps.settle(ctx, order.id);
      yield* this.#emitRefund(ctx, order.id, id);
      yield* this.#settleCodes(ctx, order.id);
    }
    return { changed: true };
  }

  *#emitMoments(ctx: ShopContext, { orderId, personId, before, after }: FoldedOrder): Unit<void> {
    const payload = { orderId, personId };
    if (before.paid === null && after.paid !== null) yield* this.outbox.steps.emit(ctx, 'order.paid', payload);
    if (before.delivered === null && after.delivered !== null) yield* this.outbox.steps.emit(ctx, 'order.delivered', payload);
    if (before.cancelled === null && after.cancelled !== null) yield* this.outbox.steps.emit(ctx, 'order.cancelled', payload);
  }

  *#emitRefund(ctx: ShopContext, orderId: string, refundId: string): Unit<void> {
    const order = (yield* sql.one(ORDER_STATE, { id: orderId }))!;
    yield* this.outbox.steps.emit(ctx, 'order.refunded', { orderId, personId: order.person_id, refundId, full: order.fully_refunded === 1 });
  }

  /** A paid order uses its codes; a cancelled or fully refunded one gives them back. Each happens once per order. */
  *#settleCodes(ctx: ShopContext, orderId: string): Unit<void> {
    const codes = yield* sql.many(CODES_OF_ORDER, { order: orderId });
    if (codes.length === 0) return;
    const order = (yield* sql.one(ORDER_STATE, { id: orderId }))!;
    const cause = order.cancelled_at !== null ? 'cancel' : order.fully_refunded === 1 ? 'refund' : undefined;
    const from = { orderRef: order.external_id, orderId };
    if (order.paid_at === null) {
      if (cause) for (const { code } of codes) yield* this.codes.steps.release(ctx, code, 'abandoned', from);
      return;
    }
    for (const { code, used } of codes) {
      const spent = used === 1 || (yield* this.codes.steps.use(ctx, code, order.external_id, orderId));
      const released = spent && cause !== undefined && (yield* this.codes.steps.release(ctx, code, cause, from));
      yield* sql.run(MARK_CODE, { order: orderId, code, used: spent ? 1 : 0, released: released ? 1 : 0 });
    }
  }
}
