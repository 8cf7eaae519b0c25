import { actorName, conflict, notFound, sql, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { book, closeWallet, openWallet, type Wallet } from '../ledger-entry.js';
import { GRANT_BY_ID } from '../grant-statements.js';
import { NEVER } from '../ledger-rules.js';
import { putBack, recordAllocations, takeFromLots, takenBy } from '../lots.js';
import { HELD_STATE } from '../risk/held-statements.js';
import { expireDueLots, payDebt } from '../wallet-moves.js';
import { LOT_BY_ID, MERGE_BY_ID, MOVE_HOLD_BACK, POINT_BACK, REFILL_LOT, SET_CLOSED, UNDO_MERGE, type MergeRow } from './merge-statements.js';
import { openBoth, type Moved } from './merge-steps.js';

interface Return { readonly from: string; readonly to: string; readonly amount: number; readonly state: 'pending' | 'active'; readonly activatesAt: number }

/** The merge's own payment of a debt is undone, so that both stand as before. */
function* undoDebtEntry(ctx: ShopContext, wallet: Wallet, entry: string): Unit<void> {
  const taken = yield* takenBy(entry);
  const amount = taken.reduce((sum, take) => sum + take.amount, 0);
  const id = (yield* book(ctx, wallet, { kind: 'split', source: 'core.merge', causeRef: entry, moves: { available: amount, debt: amount } }))!;
  yield* putBack(ctx, wallet.personId, id, taken);
}

/** What is left in the lots that moved; what was spent or expired since is gone for both. */
function* whatIsLeft(moved: Moved): Unit<Return[]> {
  const left: Return[] = [];
  for (const { from, to, amount } of moved.lots) {
    const lot = (yield* sql.one(LOT_BY_ID, { id: to }))!;
    if (lot.remaining > 0) left.push({ from, to, amount: Math.min(lot.remaining, amount), state: lot.state, activatesAt: lot.activates_at });
  }
  return left;
}

function* refill(transactionId: string, lots: readonly { readonly lot: string; readonly amount: number; readonly state: string; readonly activatesAt: number }[]): Unit<void> {
  for (const { lot: id, amount, state, activatesAt } of lots) yield* sql.run(REFILL_LOT, { id, amount, state, activatesAt });
  yield* recordAllocations(transactionId, lots.map(({ lot, amount }) => ({ lot, amount: -amount })));
}

function* moveBack(ctx: ShopContext, left: Wallet, right: Wallet, moved: Moved, causeRef: string): Unit<void> {
  const back = yield* whatIsLeft(moved);
  const sum = (state: 'pending' | 'active'): number => back.reduce((all, each) => all + (each.state === state ? each.amount : 0), 0);
  let held = 0;
  for (const id of moved.holds) held += (yield* sql.one(MOVE_HOLD_BACK, { id, from: right.personId, to: left.personId }))?.amount ?? 0;
  const debt = Math.min(moved.debt, right.debt);
  const [available, pending] = [sum('active'), sum('pending')];
  if (available + pending + held + debt === 0) return;
  const out = (yield* book(ctx, right, { kind: 'split', source: 'core.merge', causeRef, moves: { available: -available, pending: -pending, held: -held, debt: -debt }, against: 'merged' }))!;
  yield* takeFromLots(back.map(({ to: lot, amount }) => ({ lot, amount })));
  yield* recordAllocations(out, back.map(({ to: lot, amount }) => ({ lot, amount })));
  const into = (yield* book(ctx, left, { kind: 'split', source: 'core.merge', causeRef, moves: { available, pending, held, debt }, against: 'merged' }))!;
  yield* refill(into, back.map((each) => ({ ...each, lot: each.from })));
}

/** One-off points that were dropped come back to the one who had them, unless their grant was taken back since. */
function* bringDroppedBack(ctx: ShopContext, wallet: Wallet, moved: Moved, causeRef: string): Unit<void> {
  for (const grantId of new Set(moved.dropped.map(({ grant }) => grant))) {
    const grant = grantId === undefined ? undefined : yield* sql.one(GRANT_BY_ID, { id: grantId });
    if (grant && grant.reversed_at !== null) continue;
    // What was released meanwhile waits no longer.
    const latest = grant && (yield* sql.one(HELD_STATE, { grant: grant.id }))?.state === 'released' ? Math.max(ctx.now, grant.available_at ?? 0) : NEVER;
    const lots: { lot: string; amount: number; state: 'pending' | 'active'; activatesAt: number }[] = [];
    for (const { lot, amount } of moved.dropped.filter((each) => each.grant === grantId)) {
      const row = (yield* sql.one(LOT_BY_ID, { id: lot }))!;
      lots.push({ lot, amount, state: row.state, activatesAt: Math.min(row.activates_at, latest) });
    }
    const sum = (state: string): number => lots.reduce((all, each) => all + (each.state === state ? each.amount : 0), 0);
    const id = (yield* book(ctx, wallet, { kind: 'split', source: 'core.merge', causeRef, grantId: grantId ?? null, moves: { available: sum('active'), pending: sum('pending') }, against: 'reversed' }))!;
    yield* refill(id, lots);
  }
}

/**
 * Makes one person two again, as they were: what moved and is still there goes back to the same lots, debts and holds with it.
 * Errors: 404; 409 `GX_SPLIT_DONE`, `GX_SPLIT_LATE` after 30 days, `GX_SPLIT_LATER` when the one who stayed was merged again meanwhile.
 */
export function* splitPeople(ctx: ShopContext, mergeId: string): Unit<MergeRow> {
  const merge = yield* sql.one(MERGE_BY_ID, { id: mergeId });
  if (!merge) throw notFound('merge', mergeId);
  if (merge.undone_at !== null) throw conflict('GX_SPLIT_DONE', 'These two are apart again already.');
  if (ctx.now > merge.until) throw conflict('GX_SPLIT_LATE', 'A merge can be undone for 30 days, and these have passed. Move points by hand, with a reason.');
  if (!(yield* sql.one(UNDO_MERGE, { id: mergeId, now: ctx.now, actor: actorName(ctx.actor).slice(0, 300) }))) throw conflict('GX_SPLIT_DONE', 'These two are apart again already.');
  const moved = JSON.parse(merge.moved) as Moved;
  if ((yield* sql.run(POINT_BACK, { id: merge.from_id, into: merge.into_id, target: null, now: ctx.now })) === 0 || !(yield* openWallet(ctx, merge.into_id))) {
    throw conflict('GX_SPLIT_LATER', 'The one who stayed has been merged or erased since. Undo the later merge first.');
  }
  for (const id of moved.family) yield* sql.run(POINT_BACK, { id, into: merge.into_id, target: merge.from_id, now: ctx.now });
  yield* sql.run(SET_CLOSED, { person: merge.from_id, closed: 0 });
  const [left, right] = yield* openBoth(ctx, merge.from_id, merge.into_id);
  if (moved.debtEntry !== null) yield* undoDebtEntry(ctx, right, moved.debtEntry);
  yield* moveBack(ctx, left, right, moved, mergeId);
  yield* bringDroppedBack(ctx, left, moved, mergeId);
  for (const wallet of [left, right]) {
    yield* closeWallet(wallet);
    // A guest's points that came back may have lived their days.
    wallet.nextExpiryAt = ctx.now;
    yield* expireDueLots(ctx, wallet);
    yield* payDebt(ctx, wallet);
    yield* closeWallet(wallet);
  }
  return merge;
}
