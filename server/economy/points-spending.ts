import { conflict, newId, notFound, sql, type ShopContext, type SpendRequest, type SpendResult, type Unit } from '../plugin-api/index.js';
import { undoDueHolds } from './holds/hold-steps.js';
import { book, closeWallet, openFollowed, writeEntry } from './ledger-entry.js';
import { checkAmount, checkNames } from './ledger-input.js';
import { PUT_BACK_POINTS, TAKE_POINTS, TRANSACTION_BY_ID, TRANSACTION_BY_KEY } from './ledger-statements.js';
import { putBack, spendLots, takenBy } from './lots.js';
import { partsOf } from './partial-refund.js';
import { livingPerson } from './person-follow.js';
import { programmeOf } from './programme/programme.js';
import { expireDueLots, matureDueLots, payDebt } from './wallet-moves.js';

function* storedSpend(request: SpendRequest): Unit<SpendResult | undefined> {
  const row = yield* sql.one(TRANSACTION_BY_KEY, { key: request.key });
  if (!row) return undefined;
  if (row.kind !== 'spend' || row.available !== -request.amount || row.source !== request.source) {
    throw conflict('GX_LEDGER_KEY_REUSED', 'This key already names another movement of points. Use a new key for a new effect.', { key: request.key });
  }
  return { ok: true, transactionId: row.id, available: row.available_after };
}

/** One guarded charge; undefined when the guard refused it. */
function* charge(ctx: ShopContext, request: SpendRequest): Unit<SpendResult | undefined> {
  const taken = yield* sql.one(TAKE_POINTS, { person: request.personId, amount: request.amount, now: ctx.now });
  if (!taken) return undefined;
  const id = newId();
  const written = yield* writeEntry(ctx, id, request.personId, taken.available, {
    kind: 'spend', source: request.source, causeRef: request.causeRef, key: request.key, moves: { available: -request.amount }, against: `redeemed:${request.source}`,
  });
  if (!written) {
    yield* sql.run(PUT_BACK_POINTS, { person: request.personId, amount: request.amount });
    return yield* storedSpend(request);
  }
  yield* spendLots(id, request.personId, request.amount);
  return { ok: true, transactionId: id, available: taken.available };
}

/**
 * Takes points, soonest expiry first. The usual path is one guarded update, the entry, its postings, and one update and one allocation per
 * lot; only a refusal looks closer: expires and matures what is due, follows a merge, and says why not.
 */
export function* spendPoints(ctx: ShopContext, request: SpendRequest): Unit<SpendResult> {
  checkAmount(request.amount);
  checkNames(request.source, request.key);
  const done = yield* charge(ctx, request);
  if (done) return done;
  const stored = yield* storedSpend(request);
  if (stored) return stored;
  const wallet = yield* openFollowed(ctx, request.personId);
  // A bearer of the guest somebody was before signing in speaks for no member's points.
  const guest = wallet.guest || (ctx.actor.kind === 'shopper' && ctx.actor.guest);
  let moved = (yield* expireDueLots(ctx, wallet)) + (yield* matureDueLots(ctx, wallet)) + (yield* undoDueHolds(ctx, wallet));
  if (yield* payDebt(ctx, wallet)) moved += 1;
  if (moved > 0 || wallet.nextExpiryAt <= ctx.now + 1) yield* closeWallet(wallet);
  if (guest) return { ok: false, reason: 'guest', available: wallet.available };
  if (wallet.debt > 0 && programmeOf(ctx.shop).debtPolicy === 'ask_at_next_redemption') return { ok: false, reason: 'debt', available: wallet.available };
  if (wallet.available < request.amount) return { ok: false, reason: 'too-few-points', available: wallet.available };
  return (yield* charge(ctx, { ...request, personId: wallet.personId })) ?? { ok: false, reason: 'too-few-points', available: wallet.available };
}

/** Gives a spend back to the lots it came from; an expired lot is reopened for 30 days. Nothing for who was erased since. Idempotent. */
export function* refundSpend(ctx: ShopContext, transactionId: string, reason: string): Unit<void> {
  const spend = yield* sql.one(TRANSACTION_BY_ID, { id: transactionId });
  if (!spend || spend.kind !== 'spend') throw notFound('spend', transactionId);
  if (!(yield* livingPerson(spend.person_id))) return;
  const wallet = yield* openFollowed(ctx, spend.person_id);
  if ((yield* partsOf(spend.id)).length > 0) throw conflict('GX_POINTS_REFUND', 'A part of these points went back already. Give the rest back in parts too.', { spend: spend.id });
  yield* expireDueLots(ctx, wallet);
  const refund = yield* book(ctx, wallet, {
    kind: 'spend-refund', source: spend.source, causeRef: spend.cause_ref, note: reason, reverses: spend.id, moves: { available: -spend.available }, against: `redeemed:${spend.source}`,
  });
  if (refund !== undefined) {
    yield* putBack(ctx, wallet.personId, refund, yield* takenBy(spend.id));
    yield* payDebt(ctx, wallet);
  }
  yield* closeWallet(wallet);
}
