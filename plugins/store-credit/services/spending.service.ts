import { conflict, DAY, MINUTE, newId, notFound, sql, type Database, type DiscountCodes, type Order, type Orders, type ShopContext, type Unit } from 'guanxi/plugin';
import { book, holderOf, moveAway } from './bookkeeping.js';
import { HOLD_ACCOUNT, HOLD_USE, INSERT_USE, OPEN_USE, OVER, OWN_USE, SETTLE_USE, USE_BY_ID, USES_OF_ORDER, type UseRow } from './credit.statements.js';

export interface Spent { readonly id: string; readonly code: string; readonly amount: number; readonly expiresAt: number; readonly balance: number }
/** A checkout that began before the end may be paid for so long. */
const CHECKOUT_OPEN = 30 * MINUTE;
/** Among so many orders of a person the one that took a code is found, if this module was not told. */
const LATEST = 50;
/** The host gives the code of whoever was erased this name: nobody has it any more, so nothing holds or uses it. */
const isForgotten = ({ id, code }: Pick<UseRow, 'id' | 'code'>): boolean => code === `erased-${id}`;

/** What of `taken` belongs to the pieces that went back, by their list prices. */
function shareBack(taken: number, lines: Order['lines']): number {
  const worth = (of: 'quantity' | 'refundedQuantity'): bigint => lines.reduce((sum, line) => sum + BigInt(line.unitPrice) * BigInt(Math.min(line[of], line.quantity)), 0n);
  const all = worth('quantity');
  return all === 0n ? 0 : Number((BigInt(taken) * worth('refundedQuantity')) / all);
}

/** From a balance to a code for the next order, and back: what no order took returns, and what goods took returns with the goods. */
export class Spending {
  constructor(private readonly db: Database, private readonly codes: DiscountCodes, private readonly orders: Orders) {}

  /** Turns money into one code. @throws 409 GX_CREDIT_TOO_LITTLE, GX_CREDIT_CODE_OPEN; nothing is written then */
  spend(ctx: ShopContext, person: string, amount: number, days: number): Promise<Spent> {
    const { codes } = this;
    return this.db.hot(ctx, `credit:${person}`, function* (inner): Unit<Spent> {
      const available = (yield* sql.one(HOLD_ACCOUNT, { person }))?.balance ?? 0;
      if (yield* sql.one(OPEN_USE, { person })) throw conflict('GX_CREDIT_CODE_OPEN', 'There is a code with your credit already. Use it, or put its money back first.');
      const id = newId(), code = codes.generate(), expiresAt = inner.now + days * DAY;
      const done = yield* book(inner, { person, kind: 'use', amount: -amount, key: `use:${id}`, ref: id });
      if (!done) throw conflict('GX_CREDIT_TOO_LITTLE', 'The account holds less than that.', { available });
      yield* sql.run(INSERT_USE, { id, person, code, amount, expiresAt, now: inner.now });
      yield* codes.steps.register(inner, { code, personId: person, expiresAt, owner: 'store-credit', ownerRef: id, terms: { kind: 'amount', value: amount, minimum: 0, class: 'order' } });
      return { id, code, amount, expiresAt, balance: done.balance };
    });
  }

  /** The shopper wants the money back in the account. @throws 404, 409 GX_CREDIT_CODE_HELD while a checkout holds the code or an order took it */
  putBack(ctx: ShopContext, person: string, id: string): Promise<{ readonly balance: number }> {
    const end = (inner: ShopContext): Unit<boolean> => this.#end(inner, id);
    return this.db.hot(ctx, `credit:${person}`, function* (inner): Unit<{ readonly balance: number }> {
      const use = yield* sql.one(OWN_USE, { id, person });
      if (!use) throw notFound('code', id);
      if (use.state !== 'returned' && !(yield* end(inner))) throw conflict('GX_CREDIT_CODE_HELD', 'A checkout is open with this code, or an order was paid with it. Try again in half an hour.');
      return { balance: (yield* sql.one(HOLD_ACCOUNT, { person }))?.balance ?? 0 };
    });
  }

  /** An order went by without the code: what was for the next order is free again. */
  async lost(ctx: ShopContext, id: string): Promise<void> { await this.#over(ctx, id); }

  #over(ctx: ShopContext, id: string): Promise<boolean> {
    const end = (inner: ShopContext): Unit<boolean> => this.#end(inner, id);
    return this.db.hot(ctx, `credit-use:${id}`, (inner) => end(inner));
  }

  /** False, and nothing changes, while a checkout holds the code or when an order took it. */
  *#end(ctx: ShopContext, id: string): Unit<boolean> {
    const use = yield* sql.one(HOLD_USE, { id });
    if (use?.state !== 'open' || !(isForgotten(use) || (yield* this.codes.steps.revoke(ctx, use.code)))) return false;
    yield* giveBack(ctx, id, use.amount, null);
    return true;
  }

  /**
   * Makes the account what the order says now: what the order did not take of the code is given back, and what it took for pieces that went back, by their list prices. News may
   * come in any order and more than once: what should be back only grows. `whole`: the order was given back in full.
   */
  async follow(ctx: ShopContext, id: string, code: string, orderId: string, whole = false): Promise<void> {
    const order = await this.orders.byId(ctx, orderId);
    const use = await this.db.read(ctx, (q) => q.one(USE_BY_ID, { id }));
    if (!order || !use) return;
    const taken = Math.min(use.amount, order.discounts.find((each) => each.code === code)?.amount ?? use.amount);
    const kept = whole || order.cancelledAt !== null ? 0 : taken - shareBack(taken, order.lines);
    await this.db.hot(ctx, `credit-use:${id}`, (inner) => giveBack(inner, id, use.amount - kept, orderId));
  }

  async refunded(ctx: ShopContext, orderId: string): Promise<void> {
    for (const { id, code } of await this.db.read(ctx, (q) => q.many(USES_OF_ORDER, { order: orderId }))) await this.follow(ctx, id, code, orderId);
  }

  /**
   * Gives back what expired unused. What a checkout began with before the end may still be paid for half an hour. An order that took the code while nobody told this module of it, because it was
   * switched off, is looked for among the latest orders. One that breaks keeps nobody else waiting; the first error is thrown at the end.
   */
  async expire(ctx: ShopContext, signal: AbortSignal): Promise<void> {
    let first: unknown;
    for (let after = { after: 0, afterId: '' }, more = true; more;) {
      const due = await this.db.read(ctx, (q) => q.many(OVER, { end: ctx.now - CHECKOUT_OPEN, ...after }));
      for (const use of due) {
        if (signal.aborted) return;
        after = { after: use.expires_at, afterId: use.id };
        try {
          if (!(await this.#over(ctx, use.id))) await this.#find(ctx, use);
        } catch (error) { first ??= error; }
      }
      more = due.length > 0;
    }
    if (first !== undefined) throw first;
  }

  async #find(ctx: ShopContext, { id, person_id: person, code }: UseRow): Promise<void> {
    const { items } = await this.orders.ofPerson(ctx, person, { limit: LATEST });
    const order = items.find(({ discountCodes, paidAt }) => paidAt !== null && discountCodes.includes(code));
    if (order) await this.follow(ctx, id, code, order.id);
  }
}

/** Brings what is back of a use up to `target`, minor units. What belongs to somebody who was erased stays with the shop. */
function* giveBack(ctx: ShopContext, id: string, target: number, order: string | null): Unit<void> {
  const use = yield* sql.one(HOLD_USE, { id });
  if (!use) return;
  const due = Math.max(0, Math.min(target, use.amount) - use.back);
  const holder = due > 0 ? yield* holderOf(use.person_id) : undefined;
  const done = holder && (yield* book(ctx, { person: holder.account.person_id, kind: 'return', amount: due, key: `return:${id}:${use.back + due}`, ref: id }));
  if (holder && done) yield* moveAway(holder.through, due);
  const amount = done ? due : 0;
  const state = use.back + amount === use.amount || (order === null && use.state === 'open') ? 'returned' : order === null ? use.state : 'used';
  if (amount > 0 || state !== use.state || (order !== null && use.order_id === null)) yield* sql.run(SETTLE_USE, { id, amount, state, order, now: ctx.now });
}
