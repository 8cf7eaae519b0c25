import { statement, type Contributions, type Database } from 'guanxi/plugin';

const LAST_NPS = statement<{ content: string }>(`SELECT content FROM plg_questionnaires_answer WHERE shop_id = :shop AND person_id = :person AND kind = 'nps' ORDER BY answered_at DESC, id DESC LIMIT 1`);
export const segmentStatements = [LAST_NPS];

/** How likely somebody said to recommend the shop, 0–10, the last time they were asked; nothing for those who never answered. */
export const surveySegments = (db: Database): NonNullable<Contributions['segmentAttributes']> => ({
  'last-nps': (ctx, personIds) => db.read(ctx, async (q) => {
    const values = new Map<string, number>();
    for (const person of personIds) {
      const row = await q.one(LAST_NPS, { person });
      const score: unknown = row && JSON.parse(row.content);
      if (typeof score === 'number') values.set(person, score);
    }
    return values;
  }),
});
