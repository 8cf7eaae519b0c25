import { newId, sql, type Customers, type Database, type ShopContext, type Unit } from 'guanxi/plugin';
import { book, holderOf, moveAway } from './bookkeeping.js';
import { CLOSE, HOLD_ACCOUNT, JOIN, OPEN_ACCOUNT, PART } from './credit.statements.js';

/** What becomes of accounts when a person turns out to be another, when they are two again, and when one is erased. Each can be told twice. */
export class CreditPeople {
  constructor(private readonly db: Database, private readonly customers: Customers) {}

  /** The balance moves; what comes later for the one who is gone goes the same way. */
  async merge(ctx: ShopContext, person: string): Promise<void> {
    // News may be late: who they are today counts.
    const into = (await this.customers.byId(ctx, person))?.id;
    if (into === undefined || into === person) return;
    await this.db.hot(ctx, `credit:${person}`, function* (inner): Unit<void> {
      const from = yield* sql.one(HOLD_ACCOUNT, { person });
      if (!from || from.closed === 1) return;
      if ((yield* sql.one(OPEN_ACCOUNT, { person: into, now: inner.now }))?.closed !== 0) return;
      yield* sql.run(JOIN, { person, into, amount: from.balance });
      yield* transfer(inner, person, into, from.balance);
    });
  }

  /** What moved comes back, as far as it was not spent since. */
  async split(ctx: ShopContext, person: string): Promise<void> {
    if ((await this.customers.byId(ctx, person))?.id !== person) return;
    await this.db.hot(ctx, `credit:${person}`, function* (inner): Unit<void> {
      const own = yield* sql.one(HOLD_ACCOUNT, { person });
      const holder = own && own.into_id !== null ? yield* holderOf(own.into_id) : undefined;
      if (!own || !holder || own.closed === 1 || holder.account.closed === 1) return;
      const amount = Math.min(own.away, holder.account.balance);
      yield* sql.run(PART, { person });
      yield* moveAway(holder.through, 0 - amount);
      yield* transfer(inner, holder.account.person_id, person, amount);
    });
  }

  /** Nobody can spend it any more, so the shop owes it no longer. Whoever had no account gets a closed one: nothing may be added later. */
  erase(ctx: ShopContext, person: string): Promise<void> {
    return this.db.hot(ctx, `credit:${person}`, function* (inner): Unit<void> {
      const account = (yield* sql.one(OPEN_ACCOUNT, { person, now: inner.now }))!;
      if (account.balance > 0) yield* book(inner, { person, kind: 'forfeit', amount: -account.balance, key: `forfeit:${newId()}` });
      yield* sql.run(CLOSE, { person });
    });
  }
}

function* transfer(ctx: ShopContext, from: string, to: string, amount: number): Unit<void> {
  if (amount <= 0) return;
  const key = newId();
  yield* book(ctx, { person: from, kind: 'merge', amount: -amount, key: `merge:${key}:out`, ref: to });
  yield* book(ctx, { person: to, kind: 'merge', amount, key: `merge:${key}:in`, ref: from });
}
