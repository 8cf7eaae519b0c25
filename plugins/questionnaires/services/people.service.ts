import { sql, type Database, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import type { Answering } from './answering.service.js';
import { DROP_ANSWERS, DROP_SESSION, MOVE_ANSWERS, MOVE_SESSION, SESSION_OF, SESSIONS_OF_PERSON, type SessionRow } from './survey.statements.js';

/** What becomes of answers when a person turns out to be another. It can be told twice. */
export class SurveyPeople {
  constructor(private readonly db: Database, private readonly grants: Grants, private readonly answering: Answering) {}

  merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    return this.db.hot(ctx, `surveys:merge:${into}`, (inner) => this.#merge(inner, person, into));
  }

  *#merge(ctx: ShopContext, person: string, into: string): Unit<void> {
    for (const session of yield* sql.many(SESSIONS_OF_PERSON, { person })) {
      const other = yield* sql.one(SESSION_OF, { activity: session.activity_id, person: into });
      const better = session.state === 'completed' && other?.state !== 'completed';
      if (other && !better) { yield* this.#drop(ctx, session, other); continue; }
      if (other) yield* this.#drop(ctx, other, session);
      yield* sql.run(MOVE_SESSION, { session: session.id, into, now: ctx.now });
      yield* sql.run(MOVE_ANSWERS, { session: session.id, into, now: ctx.now });
      // What was more than a guest can hold is given to the member.
      if (session.reward_state === 'waiting') yield* this.answering.settle(ctx, session, into);
    }
  }

  /** One person is rewarded once for one survey, on however many devices they answered it. */
  *#drop(ctx: ShopContext, session: SessionRow, kept: SessionRow): Unit<void> {
    if (session.grant_id && kept.grant_id) yield* this.grants.steps.reverse(ctx, session.grant_id, 'the same survey was answered twice');
    yield* sql.run(DROP_ANSWERS, { session: session.id });
    yield* sql.run(DROP_SESSION, { session: session.id });
  }
}
