import { newId, sql, type GrantRequest, type ShopContext, type Unit } from '../plugin-api/index.js';
import { closeWallet, openWallet, writeEntry } from './ledger-entry.js';
import { NEVER } from './ledger-rules.js';
import { CREDIT_POINTS } from './ledger-statements.js';
import { addLot } from './lots.js';
import { expiryOf } from './points-calendar.js';
import { programmeOf } from './programme/programme.js';
import { expireDueLots, payDebt } from './wallet-moves.js';

/** Credits granted points in a new lot: one guarded upsert, the lot, the entry and its postings. False when a guest would pass the limit. */
export function* creditGrant(ctx: ShopContext, request: GrantRequest, grantId: string): Unit<boolean> {
  const { amount, availableAt } = request.reward;
  const pending = availableAt !== undefined && availableAt > ctx.now;
  const activatesAt = pending ? availableAt : ctx.now;
  const { guestLimit, guestDays } = programmeOf(ctx.shop);
  const expiresAt = expiryOf(ctx.shop, activatesAt);
  const guestExpiresAt = expiryOf(ctx.shop, activatesAt, guestDays);
  const account = yield* sql.one(CREDIT_POINTS, {
    person: request.personId, available: pending ? 0 : amount, pending: pending ? amount : 0, guestLimit,
    nextExpiryAt: pending ? NEVER : expiresAt, guestExpiryAt: pending ? NEVER : guestExpiresAt, now: ctx.now,
  });
  if (!account) return false;
  const transactionId = newId();
  yield* writeEntry(ctx, transactionId, request.personId, account.available, {
    kind: 'grant', source: request.source, causeRef: request.causeRef, grantId, moves: pending ? { pending: amount } : { available: amount }, against: `issued:${request.source}`,
  });
  yield* addLot(ctx, { personId: request.personId, transactionId, quantity: amount, activatesAt, expiresAt: account.guest_earned > 0 ? guestExpiresAt : expiresAt, source: request.source, pending });
  if (account.debt > 0 && !pending) {
    const wallet = (yield* openWallet(ctx, request.personId))!;
    yield* expireDueLots(ctx, wallet);
    yield* payDebt(ctx, wallet);
    yield* closeWallet(wallet);
  }
  return true;
}
