import { statement, type Contributions, type Database } from 'guanxi/plugin';

const OF_PERSON = statement<{ written: number; starred: number; stars: number | null }>(`SELECT CAST(COUNT(*) AS BIGINT) AS written, CAST(COUNT(stars) AS BIGINT) AS starred, CAST(SUM(stars) AS BIGINT) AS stars
  FROM plg_reviews_monitor_review WHERE shop_id = :shop AND person_id = :person`);
export const segmentStatements = [OF_PERSON];

/** How much and how kindly somebody reviews. */
export function reviewSegments(db: Database): NonNullable<Contributions['segmentAttributes']> {
  const each = (pick: (row: typeof OF_PERSON.row) => number | undefined): NonNullable<Contributions['segmentAttributes']>[string] => (ctx, personIds) => db.read(ctx, async (q) => {
    const values = new Map<string, number>();
    for (const person of personIds) {
      const row = await q.one(OF_PERSON, { person });
      const value = row && pick(row);
      if (value !== undefined) values.set(person, value);
    }
    return values;
  });
  return {
    'reviews-written': each((row) => row.written),
    'average-stars': each((row) => (row.starred ? Math.round(100 * (row.stars ?? 0) / row.starred) / 100 : undefined)),
  };
}
