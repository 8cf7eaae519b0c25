import { newId, sql, type Database, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import type { Answering } from './answering.service.js';
import { ANSWER_AGAIN, MOVE_ANSWERS, MOVE_SESSION, SESSION_BACK, SESSIONS_AWAY, SET_ASIDE, STAND_AGAIN, TAKE_APART, WHOLE_ANSWERS, WHOLE_SESSION, type ApartRow, type WholeAnswer, type WholeSession } from './people.statements.js';
import { DROP_ANSWERS, DROP_SESSION, SESSION_OF, SESSIONS_OF_PERSON, type SessionRow } from './survey.statements.js';

interface Pair { readonly person: string; readonly into: string }

/** What becomes of answers when a person turns out to be another, and when they are two again. Each can be told twice. */
export class SurveyPeople {
  constructor(private readonly db: Database, private readonly grants: Grants, private readonly answering: Answering) {}

  merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    return this.db.hot(ctx, `surveys:merge:${into}`, (inner) => this.#merge(inner, { person, into }));
  }

  /** Sessions go back as they are by now, and what was set aside stands again as it was. */
  split(ctx: ShopContext, person: string, into: string): Promise<void> {
    const standAgain = (inner: ShopContext, apart: ApartRow): Unit<void> => this.#standAgain(inner, apart);
    return this.db.hot(ctx, `surveys:merge:${into}`, function* (inner) {
      for (const { id } of yield* sql.many(SESSIONS_AWAY, { person, into })) {
        yield* sql.run(SESSION_BACK, { session: id, person, now: inner.now });
        yield* sql.run(MOVE_ANSWERS, { session: id, into: person, now: inner.now });
      }
      for (const apart of yield* sql.many(TAKE_APART, { person, into })) yield* standAgain(inner, apart);
    });
  }

  *#merge(ctx: ShopContext, pair: Pair): Unit<void> {
    const { person, into } = pair;
    for (const session of yield* sql.many(SESSIONS_OF_PERSON, { person })) {
      const other = yield* sql.one(SESSION_OF, { activity: session.activity_id, person: into });
      const better = session.state === 'completed' && other?.state !== 'completed';
      if (other && !better) { yield* this.#setAside(ctx, pair, session, other); continue; }
      if (other) yield* this.#setAside(ctx, pair, other, session);
      yield* sql.run(MOVE_SESSION, { session: session.id, ...pair, now: ctx.now });
      yield* sql.run(MOVE_ANSWERS, { session: session.id, into, now: ctx.now });
      // What was more than a guest can hold is given to the member.
      if (session.reward_state === 'waiting') yield* this.answering.settle(ctx, session, into);
    }
  }

  /** One person is rewarded once for one survey, on however many devices they answered it. */
  *#setAside(ctx: ShopContext, pair: Pair, session: SessionRow, kept: SessionRow): Unit<void> {
    const reversed = session.grant_id !== null && kept.grant_id !== null;
    if (reversed) yield* this.grants.steps.reverse(ctx, session.grant_id, 'the same survey was answered twice');
    const whole = { session: yield* sql.one(WHOLE_SESSION, { session: session.id }), answers: yield* sql.many(WHOLE_ANSWERS, { session: session.id }) };
    yield* sql.run(SET_ASIDE, { ...pair, id: newId(), owner: session.person_id, reversed: reversed ? 1 : 0, content: JSON.stringify(whole), now: ctx.now });
    yield* sql.run(DROP_ANSWERS, { session: session.id });
    yield* sql.run(DROP_SESSION, { session: session.id });
  }

  /** Who is a person of their own again has earned what was taken back as a second reward. */
  *#standAgain(ctx: ShopContext, { id, person_id: owner, reversed, content }: ApartRow): Unit<void> {
    const { session, answers } = JSON.parse(content) as { readonly session: WholeSession; readonly answers: readonly WholeAnswer[] };
    if ((yield* sql.run(STAND_AGAIN, { ...session, owner, now: ctx.now })) === 0) return;
    for (const answer of answers) yield* sql.run(ANSWER_AGAIN, { ...answer, session: session.id, activity: session.activity_id, owner, now: ctx.now });
    if (reversed === 1) yield* this.answering.settle(ctx, { ...session, person_id: owner, reward_state: 'none' }, owner, `:${id}`);
  }
}
