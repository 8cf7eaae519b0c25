import { actorName, DAY, HOUR, sql, type Instant, type Reward, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { ClaimRow, GrantRow } from '../grant-statements.js';
import { closeWallet, openFollowed } from '../ledger-entry.js';
import { TRANSACTION_OF_GRANT } from '../grant-statements.js';
import { LOTS_OF_TRANSACTION } from '../ledger-statements.js';
import { expiryOf } from '../points-calendar.js';
import { programmeOf } from '../programme/programme.js';
import { matureDueLots } from '../wallet-moves.js';
import { DECIDE_HELD, HOLD_GRANT, SET_LOT_TIMES } from './held-statements.js';

/** After this, evidence is gone, so what staff never looked at is given. */
export const REVIEW_WITHIN = 90 * DAY;

/** What keeps a grant from being given at once. */
export interface Hold { readonly cause: 'risk' | 'breaker'; readonly review: boolean; readonly until: Instant }

/** Whether a grant has to wait, from what its claim told. */
export function holdOf(ctx: ShopContext, claim: ClaimRow): Hold | undefined {
  if (claim.stopped > 0) return { cause: 'breaker', review: true, until: ctx.now + REVIEW_WITHIN };
  if (claim.action === 'review') return { cause: 'risk', review: true, until: ctx.now + REVIEW_WITHIN };
  return claim.action === 'hold' ? { cause: 'risk', review: false, until: ctx.now + (claim.hold_hours ?? 0) * HOUR } : undefined;
}

export function* recordHold(ctx: ShopContext, grantId: string, personId: string, scope: string, hold: Hold, fallback: Reward | undefined): Unit<void> {
  yield* sql.run(HOLD_GRANT, { grant: grantId, person: personId, scope, cause: hold.cause, review: hold.review ? 1 : 0, now: ctx.now, until: hold.until, fallback: fallback ? JSON.stringify(fallback) : null });
}

/** Ends a hold; false when somebody decided before. */
export function* decideHeld(ctx: ShopContext, grantId: string, state: 'released' | 'refused', note: string | null): Unit<boolean> {
  return (yield* sql.one(DECIDE_HELD, { grant: grantId, state, now: ctx.now, by: actorName(ctx.actor).slice(0, 300), note: note?.slice(0, 500) ?? null })) !== undefined;
}

/** Makes the points of a held grant spendable now, or when they would have been without the hold. */
export function* releasePoints(ctx: ShopContext, grant: GrantRow): Unit<void> {
  const wallet = yield* openFollowed(ctx, grant.person_id);
  const given = (yield* sql.one(TRANSACTION_OF_GRANT, { person: grant.person_id, grant: grant.id }))!;
  const activatesAt = Math.max(ctx.now, grant.available_at ?? 0);
  const expiresAt = wallet.guest ? expiryOf(ctx.shop, activatesAt, programmeOf(ctx.shop).guestDays) : expiryOf(ctx.shop, activatesAt);
  for (const lot of yield* sql.many(LOTS_OF_TRANSACTION, { person: wallet.personId, owner: grant.person_id, transactionId: given.id })) yield* sql.run(SET_LOT_TIMES, { id: lot.id, activatesAt, expiresAt });
  yield* matureDueLots(ctx, wallet);
  yield* closeWallet(wallet);
}
