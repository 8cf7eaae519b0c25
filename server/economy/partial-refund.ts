import { allocate } from '../commerce/stacking/allocation.js';
import { conflict, notFound, refused, sql, statement, type ShopContext, type Unit } from '../plugin-api/index.js';
import { book, closeWallet, openFollowed } from './ledger-entry.js';
import { checkAmount } from './ledger-input.js';
import { TRANSACTION_BY_ID } from './ledger-statements.js';
import { putBack, takenBy, type Take } from './lots.js';
import { livingPerson } from './person-follow.js';
import { expireDueLots, payDebt } from './wallet-moves.js';

const PARTS = statement<{ cause: string; amount: number }>('SELECT cause, amount FROM spend_part WHERE shop_id = :shop AND spend_id = :spend ORDER BY seq');
const WHOLE = statement<{ id: string }>("SELECT id FROM ledger_transaction WHERE shop_id = :shop AND reverses = :spend AND kind = 'spend-refund'");
const INSERT_PART = statement('INSERT INTO spend_part (shop_id, spend_id, seq, cause, amount, transaction_id) VALUES (:shop, :spend, :seq, :cause, :amount, :transactionId)');

/** Whether whoever spent these points is still there to get some of them back. */
export function* spenderLives(spendId: string): Unit<boolean> {
  const spend = yield* sql.one(TRANSACTION_BY_ID, { id: spendId });
  return spend !== undefined && (yield* livingPerson(spend.person_id)) !== undefined;
}

/** Points of a spend that went back in parts before. */
export function* partsOf(spendId: string): Unit<readonly { readonly cause: string; readonly amount: number }[]> { return yield* sql.many(PARTS, { spend: spendId }); }

/** Shares a part out over the lots by what is still gone from each; the parts before are shared out the same way first, so that all of them add up. */
export function shareOut(taken: readonly Take[], before: readonly number[], amount: number): Take[] {
  const left = taken.map((take) => take.amount);
  for (const part of before) allocate(part, left).forEach((share, i) => { left[i]! -= share; });
  return allocate(amount, left).flatMap((share, i) => (share > 0 ? [{ lot: taken[i]!.lot, amount: share }] : []));
}

/**
 * Gives a part of a spend back to the lots it came from, in proportion; `cause` names the part and is permanent, so the same one twice changes
 * nothing. Errors: 404 for an unknown spend, 422 `GX_POINTS_REFUND` for more than is left of it, 409 once the whole of it went back.
 */
export function* refundPart(ctx: ShopContext, spendId: string, amount: number, cause: string, reason: string): Unit<void> {
  checkAmount(amount);
  const spend = yield* sql.one(TRANSACTION_BY_ID, { id: spendId });
  if (!spend || spend.kind !== 'spend') throw notFound('spend', spendId);
  const wallet = yield* openFollowed(ctx, spend.person_id);
  const parts = yield* partsOf(spendId);
  if (parts.some((part) => part.cause === cause)) { yield* closeWallet(wallet); return; }
  const back = parts.reduce((sum, part) => sum + part.amount, 0);
  if (amount > -spend.available - back) throw refused('GX_POINTS_REFUND', `Only ${-spend.available - back} points of this spend can still go back.`, { spend: spendId });
  if (yield* sql.one(WHOLE, { spend: spendId })) throw conflict('GX_POINTS_REFUND', 'These points went back before.', { spend: spendId });
  yield* expireDueLots(ctx, wallet);
  const id = (yield* book(ctx, wallet, { kind: 'spend-refund', source: spend.source, causeRef: spend.cause_ref, note: reason, moves: { available: amount }, against: `redeemed:${spend.source}` }))!;
  yield* putBack(ctx, wallet.personId, id, shareOut(yield* takenBy(spend.id), parts.map((part) => part.amount), amount));
  yield* sql.run(INSERT_PART, { spend: spendId, seq: parts.length + 1, cause: cause.slice(0, 200), amount, transactionId: id });
  yield* payDebt(ctx, wallet);
  yield* closeWallet(wallet);
}
