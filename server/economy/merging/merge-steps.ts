import { actorName, conflict, DAY, newId, notFound, sql, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { book, closeWallet, openWallet, type Wallet } from '../ledger-entry.js';
import { undoDueHolds } from '../holds/hold-steps.js';
import { recordAllocations, takeFromLots, type Take } from '../lots.js';
import { livingPerson } from '../person-follow.js';
import { expiryOf } from '../points-calendar.js';
import { expireDueLots, matureDueLots, payDebt } from '../wallet-moves.js';
import { COPY_LOT, INSERT_MERGE, LOCK_PERSON, LOTS_OF_PERSON, MOVE_HOLDS, ONCE_ENTRIES_OF_BOTH, POINT_TO, SET_CLOSED, type MovableLot } from './merge-statements.js';

export const SPLIT_WITHIN = 30 * DAY;

/** What a merge moved, so that a split can bring exactly that back. */
export interface Moved {
  /** Lots of the one who went, the lots they became, and how much. */
  readonly lots: readonly { readonly from: string; readonly to: string; readonly amount: number }[];
  /** Points of one-off rewards that the other had as well; they were dropped. Merges of older days do not say of which grant. */
  readonly dropped: readonly (Take & { readonly grant?: string })[];
  readonly debt: number;
  readonly holds: readonly string[];
  /** The entry by which the merge paid one's debt with the other's points. */
  readonly debtEntry: string | null;
  /** Who had become the one who went before. */
  readonly family: readonly string[];
}
export interface Merged { readonly mergeId: string; readonly from: string; readonly into: string; readonly until: Instant; readonly points: number; readonly dropped: number }

/** Everything that is due by now happens to each of the two alone, before anything moves. */
function* settled(ctx: ShopContext, personId: string): Unit<Wallet> {
  const wallet = yield* openWallet(ctx, personId);
  if (!wallet) throw notFound('person', personId);
  yield* expireDueLots(ctx, wallet);
  yield* matureDueLots(ctx, wallet);
  yield* undoDueHolds(ctx, wallet);
  return wallet;
}

/** Both accounts in the order of their ids, so that two who merge towards each other do not wait for each other. */
export function* openBoth(ctx: ShopContext, one: string, other: string): Unit<readonly [Wallet, Wallet]> {
  if (one < other) { const first = yield* settled(ctx, one); return [first, yield* settled(ctx, other)]; }
  const second = yield* settled(ctx, other);
  return [yield* settled(ctx, one), second];
}

const total = (lots: readonly MovableLot[], state: 'pending' | 'active'): number => lots.reduce((sum, lot) => sum + (lot.state === state ? lot.remaining : 0), 0);
const takes = (lots: readonly MovableLot[]): Take[] => lots.map((lot) => ({ lot: lot.id, amount: lot.remaining }));

/** Takes lots out of an account: what moves to somebody else, or is dropped. */
function* takeOut(ctx: ShopContext, wallet: Wallet, lots: readonly MovableLot[], causeRef: string, more: { readonly debt: number; readonly held: number; readonly grantId?: string }, against: string): Unit<void> {
  const id = yield* book(ctx, wallet, { kind: 'merge', source: 'core.merge', causeRef, grantId: more.grantId ?? null, moves: { available: -total(lots, 'active'), pending: -total(lots, 'pending'), held: -more.held, debt: -more.debt }, against });
  yield* takeFromLots(takes(lots));
  yield* recordAllocations(id!, takes(lots));
}

/**
 * Makes two people one: lots, holds and debt of `fromId` go to `intoId`, a member, who keeps what both had once only once. Undefined when
 * they are one already. Errors: 404 for an unknown person; 409 `GX_MERGE_GUEST` when the one who stays is a guest.
 */
export function* mergePeople(ctx: ShopContext, fromId: string, intoId: string): Unit<Merged | undefined> {
  const [from, into] = [yield* livingPerson(fromId), yield* livingPerson(intoId)];
  if (!from) throw notFound('person', fromId);
  if (!into) throw notFound('person', intoId);
  if (from.personId === into.personId) return undefined;
  if (into.guest) throw conflict('GX_MERGE_GUEST', 'A guest cannot take in somebody else. Merge the guest into the member instead.');
  for (const id of [from.personId, into.personId].sort()) if (!(yield* sql.one(LOCK_PERSON, { person: id }))) throw conflict('GX_MERGE_RACED', 'One of the two has just been merged or erased. Look again.');
  const mergeId = newId();
  const [left, right] = yield* openBoth(ctx, from.personId, into.personId);
  const twice = new Map((yield* sql.many(ONCE_ENTRIES_OF_BOTH, { from: from.personId, into: into.personId })).map((entry) => [entry.id, entry.grant_id]));
  const all = yield* sql.many(LOTS_OF_PERSON, { person: from.personId });
  const moving = all.filter((lot) => !twice.has(lot.given_by)), dropped = all.filter((lot) => twice.has(lot.given_by));
  const { debt, held } = left;
  // One entry for each grant, so that whoever takes a grant back later finds what of it is gone already.
  for (const [entry, grantId] of twice) {
    const gone = dropped.filter((lot) => lot.given_by === entry);
    if (gone.length > 0) yield* takeOut(ctx, left, gone, mergeId, { debt: 0, held: 0, grantId }, 'reversed');
  }
  const empty = moving.length === 0 && debt === 0 && held === 0;
  if (!empty) yield* takeOut(ctx, left, moving, mergeId, { debt, held }, 'merged');
  const inId = empty ? '' : (yield* book(ctx, right, { kind: 'merge', source: 'core.merge', causeRef: mergeId, moves: { available: total(moving, 'active'), pending: total(moving, 'pending'), held, debt }, against: 'merged' }))!;
  const lots: { from: string; to: string; amount: number }[] = [];
  for (const lot of moving) {
    const to = newId();
    // What a guest has is provisional; from now on it lives as long as any member's.
    const expiresAt = from.guest ? expiryOf(ctx.shop, lot.activates_at) : lot.expires_at;
    yield* sql.run(COPY_LOT, { newId: to, id: lot.id, person: into.personId, transactionId: inId, amount: lot.remaining, expiresAt });
    lots.push({ from: lot.id, to, amount: lot.remaining });
  }
  const holds = yield* sql.many(MOVE_HOLDS, { from: from.personId, to: into.personId });
  yield* closeWallet(left);
  yield* closeWallet(right);
  const debtEntry = (yield* payDebt(ctx, right)) ?? null;
  yield* closeWallet(right);
  const pointed = yield* sql.many(POINT_TO, { from: from.personId, into: into.personId, now: ctx.now });
  yield* sql.run(SET_CLOSED, { person: from.personId, closed: 1 });
  const moved: Moved = { lots, dropped: dropped.map((lot) => ({ lot: lot.id, amount: lot.remaining, grant: twice.get(lot.given_by)! })), debt, holds: holds.map((hold) => hold.id), debtEntry, family: pointed.map((person) => person.id).filter((id) => id !== from.personId) };
  const until = ctx.now + SPLIT_WITHIN;
  yield* sql.run(INSERT_MERGE, { id: mergeId, from: from.personId, into: into.personId, now: ctx.now, until, actor: actorName(ctx.actor).slice(0, 300), moved: JSON.stringify(moved) });
  const sum = (each: readonly { readonly amount: number }[]): number => each.reduce((points, take) => points + take.amount, 0);
  return { mergeId, from: from.personId, into: into.personId, until, points: sum(lots), dropped: sum(moved.dropped) };
}
