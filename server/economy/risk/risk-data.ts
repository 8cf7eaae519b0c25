import { sql, type Database, type Unit } from '../../plugin-api/index.js';
import type { PersonalDataSource } from '../../privacy/personal-data-source.js';
import { DECIDE_HELD, FORGET_APPEALS, HELD_OF_PERSON } from './held-statements.js';
import { ERASE_SCORE, ERASE_SIGNALS, SCORE_OF, SIGNALS_OF_PERSON } from './risk-statements.js';

/** What the check for abuse knows of a person: when which kind of thing was seen, never the thing itself; the score with its reasons; and what was held. */
export const riskPersonalData = (db: Database): PersonalDataSource => ({
  owner: 'risk',
  export: (ctx, personId) => db.read(ctx, async (q) => {
    const score = await q.one(SCORE_OF, { person: personId });
    return {
      signals: (await q.many(SIGNALS_OF_PERSON, { person: personId })).map(({ kind, at }) => ({ kind, at })),
      score: score ? [{ score: score.score, action: score.action, reasons: score.reasons, at: score.at }] : [],
      held: (await q.many(HELD_OF_PERSON, { person: personId })).map(({ grant_id, cause, score: then, reasons, at, until, state, note, appeal }) => ({ grant_id, cause, score: then, reasons, at, until, state, note, appeal })),
    };
  }),
  erase: (ctx, personId) => db.hot(ctx, personId, function* (inner): Unit<Readonly<Record<string, number>>> {
    const erased = { risk_signal: yield* sql.run(ERASE_SIGNALS, { person: personId }), risk_score: yield* sql.run(ERASE_SCORE, { person: personId }), held_grant: yield* sql.run(FORGET_APPEALS, { person: personId }) };
    for (const held of yield* sql.many(HELD_OF_PERSON, { person: personId })) if (held.state === 'held') yield* sql.one(DECIDE_HELD, { grant: held.grant_id, state: 'released', now: inner.now, by: 'job:erasure', note: null });
    return erased;
  }),
});
