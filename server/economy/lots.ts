import { GxError, newId, sql, type Instant, type ShopContext, type Unit } from '../plugin-api/index.js';
import { REOPEN_FOR } from './ledger-rules.js';
import { ALLOCATIONS_OF, CLOSE_LOT, INSERT_LOT, insertAllocations, LOTS_SOONEST_FIRST, REOPEN_LOT, RESTORE_ELSEWHERE, TAKE_FROM_LOT, TAKE_FROM_SOONEST, type LotRow } from './ledger-statements.js';
import { expiryOf } from './points-calendar.js';

/** Points to take from one lot, or to put back when negative. */
export interface Take { readonly lot: string; readonly amount: number }

const drifted = (what: string): GxError => new GxError('GX_LEDGER_DRIFT', 500, `${what}. Nothing was booked; run the integrity check and report what it says.`);

/** Shares `amount` out over `lots` in their order; what is left over is in `rest`. */
export function planTakes(lots: readonly LotRow[], amount: number): { takes: Take[]; rest: number } {
  const takes: Take[] = [];
  let rest = amount;
  for (const lot of lots) {
    if (rest === 0) break;
    const amount = Math.min(rest, lot.remaining);
    takes.push({ lot: lot.id, amount });
    rest -= amount;
  }
  return { takes, rest };
}

/** Takes what was planned. The account must be locked, so a lot that has less than planned is a broken rule, not a race. */
export function* takeFromLots(takes: readonly Take[]): Unit<void> {
  for (const { lot, amount } of takes) {
    if ((yield* sql.run(TAKE_FROM_LOT, { id: lot, amount })) !== 1) throw drifted(`Lot ${lot} holds less than ${amount} points`);
  }
}

export function* recordAllocations(transactionId: string, takes: readonly Take[]): Unit<void> {
  for (let from = 0; from < takes.length; from += 20) {
    const chunk = takes.slice(from, from + 20);
    const params: Record<string, string | number> = { transactionId };
    chunk.forEach(({ lot, amount }, n) => { params[`lot${n}`] = lot; params[`amount${n}`] = amount; });
    yield* sql.run(insertAllocations(chunk.length), params);
  }
}

/**
 * Takes `amount` points from a person's spendable lots, the soonest expiry first, and writes the allocations of `transactionId`.
 * The account must have been charged already. Errors: 500 `GX_LEDGER_DRIFT` when the lots hold less than the account says.
 */
export function* spendLots(transactionId: string, personId: string, amount: number): Unit<void> {
  const soonest = yield* sql.one(TAKE_FROM_SOONEST, { person: personId, amount });
  if (soonest) { yield* recordAllocations(transactionId, [{ lot: soonest.id, amount }]); return; }
  let rest = amount;
  while (rest > 0) {
    const lots = yield* sql.many(LOTS_SOONEST_FIRST, { person: personId });
    if (lots.length === 0) throw drifted(`The lots of person ${personId} hold ${rest} points less than the account says`);
    const plan = planTakes(lots, rest);
    yield* takeFromLots(plan.takes);
    yield* recordAllocations(transactionId, plan.takes);
    rest = plan.rest;
  }
}

/**
 * Puts back what a transaction took: into the same lots, reopened for a while where they expired meanwhile, or into lots of the same age where
 * the old ones belong to somebody who became this person. Books the allocations of `transactionId`. With `firstTime`, only lots that were never
 * reopened live on; what is due after that is the caller's to expire.
 */
export function* putBack(ctx: ShopContext, personId: string, transactionId: string, taken: readonly Take[], { firstTime = false } = {}): Unit<void> {
  const same: Take[] = [];
  for (const { lot, amount } of taken) {
    const params = { id: lot, person: personId, amount, now: ctx.now, reopenUntil: ctx.now + REOPEN_FOR, again: firstTime ? 0 : 1 };
    if ((yield* sql.run(REOPEN_LOT, params)) === 1) same.push({ lot, amount: -amount });
    else yield* sql.run(RESTORE_ELSEWHERE, { ...params, newId: newId(), transactionId });
  }
  yield* recordAllocations(transactionId, same);
}

/** What a transaction took from lots. */
export function* takenBy(transactionId: string): Unit<readonly Take[]> {
  return (yield* sql.many(ALLOCATIONS_OF, { transactionId })).map(({ lot_id, amount }) => ({ lot: lot_id, amount }));
}

/** What is left in lots that expired or were taken back is nothing; their state says why. */
export function* closeLots(lots: readonly string[], state: 'expired' | 'cancelled'): Unit<void> {
  for (const id of lots) yield* sql.run(CLOSE_LOT, { id, state });
}

/** A new lot; pending when it activates in the future. Expires when the shop's programme says, if not given. */
export function* addLot(ctx: ShopContext, lot: {
  readonly personId: string; readonly transactionId: string; readonly quantity: number; readonly activatesAt: Instant; readonly expiresAt?: Instant; readonly source: string; readonly orderLineId?: string; readonly pending: boolean;
}): Unit<void> {
  yield* sql.run(INSERT_LOT, {
    id: newId(), person: lot.personId, transactionId: lot.transactionId, quantity: lot.quantity, state: lot.pending ? 'pending' : 'active', activatesAt: lot.activatesAt,
    expiresAt: lot.expiresAt ?? expiryOf(ctx.shop, lot.activatesAt), source: lot.source, orderLineId: lot.orderLineId ?? null,
  });
}
