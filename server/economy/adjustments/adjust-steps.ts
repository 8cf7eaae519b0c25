import { refused, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { book, closeWallet, openFollowed } from '../ledger-entry.js';
import { checkAmount, checkReason } from '../ledger-input.js';
import { addLot, spendLots } from '../lots.js';
import { expireDueLots, payDebt } from '../wallet-moves.js';

export interface Adjusted { readonly transactionId: string; readonly available: number }

/**
 * Gives (positive) or takes (negative) spendable points, with a reason that the shopper sees.
 * Errors: 422 `GX_POINTS_AMOUNT`, `GX_REASON_MISSING`, `GX_POINTS_TOO_FEW` when more would be taken than there is; 404 for an unknown person.
 */
export function* adjustPoints(ctx: ShopContext, personId: string, amount: number, reason: string): Unit<Adjusted> {
  checkAmount(Math.abs(amount));
  const note = checkReason(reason);
  const wallet = yield* openFollowed(ctx, personId);
  yield* expireDueLots(ctx, wallet);
  if (wallet.available + amount < 0) throw refused('GX_POINTS_TOO_FEW', `There are only ${wallet.available} points to take.`, { available: wallet.available });
  const id = (yield* book(ctx, wallet, { kind: 'adjust', source: 'core.adjustment', note, moves: { available: amount }, against: 'adjusted' }))!;
  if (amount < 0) yield* spendLots(id, wallet.personId, -amount);
  else yield* addLot(ctx, { personId: wallet.personId, transactionId: id, quantity: amount, activatesAt: ctx.now, source: 'core.adjustment', pending: false });
  yield* payDebt(ctx, wallet);
  yield* closeWallet(wallet);
  return { transactionId: id, available: wallet.available };
}
