import { addDays, below, businessDate, contains, daysBetween, notFound, type Activities, type Activity, type Database, type Page, type ShopContext } from 'guanxi/plugin';
import { Answer } from '../entities/answer.entity.js';
import { Session } from '../entities/session.entity.js';
import { filled } from '../surveys/shown-text.js';
import type { SurveyRules } from '../surveys/survey-rules.js';
import { tally, type QuestionResult } from '../surveys/tally.js';
import { SURVEY_TYPE } from './answering.service.js';
import { ANSWER_LINES, COMPLETED_BY_DAY, COMPLETED_SINCE, GROUPS, TEXT_COUNTS, TOTALS, TOTALS_OF, type AnswerLine, type TotalsRow } from './survey.statements.js';

export type Survey = Activity<SurveyRules>;
export interface Totals { readonly started: number; readonly completed: number; readonly given: number }
export interface SurveyResults { readonly survey: Survey; readonly totals: Totals; readonly questions: readonly QuestionResult[]; readonly byDay: readonly { readonly date: string; readonly n: number }[] }

const totalsOf = (row: TotalsRow | undefined): Totals => ({ started: row?.started ?? 0, completed: row?.completed ?? 0, given: row?.given ?? 0 });

/** Days on which nobody answered are days too; at most the last year. */
function everyDay(rows: readonly { readonly date: string; readonly n: number }[]): { date: string; n: number }[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const counts = new Map(rows.map((row) => [row.date, row.n]));
  const span = Math.min(365, daysBetween(first.date, last.date));
  return Array.from({ length: span + 1 }, (_, day) => addDays(last.date, day - span)).map((date) => ({ date, n: counts.get(date) ?? 0 }));
}

/** What the merchant learns from a survey. */
export class SurveyReports {
  constructor(private readonly db: Database, private readonly activities: Activities) {}

  async all(ctx: ShopContext): Promise<(Survey & { readonly totals: Totals })[]> {
    const surveys = await this.activities.list<SurveyRules>(ctx, { type: SURVEY_TYPE });
    const rows = new Map((await this.db.read(ctx, (q) => q.scan(TOTALS))).map((row) => [row.activity_id, row]));
    return surveys.map((survey) => ({ ...survey, totals: totalsOf(rows.get(survey.id)) }));
  }

  async survey(ctx: ShopContext, id: string): Promise<Survey> {
    const survey = await this.activities.get<SurveyRules>(ctx, id);
    if (!survey) throw notFound('survey', id);
    return survey;
  }

  async results(ctx: ShopContext, id: string): Promise<SurveyResults> {
    const survey = await this.survey(ctx, id);
    return this.db.read(ctx, async (q) => ({
      survey, totals: totalsOf(await q.one(TOTALS_OF, { activity: id })), byDay: everyDay(await q.many(COMPLETED_BY_DAY, { activity: id })),
      questions: tally(survey.config, await q.many(GROUPS, { activity: id }), new Map((await q.many(TEXT_COUNTS, { activity: id })).map((row) => [row.question_id, row.n]))),
    }));
  }

  /** Text answers to one question, newest first. */
  async texts(ctx: ShopContext, id: string, questionId: string, filter: { readonly search?: string | undefined; readonly limit?: number | undefined; readonly cursor?: string | undefined }): Promise<Page<{ id: string; at: number; text: string; personId: string | null }>> {
    await this.survey(ctx, id);
    const page = await this.db.read(ctx, (q) => q.page(Answer, { activityId: id, questionId, kind: 'text', ...(filter.search ? { content: contains(filter.search) } : {}) }, { by: 'answeredAt', direction: 'desc' }, { limit: filter.limit ?? 20, cursor: filter.cursor }));
    return { items: page.items.map((each) => ({ id: each.id, at: each.answeredAt, text: String(each.content), personId: each.personId })), ...(page.next ? { next: page.next } : {}) };
  }

  /** One row for each answer, oldest first, with the words that the shopper read in the language of `ctx`. */
  async *lines(ctx: ShopContext, id: string): AsyncGenerator<{ readonly line: AnswerLine; readonly question: string; readonly answer: string }> {
    const { config } = await this.survey(ctx, id);
    const questions = new Map(config.questions.map((question) => [question.id, question]));
    let after = '';
    for (;;) {
      const lines = await this.db.read(ctx, (q) => q.many(ANSWER_LINES, { activity: id, after }));
      for (const line of lines) {
        const question = questions.get(line.question_id);
        const given = JSON.parse(line.content) as unknown;
        const named = (each: unknown): string => {
          const option = question?.options.find((choice) => choice.id === each);
          return option ? filled(option.title)[ctx.locale] : String(each);
        };
        yield { line, question: question ? filled(question.title)[ctx.locale] : line.question_id, answer: Array.isArray(given) ? given.map(named).join('; ') : named(given) };
      }
      const last = lines.at(-1);
      if (lines.length < 500 || !last) return;
      after = last.id;
    }
  }

  /** Completed sessions of the last 30 business dates, oldest first. */
  async trend(ctx: ShopContext): Promise<number[]> {
    const from = addDays(businessDate(ctx.shop, ctx.now), -29);
    const days = new Map((await this.db.read(ctx, (q) => q.many(COMPLETED_SINCE, { from }))).map((row) => [row.date, row.n]));
    return Array.from({ length: 30 }, (_, day) => days.get(addDays(from, day)) ?? 0);
  }

  /** The newest survey with an NPS question that has enough answers for a score. */
  async latestNps(ctx: ShopContext): Promise<{ readonly title: { en: string; 'zh-CN': string }; readonly score: number } | undefined> {
    const surveys = (await this.activities.list<SurveyRules>(ctx, { type: SURVEY_TYPE })).filter((survey) => survey.state !== 'draft' && survey.config.questions.some((question) => question.kind === 'nps'));
    for (const survey of surveys.slice(0, 5)) {
      const groups = await this.db.read(ctx, (q) => q.many(GROUPS, { activity: survey.id }));
      const score = tally(survey.config, groups, new Map()).find((question) => question.nps?.score !== null && question.nps !== null)?.nps?.score;
      if (score !== undefined && score !== null) return { title: titleOf(survey), score: Math.round(score) };
    }
    return undefined;
  }

  async ofPerson(ctx: ShopContext, personId: string, range: { readonly before: number; readonly limit: number }): Promise<{ readonly id: string; readonly at: number; readonly title: { en: string; 'zh-CN': string } }[]> {
    const sessions = await this.db.read(ctx, (q) => q.find(Session, { personId, state: 'completed', completedAt: below(range.before) }, { order: { completedAt: 'desc' }, limit: range.limit }));
    const entries = [];
    for (const session of sessions) {
      const survey = await this.activities.get<SurveyRules>(ctx, session.activityId);
      entries.push({ id: session.id, at: session.completedAt ?? session.startedAt, title: survey ? titleOf(survey) : { en: 'a survey', 'zh-CN': '问卷' } });
    }
    return entries;
  }
}

/** What a survey is called towards shoppers. */
export const titleOf = (survey: Pick<Survey, 'title' | 'config'>): { en: string; 'zh-CN': string } => filled(survey.config.title ?? { en: survey.title, 'zh-CN': survey.title });
