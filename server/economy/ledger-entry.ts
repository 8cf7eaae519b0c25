import { actorName, newId, notFound, sql, type ShopContext, type Unit } from '../plugin-api/index.js';
import { NEVER, type LedgerKind } from './ledger-rules.js';
import { CLOSE_ACCOUNT, INSERT_TRANSACTION, insertPostings, OPEN_ACCOUNT, SET_DETAIL, SOONEST_EXPIRY } from './ledger-statements.js';
import { followPerson } from './person-follow.js';
import { pointsDate } from './points-calendar.js';

/** Changes of a person's four balances; what they do not cancel out is booked against the programme account. */
export interface Moves { readonly available?: number; readonly pending?: number; readonly held?: number; readonly debt?: number }
export interface Entry {
  readonly kind: LedgerKind;
  readonly source: string;
  readonly causeRef?: string | null;
  readonly note?: string | null;
  readonly reverses?: string | null;
  readonly grantId?: string | null;
  readonly key?: string | null;
  /** What the statement can say of it, e.g. which goods came back. */
  readonly detail?: object | null;
  readonly moves: Moves;
  /** Programme account, e.g. `issued:core.order`. */
  readonly against?: string;
}
const clip = (text: string | null | undefined, max: number): string | null => (text === null || text === undefined ? null : text.slice(0, max));

/** Writes a transaction and its postings. Answers false, with nothing written, when its key or its reversal exists already. */
export function* writeEntry(ctx: ShopContext, id: string, personId: string, availableAfter: number, entry: Entry): Unit<boolean> {
  const { available = 0, pending = 0, held = 0, debt = 0 } = entry.moves;
  const written = yield* sql.run(INSERT_TRANSACTION, {
    id, person: personId, kind: entry.kind, source: entry.source, causeRef: clip(entry.causeRef, 200), at: ctx.now, businessDate: pointsDate(ctx.shop, ctx.now),
    available, pending, held, debt, availableAfter, note: clip(entry.note, 500), actor: actorName(ctx.actor).slice(0, 300), reverses: entry.reverses ?? null,
    grantId: entry.grantId ?? null, entryKey: entry.key ?? null,
  });
  if (written === 0) return false;
  if (entry.detail) yield* sql.run(SET_DETAIL, { id, detail: JSON.stringify(entry.detail) });
  // Debt is what the person owes, so its account moves the other way round.
  const postings: [string, number][] = [['available', available], ['pending', pending], ['held', held], ['debt', -debt], [entry.against ?? '', debt - available - pending - held]];
  const moved = postings.filter(([, amount]) => amount !== 0);
  if (moved.length > 0) {
    const params: Record<string, string | number> = { transactionId: id };
    moved.forEach(([account, amount], n) => { params[`account${n}`] = account; params[`amount${n}`] = amount; });
    yield* sql.run(insertPostings(moved.length), params);
  }
  return true;
}

/** A person's account, locked for the unit that opened it. Changes are in memory until `closeWallet`. */
export interface Wallet { readonly personId: string; available: number; pending: number; held: number; debt: number; nextExpiryAt: number }

/** Undefined when there is no such living person. */
export function* openWallet(ctx: ShopContext, personId: string): Unit<Wallet | undefined> {
  const row = yield* sql.one(OPEN_ACCOUNT, { person: personId, now: ctx.now });
  return row && { personId: row.person_id, available: row.available, pending: row.pending, held: row.held, debt: row.debt, nextExpiryAt: row.next_expiry_at };
}

/** The account of whoever this person is today. Errors: 404 `GX_NOT_FOUND` for an unknown or erased person. */
export function* openFollowed(ctx: ShopContext, personId: string): Unit<Wallet & { readonly guest: boolean }> {
  // Who waited for an account while its person became another finds it closed, and the person moved.
  for (let tries = 0; tries < 4; tries++) {
    const person = yield* followPerson(personId);
    const wallet = yield* openWallet(ctx, person.personId);
    if (wallet) return { ...wallet, guest: person.guest };
  }
  throw notFound('person', personId);
}

export function* closeWallet(wallet: Wallet): Unit<void> {
  const soonest = yield* sql.one(SOONEST_EXPIRY, { person: wallet.personId });
  wallet.nextExpiryAt = soonest?.at ?? NEVER;
  yield* sql.run(CLOSE_ACCOUNT, {
    person: wallet.personId, available: wallet.available, pending: wallet.pending, held: wallet.held, debt: wallet.debt, nextExpiryAt: wallet.nextExpiryAt,
  });
}

/** Books an entry on an open wallet; answers its id, or undefined when its key or its reversal exists already. */
export function* book(ctx: ShopContext, wallet: Wallet, entry: Entry): Unit<string | undefined> {
  const id = newId();
  const { available = 0, pending = 0, held = 0, debt = 0 } = entry.moves;
  if (!(yield* writeEntry(ctx, id, wallet.personId, wallet.available + available, entry))) return undefined;
  wallet.available += available;
  wallet.pending += pending;
  wallet.held += held;
  wallet.debt += debt;
  return id;
}
