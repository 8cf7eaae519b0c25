import { conflict, MINUTE, newId, notFound, refused, sql, type CaptureResult, type HoldRequest, type HoldResult, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { book, closeWallet, openFollowed, type Wallet } from '../ledger-entry.js';
import { checkAmount, checkNames } from '../ledger-input.js';
import { putBack, recordAllocations, spendLots, takenBy } from '../lots.js';
import { programmeOf } from '../programme/programme.js';
import { expireDueLots, matureDueLots, payDebt } from '../wallet-moves.js';
import { EXTEND_HOLD, HOLD_BY_ID, HOLD_BY_KEY, INSERT_HOLD, OPEN_HOLDS, SETTLE_HOLD, type HoldRow } from './hold-statements.js';

export const HOLD_MINUTES = 30;
export const LONGEST_HOLD_MINUTES = 1440;

function checkMinutes(minutes: number): void {
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > LONGEST_HOLD_MINUTES) throw refused('GX_HOLD_MINUTES', `Points are held for 1 to ${LONGEST_HOLD_MINUTES} whole minutes.`, { minutes: String(minutes) });
}

function stored(hold: HoldRow, request: HoldRequest, available: number): HoldResult {
  if (hold.amount !== request.amount || hold.source !== request.source) throw conflict('GX_LEDGER_KEY_REUSED', 'This key already names another hold. Use a new key for a new one.', { key: request.key });
  return { ok: true, holdId: hold.id, until: hold.until, available };
}

export function* holdPoints(ctx: ShopContext, request: HoldRequest): Unit<HoldResult> {
  const { amount, source, causeRef, key, minutes = HOLD_MINUTES } = request;
  checkAmount(amount);
  checkNames(source, key);
  checkMinutes(minutes);
  const wallet = yield* openFollowed(ctx, request.personId);
  yield* expireDueLots(ctx, wallet);
  yield* matureDueLots(ctx, wallet);
  yield* undoDueHolds(ctx, wallet);
  yield* payDebt(ctx, wallet);
  const known = yield* sql.one(HOLD_BY_KEY, { key });
  const refusal = wallet.guest || (ctx.actor.kind === 'shopper' && ctx.actor.guest) ? 'guest' : wallet.debt > 0 && programmeOf(ctx.shop).debtPolicy === 'ask_at_next_redemption' ? 'debt' : wallet.available < amount ? 'too-few-points' : undefined;
  if (known || refusal) {
    yield* closeWallet(wallet);
    return known ? stored(known, request, wallet.available) : { ok: false, reason: refusal!, available: wallet.available };
  }
  const id = newId();
  const until = ctx.now + minutes * MINUTE;
  const transactionId = (yield* book(ctx, wallet, { kind: 'hold', source, causeRef, moves: { available: -amount, held: amount } }))!;
  yield* spendLots(transactionId, wallet.personId, amount);
  yield* sql.run(INSERT_HOLD, { id, person: wallet.personId, amount, source, causeRef: causeRef.slice(0, 200), key, now: ctx.now, until, latest: ctx.now + LONGEST_HOLD_MINUTES * MINUTE, transactionId });
  yield* closeWallet(wallet);
  return { ok: true, holdId: id, until, available: wallet.available };
}

/** The account before the hold, as everywhere: who holds the account decides alone what becomes of its holds. */
function* openHold(ctx: ShopContext, holdId: string): Unit<{ readonly hold: HoldRow; readonly wallet: Wallet }> {
  const seen = yield* sql.one(HOLD_BY_ID, { id: holdId });
  if (!seen) throw notFound('hold', holdId);
  const wallet = yield* openFollowed(ctx, seen.person_id);
  return { hold: (yield* sql.one(HOLD_BY_ID, { id: holdId }))!, wallet };
}

export function* extendHold(ctx: ShopContext, holdId: string, minutes: number): Unit<Instant | undefined> {
  checkMinutes(minutes);
  const { hold } = yield* openHold(ctx, holdId);
  if (hold.state !== 'held' || hold.until <= ctx.now) return undefined;
  const until = Math.max(hold.until, Math.min(ctx.now + minutes * MINUTE, hold.latest));
  yield* sql.run(EXTEND_HOLD, { id: holdId, until });
  return until;
}

/**
 * Puts the points of an open hold back where they came from. Whoever holds chooses when, so that holding again and again keeps no lot alive: one that
 * was reopened before and is over has expired.
 */
export function* undoHold(ctx: ShopContext, wallet: Wallet, hold: HoldRow, state: 'released' | 'expired', note: string | null): Unit<void> {
  yield* expireDueLots(ctx, wallet);
  const id = (yield* book(ctx, wallet, { kind: 'release', source: hold.source, causeRef: hold.cause_ref, note, moves: { available: hold.amount, held: -hold.amount } }))!;
  yield* putBack(ctx, wallet.personId, id, yield* takenBy(hold.transaction_id), { firstTime: true });
  wallet.nextExpiryAt = ctx.now;
  yield* expireDueLots(ctx, wallet);
  yield* sql.run(SETTLE_HOLD, { id: hold.id, state, settledId: id, now: ctx.now });
  yield* payDebt(ctx, wallet);
}

/** A hold that ended so stays ended, also once its person was erased and has no account to open. */
function* undone(holdId: string): Unit<'released' | 'expired' | undefined> {
  const state = (yield* sql.one(HOLD_BY_ID, { id: holdId }))?.state;
  return state === 'released' || state === 'expired' ? state : undefined;
}

/** Two entries in one unit: what was held goes back and is spent at once, so that a captured hold reads and refunds like any other spend. */
export function* captureHold(ctx: ShopContext, holdId: string): Unit<CaptureResult> {
  const ended = yield* undone(holdId);
  if (ended) return { ok: false, reason: ended };
  const { hold, wallet } = yield* openHold(ctx, holdId);
  if (hold.state === 'captured') return { ok: true, transactionId: hold.settled_id! };
  if (hold.state !== 'held') return { ok: false, reason: hold.state };
  if (hold.until <= ctx.now) {
    yield* undoHold(ctx, wallet, hold, 'expired', null);
    yield* closeWallet(wallet);
    return { ok: false, reason: 'expired' };
  }
  const { amount, source, cause_ref: causeRef } = hold;
  const taken = yield* takenBy(hold.transaction_id);
  const back = (yield* book(ctx, wallet, { kind: 'release', source, causeRef, moves: { available: amount, held: -amount } }))!;
  yield* recordAllocations(back, taken.map((take) => ({ lot: take.lot, amount: -take.amount })));
  const spent = (yield* book(ctx, wallet, { kind: 'spend', source, causeRef, moves: { available: -amount }, against: `redeemed:${source}` }))!;
  yield* recordAllocations(spent, taken);
  yield* sql.run(SETTLE_HOLD, { id: holdId, state: 'captured', settledId: spent, now: ctx.now });
  yield* closeWallet(wallet);
  return { ok: true, transactionId: spent };
}

export function* releaseHold(ctx: ShopContext, holdId: string, reason: string): Unit<void> {
  if (yield* undone(holdId)) return;
  const { hold, wallet } = yield* openHold(ctx, holdId);
  if (hold.state === 'captured') throw conflict('GX_HOLD_CAPTURED', 'These points are spent already. Give the spend back instead.', { hold: holdId });
  if (hold.state !== 'held') return;
  yield* undoHold(ctx, wallet, hold, 'released', reason);
  yield* closeWallet(wallet);
}

/** Puts back what a person held for too long, so that nobody waits for the job. */
export function* undoDueHolds(ctx: ShopContext, wallet: Wallet): Unit<number> {
  if (wallet.held === 0) return 0;
  const before = wallet.held;
  for (const hold of yield* sql.many(OPEN_HOLDS, { person: wallet.personId })) if (hold.until <= ctx.now) yield* undoHold(ctx, wallet, hold, 'expired', null);
  return before - wallet.held;
}

/** For the job: a hold whose time is over. Nothing when somebody settled or extended it meanwhile. */
export function* expireHold(ctx: ShopContext, holdId: string): Unit<number> {
  const { hold, wallet } = yield* openHold(ctx, holdId);
  if (hold.state !== 'held' || hold.until > ctx.now) return 0;
  yield* undoHold(ctx, wallet, hold, 'expired', null);
  yield* closeWallet(wallet);
  return hold.amount;
}
