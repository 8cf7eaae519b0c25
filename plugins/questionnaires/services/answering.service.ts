import { businessDate, conflict, GxError, newId, notFound, refused, sql, type Activities, type Activity, type CoreEvents, type Database, type Events, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import type { RewardState } from '../entities/session.entity.js';
import { checkAnswers, type CheckedAnswer } from '../surveys/answer-check.js';
import type { SurveyRules } from '../surveys/survey-rules.js';
import { ANSWERED, COMPLETE, DROP_ANSWER, NOTE_REWARD, OPEN_SESSION, PUT_ANSWER, REWARD_DECIDED, type SessionRow } from './survey.statements.js';

export const SURVEY_TYPE = 'questionnaires.survey';
const SETTLED: ReadonlySet<RewardState> = new Set(['given', 'held', 'denied']);

export interface SurveyProgress {
  readonly surveyId: string;
  readonly state: 'partial' | 'completed';
  readonly answered: number;
  readonly total: number;
  /** Required questions that have no answer yet. */
  readonly missing: readonly string[];
  /** `waiting`: a guest's points are full, they come with signing in. `refused`: the budget is used up. `held`: it is checked first, and `denied` if staff take it back then. */
  readonly reward: { readonly points: number; readonly state: RewardState };
}
export interface Submission {
  readonly answers: Readonly<Record<string, unknown>>;
  /** True: complete it now. False: only save. Undefined: complete it as soon as everything that is required has an answer. */
  readonly complete: boolean | undefined;
}

/** Saves answers as they come, and gives the reward once. What a person answers never decides whether they get it. */
export class Answering {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly grants: Grants, private readonly events: Events) {}

  /** @throws 404, 409 GX_SURVEY_CLOSED, 422 GX_ANSWER_INVALID, GX_SURVEY_INCOMPLETE; nothing is written then */
  async submit(ctx: ShopContext, personId: string, surveyId: string, submission: Submission): Promise<SurveyProgress> {
    try {
      return await this.db.hot(ctx, `survey:${surveyId}:${personId}`, (inner) => this.#submit(inner, personId, surveyId, submission));
    } catch (error) {
      if (!(error instanceof GxError) || error.code !== 'GX_NOT_FOUND') throw error;
      const survey = await this.activities.get(ctx, surveyId);
      if (survey && survey.state !== 'draft') throw conflict('GX_SURVEY_CLOSED', 'This survey does not take answers right now.', { state: survey.state });
      throw error;
    }
  }

  *#submit(ctx: ShopContext, person: string, id: string, { answers, complete }: Submission): Unit<SurveyProgress> {
    const survey = yield* this.activities.steps.live<SurveyRules>(ctx, id);
    if (!survey || survey.type !== SURVEY_TYPE) throw notFound('survey', id);
    const rules = survey.config;
    const checked = checkAnswers(rules, answers);
    const session = (yield* sql.one(OPEN_SESSION, { id: newId(), activity: id, person, version: survey.version, n: checked.length, now: ctx.now }))!;
    yield* this.#store(ctx, session, person, checked);
    const answered = new Set((yield* sql.many(ANSWERED, { session: session.id })).map((row) => row.question_id));
    const missing = rules.questions.filter((question) => question.required && !answered.has(question.id)).map((question) => question.id);
    const progress = { surveyId: id, answered: answered.size, total: rules.questions.length, missing };
    if (session.state === 'completed') return { ...progress, state: 'completed', reward: yield* this.settle(ctx, session, person) };

    const ready = missing.length === 0 && answered.size > 0;
    if (complete === true && !ready) throw refused('GX_SURVEY_INCOMPLETE', 'Some questions still need an answer.', { missing });
    const everythingAsked = rules.questions.some((question) => question.required) || answered.size === rules.questions.length;
    if (!ready || !(complete ?? everythingAsked)) return { ...progress, state: 'partial', reward: { points: rules.rewardPoints, state: 'none' } };
    return { ...progress, state: 'completed', reward: yield* this.#complete(ctx, survey, session, person) };
  }

  *#store(ctx: ShopContext, session: SessionRow, person: string, checked: readonly CheckedAnswer[]): Unit<void> {
    let seq = session.answer_seq - checked.length;
    for (const { question, value } of checked) {
      seq += 1;
      if (value === null) yield* sql.run(DROP_ANSWER, { session: session.id, question: question.id });
      else yield* sql.run(PUT_ANSWER, { id: newId(), session: session.id, activity: session.activity_id, person, question: question.id, kind: question.kind, seq, content: JSON.stringify(value), now: ctx.now });
    }
  }

  *#complete(ctx: ShopContext, survey: Activity<SurveyRules>, session: SessionRow, person: string): Unit<SurveyProgress['reward']> {
    const points = survey.config.rewardPoints;
    yield* sql.run(COMPLETE, { id: session.id, points, day: businessDate(ctx.shop, ctx.now), now: ctx.now });
    const reward = yield* this.settle(ctx, { ...session, reward_points: points }, person);
    yield* this.events.steps.emit(ctx, 'questionnaires.completed', { surveyId: survey.id, sessionId: session.id, personId: person, points: reward.state === 'given' ? points : 0 });
    return reward;
  }

  /** Gives what a completed session has earned, unless it was given before. `again` makes it another grant: the first was taken back. */
  *settle(ctx: ShopContext, session: SessionRow, person: string, again = ''): Unit<SurveyProgress['reward']> {
    const points = session.reward_points;
    if (points === 0 || SETTLED.has(session.reward_state)) return { points, state: session.reward_state };
    const grant = yield* this.grants.steps.grant(ctx, {
      personId: person, source: SURVEY_TYPE, causeRef: session.id, key: `survey:${session.activity_id}:${person}${again}`, reward: { kind: 'points', amount: points }, budgetRef: session.activity_id,
    });
    const state: RewardState = grant.ok ? grant.held ? 'held' : 'given' : grant.reason === 'guest-limit' ? 'waiting' : 'refused';
    yield* sql.run(NOTE_REWARD, { id: session.id, state, grant: grant.ok ? grant.grantId : null, now: ctx.now });
    return { points, state };
  }

  /** What became of a reward that was checked first. It can be told twice. */
  async decided(ctx: ShopContext, { source, causeRef, grantId, decision }: CoreEvents['grant.decided']): Promise<void> {
    if (source !== SURVEY_TYPE) return;
    await this.db.hot(ctx, `survey:reward:${grantId}`, function* (inner) { yield* sql.run(REWARD_DECIDED, { id: causeRef, grant: grantId, state: decision === 'given' ? 'given' : 'denied', now: inner.now }); });
  }
}
