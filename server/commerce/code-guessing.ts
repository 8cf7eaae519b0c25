import { HOUR, sql, statement, type Database, type Instant, type ShopContext, type Unit } from '../plugin-api/index.js';

const ASKED = statement<{ since: number; misses: number }>('SELECT since, misses FROM code_guess WHERE shop_id = :shop AND who = :who');
const MISSED = statement(`INSERT INTO code_guess (shop_id, who, since, misses) VALUES (:shop, :who, :now, :misses)
  ON CONFLICT (shop_id, who) DO UPDATE SET misses = CASE WHEN code_guess.since <= :stale THEN excluded.misses ELSE code_guess.misses + excluded.misses END,
    since = CASE WHEN code_guess.since <= :stale THEN excluded.since ELSE code_guess.since END`);
const FORGET = statement('DELETE FROM code_guess WHERE shop_id = :shop AND since <= :stale');

/** Wrong codes that one shopper may try within an hour. Whoever is not signed in owns no code, so all of them count together. */
export const MEMBER_GUESSES = 20;
export const VISITOR_GUESSES = 200;

/** Counts wrong codes, so that nobody finds one by trying: beyond the limit no code is looked up until the hour is over, good ones neither. */
export class CodeGuessing {
  constructor(private readonly db: Database) {}

  /** Until when no code is looked up for this shopper. */
  async lockedUntil(ctx: ShopContext, personId: string | undefined): Promise<Instant | undefined> {
    const row = await this.db.read(ctx, (q) => q.one(ASKED, { who: personId ?? 'visitor' }));
    return row && row.misses >= (personId === undefined ? VISITOR_GUESSES : MEMBER_GUESSES) && row.since + HOUR > ctx.now ? row.since + HOUR : undefined;
  }

  /** Notes codes that do not exist or belong to somebody else. Do not call it in a unit that may be undone. */
  async missed(ctx: ShopContext, personId: string | undefined, misses: number): Promise<void> {
    if (misses === 0) return;
    await this.db.hot(ctx, `code-guess:${personId ?? 'visitor'}`, function* (inner): Unit<void> {
      const stale = inner.now - HOUR;
      yield* sql.run(FORGET, { stale: stale - HOUR });
      yield* sql.run(MISSED, { who: personId ?? 'visitor', now: inner.now, misses, stale });
    });
  }
}
