import type { Contributions, Database } from 'guanxi/plugin';
import { TIER_AND_GROWTH } from './desk.statements.js';

/** The tier and the growth value of members, as last evaluated. */
export function memberSegments(db: Database): NonNullable<Contributions['segmentAttributes']> {
  const each = (of: 'tier' | 'growth'): NonNullable<Contributions['segmentAttributes']>[string] => (ctx, personIds) => db.read(ctx, async (q) => {
    const values = new Map<string, number | string>();
    for (const person of personIds) {
      const row = await q.one(TIER_AND_GROWTH, { person });
      if (row) values.set(person, row[of]);
    }
    return values;
  });
  return { tier: each('tier'), 'growth-value': each('growth') };
}
