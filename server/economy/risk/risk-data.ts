import { sql, type Database, type Unit } from '../../plugin-api/index.js';
import type { PersonalDataSource } from '../../privacy/personal-data-source.js';
import type { GrantsService } from '../grants.service.js';
import { FORGET_APPEALS, FREE_HELD, HELD_ROWS } from './held-statements.js';
import { ERASE_SCORE, ERASE_SIGNALS, SCORE_OF, SIGNALS_OF_PERSON } from './risk-statements.js';

/** What the check for abuse knows of a person: when which kind of thing was seen, never the thing itself; the score with its reasons; and what was held. */
export const riskPersonalData = (db: Database, grants: Pick<GrantsService, 'steps'>): PersonalDataSource => ({
  owner: 'risk',
  export: (ctx, personId) => db.read(ctx, async (q) => {
    const score = await q.one(SCORE_OF, { person: personId });
    return {
      signals: (await q.many(SIGNALS_OF_PERSON, { person: personId })).map(({ kind, at }) => ({ kind, at })),
      score: score ? [{ score: score.score, action: score.action, reasons: score.reasons, at: score.at }] : [],
      held: await q.many(HELD_ROWS, { person: personId }),
    };
  }),
  erase: (ctx, personId) => db.hot(ctx, personId, function* (inner): Unit<Readonly<Record<string, number>>> {
    for (const { grant_id } of yield* sql.many(FREE_HELD, { person: personId, now: inner.now, by: 'job:erasure' })) yield* grants.steps.free(inner, grant_id);
    return { risk_signal: yield* sql.run(ERASE_SIGNALS, { person: personId }), risk_score: yield* sql.run(ERASE_SCORE, { person: personId }), held_grant: yield* sql.run(FORGET_APPEALS, { person: personId }) };
  }),
});
