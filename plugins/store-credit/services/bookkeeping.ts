import { businessDate, newId, sql, type ShopContext, type Unit } from 'guanxi/plugin';
import type { EntryKind } from '../entities/entry.entity.js';
import { HOLD_ACCOUNT, INSERT_ENTRY, MOVE, MOVE_AWAY, type AccountRow } from './credit.statements.js';

export interface Booking {
  readonly person: string; readonly kind: EntryKind;
  /** Signed, minor units; 0 leaves a note alone. */
  readonly amount: number;
  readonly key: string; readonly ref?: string; readonly reason?: string | undefined; readonly by?: string;
  /** Highest balance afterwards; without one if not given. */
  readonly most?: number;
}

/** Moves money and writes why, in the unit of whoever calls. Undefined, and nothing is written, where the balance would leave its bounds or the account is closed. */
export function* book(ctx: ShopContext, { person, kind, amount, key, ref, reason, by, most = Number.MAX_SAFE_INTEGER }: Booking): Unit<{ readonly entry: string; readonly balance: number } | undefined> {
  const moved = yield* sql.one(MOVE, { person, amount, most, now: ctx.now });
  if (!moved) return undefined;
  const entry = newId(), date = businessDate(ctx.shop, ctx.now);
  const line = `${date} ${kind} ${amount} ${ctx.shop.currency}, balance ${moved.balance}`;
  yield* sql.run(INSERT_ENTRY, { id: entry, person, kind, amount, key, ref: ref ?? null, reason: reason?.slice(0, 300) ?? null, by: by?.slice(0, 200) ?? null, line, now: ctx.now, date });
  return { entry, balance: moved.balance };
}

/** Merges end somewhere; more than this would be a circle. */
const STEPS = 8;

/** The account that a person's money is in today, held until the unit ends, and those that it is reached through. */
export function* holderOf(person: string): Unit<{ readonly account: AccountRow; readonly through: readonly string[] } | undefined> {
  const through: string[] = [];
  let account = yield* sql.one(HOLD_ACCOUNT, { person });
  for (let step = 0; account && account.into_id !== null && step < STEPS; step++) {
    through.push(account.person_id);
    account = yield* sql.one(HOLD_ACCOUNT, { person: account.into_id });
  }
  return account && { account, through };
}

/** What comes to or leaves an account for somebody who became its owner is theirs again when the merge is undone. */
export function* moveAway(through: readonly string[], amount: number): Unit<void> {
  if (amount !== 0) for (const person of through) yield* sql.run(MOVE_AWAY, { person, amount });
}
