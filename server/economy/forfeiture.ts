import { sql, type Database, type ShopContext, type Unit } from '../plugin-api/index.js';
import type { PersonalDataSource } from '../privacy/personal-data-source.js';
import { undoHold } from './holds/hold-steps.js';
import { OPEN_HOLDS } from './holds/hold-statements.js';
import { book, closeWallet, openWallet } from './ledger-entry.js';
import { closeLots, recordAllocations, takeFromLots } from './lots.js';
import { LOTS_OF_PERSON, MERGES_OF, SET_CLOSED } from './merging/merge-statements.js';
import { expireDueLots, matureDueLots } from './wallet-moves.js';

/**
 * Ends an account: what was held goes back, then what is left and what is owed are given up in one entry, so that the shop's sums stay
 * whole. Nobody can book on it afterwards. Answers how many entries were written.
 */
export function* forfeit(ctx: ShopContext, personId: string): Unit<number> {
  const wallet = yield* openWallet(ctx, personId);
  if (!wallet) return 0;
  yield* expireDueLots(ctx, wallet);
  yield* matureDueLots(ctx, wallet);
  for (const hold of yield* sql.many(OPEN_HOLDS, { person: personId })) yield* undoHold(ctx, wallet, hold, 'released', null);
  const { available, pending, debt } = wallet;
  const entries = available + pending + debt > 0 ? 1 : 0;
  if (entries > 0) {
    const takes = (yield* sql.many(LOTS_OF_PERSON, { person: personId })).map((lot) => ({ lot: lot.id, amount: lot.remaining }));
    const id = (yield* book(ctx, wallet, { kind: 'forfeit', source: 'core.erasure', moves: { available: -available, pending: -pending, debt: -debt }, against: 'forfeited' }))!;
    yield* takeFromLots(takes);
    yield* recordAllocations(id, takes);
    yield* closeLots(takes.map((take) => take.lot), 'cancelled');
  }
  yield* closeWallet(wallet);
  yield* sql.run(SET_CLOSED, { person: personId, closed: 1 });
  return entries;
}

/** Points of people who leave: their balance is forfeited with an entry; the ledger stays under the bare id. */
export const pointsPersonalData = (db: Database): PersonalDataSource => ({
  owner: 'points',
  export: (ctx, personId) => db.read(ctx, async (q) => ({
    holds: (await q.many(OPEN_HOLDS, { person: personId })).map(({ id, amount, source, at, until }) => ({ id, amount, source, at, until })),
    merges: (await q.many(MERGES_OF, { person: personId })).map(({ id, from_id, into_id, at, undone_at }) => ({ id, from_id, into_id, at, undone_at })),
  })),
  async erase(ctx, personId) { return { ledger_transaction: await db.hot(ctx, personId, (inner) => forfeit(inner, personId)) }; },
});
