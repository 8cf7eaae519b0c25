import { conflict, newId, notFound, sql, type Audit, type Customers, type Database, type ShopContext, type Unit } from 'guanxi/plugin';
import type { StoreCreditAccounts } from '../contract.js';
import { book, holderOf, moveAway } from './bookkeeping.js';
import { ENTRY_BY_KEY, OPEN_ACCOUNT } from './credit.statements.js';

/** Keys stand in a column of 200 beside what they are for. */
const LONGEST_KEY = 150;
/** Ids that share all but their last sign. */
const SIBLINGS = 50;
type Owner = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string };

/** Money that is added and taken back by other modules and by staff. */
export class Accounts implements StoreCreditAccounts {
  constructor(private readonly db: Database, private readonly customers: Customers, private readonly audit: Audit, private readonly most: (ctx: ShopContext) => Promise<number>) {}

  /** Who a person is today, if they can have an account. */
  async ownerOf(ctx: ShopContext, personId: string): Promise<Owner> {
    const person = await this.customers.byId(ctx, personId);
    if (person?.kind === 'guest') return { ok: false, reason: 'guests have no account; they have to sign in first' };
    // `byId` knows the erased too; the walk through members does not, and ids that begin alike stand next to each other in it.
    const living = person && (await this.customers.members(ctx, { after: person.id.slice(0, -1), limit: SIBLINGS })).some(({ id }) => id === person.id);
    return living ? { ok: true, id: person.id } : { ok: false, reason: 'there is no such customer any more' };
  }

  async add(ctx: ShopContext, { key, personId, amount }: Parameters<StoreCreditAccounts['add']>[1]): ReturnType<StoreCreditAccounts['add']> {
    if (!Number.isSafeInteger(amount) || amount < 1 || key === '' || key.length > LONGEST_KEY) return { ok: false, reason: `a credit needs a positive whole amount and a key of 1 to ${LONGEST_KEY} characters` };
    const before = await this.#replayed(ctx, key, amount);
    if (before) return before;
    const [owner, most] = [await this.ownerOf(ctx, personId), await this.most(ctx)];
    if (!owner.ok) return owner;
    const replay = (): Unit<Answer | undefined> => this.#replay(key, amount);
    return this.db.hot(ctx, `credit:${owner.id}`, function* (inner): Unit<Answer> {
      yield* sql.one(OPEN_ACCOUNT, { person: owner.id, now: inner.now });
      const known = yield* replay();
      if (known) return known;
      const done = yield* book(inner, { person: owner.id, kind: 'credit', amount, key: `add:${key}`, most });
      return done ? { ok: true, ref: done.entry } : { ok: false, reason: `the account would hold more than ${most}, the most that the shop allows` };
    });
  }

  #replayed(ctx: ShopContext, key: string, amount: number): Promise<Answer | undefined> { return this.db.hot(ctx, `credit-key:${key}`, () => this.#replay(key, amount)); }

  *#replay(key: string, amount: number): Unit<Answer | undefined> {
    const known = yield* sql.one(ENTRY_BY_KEY, { key: `add:${key}` });
    if (!known) return undefined;
    if (known.amount !== amount) throw conflict('GX_CREDIT_KEY', `The key "${key}" was used for ${known.amount} before and cannot be used for ${amount}. Use a key of its own for each credit.`, { key });
    return (yield* sql.one(ENTRY_BY_KEY, { key: `undo:${key}` })) ? { ok: false, reason: 'this credit was taken back before' } : { ok: true, ref: known.id };
  }

  undo(ctx: ShopContext, key: string): Promise<void> {
    return this.db.hot(ctx, `credit-key:${key}`, function* (inner): Unit<void> {
      const entry = yield* sql.one(ENTRY_BY_KEY, { key: `add:${key}` });
      const holder = entry && (yield* holderOf(entry.person_id));
      if (!entry || !holder || (yield* sql.one(ENTRY_BY_KEY, { key: `undo:${key}` }))) return;
      const { account, through } = holder;
      const taken = Math.min(entry.amount, account.balance), spent = entry.amount - taken;
      const done = yield* book(inner, { person: account.person_id, kind: 'reversal', amount: 0 - taken, key: `undo:${key}`, ref: entry.id, reason: spent > 0 ? `${spent} of ${entry.amount} was spent before` : undefined });
      if (done) yield* moveAway(through, 0 - taken);
    });
  }

  /** Staff give or take. @throws 404 for guests and whoever is gone, 409 GX_CREDIT_TOO_LITTLE, GX_CREDIT_TOO_MUCH; nothing is written then */
  async adjust(ctx: ShopContext, personId: string, amount: number, reason: string): Promise<{ readonly balance: number }> {
    const [owner, most] = [await this.ownerOf(ctx, personId), await this.most(ctx)];
    if (!owner.ok) throw notFound('customer', personId);
    const by = ctx.actor.kind === 'staff' ? { by: ctx.actor.name } : {};
    return this.db.write(ctx, async (unit, inner) => {
      const balance = await unit.steps((function* (): Unit<number> {
        const account = (yield* sql.one(OPEN_ACCOUNT, { person: owner.id, now: inner.now }))!;
        const done = yield* book(inner, { person: owner.id, kind: 'adjustment', amount, key: `adjustment:${newId()}`, reason, ...by, ...(amount > 0 ? { most } : {}) });
        if (done) return done.balance;
        throw amount < 0 ? conflict('GX_CREDIT_TOO_LITTLE', `The account holds ${account.balance}, less than you want to take.`, { available: account.balance })
          : conflict('GX_CREDIT_TOO_MUCH', `The account would hold more than ${most}, the most that your settings allow for one person.`, { most });
      })());
      await this.audit.record(inner, 'credit.adjusted', `person:${owner.id}`, { amount, reason, balance });
      return { balance };
    });
  }
}
type Answer = Awaited<ReturnType<StoreCreditAccounts['add']>>;
