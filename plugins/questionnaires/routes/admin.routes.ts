import { ACTIVITY_STATES, GIVERS, z, type Activities, type AdminRoutes } from 'guanxi/plugin';
import { SURVEY_TYPE } from '../services/answering.service.js';
import type { SurveyDesk } from '../services/survey-desk.service.js';
import type { Survey, SurveyReports, Totals } from '../services/survey-results.service.js';
import { QUESTION_KINDS, surveyRules, type SurveyRules } from '../surveys/survey-rules.js';
import { templates } from '../surveys/templates.js';

const totals = z.object({ started: z.number(), completed: z.number(), given: z.number() });
const survey = z.object({
  id: z.string(), title: z.string(), state: z.enum(ACTIVITY_STATES), startsAt: z.number().nullable(), endsAt: z.number().nullable(), version: z.number(), config: surveyRules, createdAt: z.number(),
});
const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const result = z.object({
  id: z.string(), kind: z.enum(QUESTION_KINDS), title: text, required: z.boolean(), answers: z.number(), tooFew: z.boolean(), average: z.number().nullable(),
  options: z.array(z.object({ id: z.string(), title: text, n: z.number() })), scores: z.array(z.object({ score: z.number(), n: z.number() })),
  nps: z.object({ n: z.number(), promoters: z.number(), passives: z.number(), detractors: z.number(), score: z.number().nullable(), margin: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
});
const shown = (each: Survey): z.infer<typeof survey> => ({ id: each.id, title: each.title, state: each.state, startsAt: each.startsAt, endsAt: each.endsAt, version: each.version, config: each.config, createdAt: each.createdAt });
const withTotals = (each: Survey & { readonly totals: Totals }): z.infer<typeof survey> & { totals: Totals } => ({ ...shown(each), totals: { ...each.totals } });

const draft = z.strictObject({ title: z.string().trim().min(1).max(200), config: surveyRules, startsAt: z.number().int().nullable().optional(), endsAt: z.number().int().nullable().optional() });
const one = z.object({ id: z.string().min(1).max(200) });
const nothing = z.strictObject({}).optional();

export function adminRoutes(routes: AdminRoutes, activities: Activities, reports: SurveyReports, desk: SurveyDesk): void {
  routes.route('get', '/surveys', { summary: 'Surveys with how many began and finished', reply: z.object({ items: z.array(survey.extend({ totals })) }) },
    async (ctx) => ({ items: (await reports.all(ctx)).map(withTotals) }));
  routes.route('get', '/templates', { summary: 'Ready-made surveys to begin with', reply: z.object({ items: z.array(z.object({ name: z.string(), summary: text, config: surveyRules })) }) },
    () => Promise.resolve({ items: templates.map((each) => ({ ...each })) }));
  routes.route('post', '/surveys', { summary: 'A new draft', body: draft, reply: survey, status: 201, roles: GIVERS }, async (ctx, { body }) => shown(await activities.create<SurveyRules>(ctx, {
    type: SURVEY_TYPE, title: body.title, config: body.config, startsAt: body.startsAt ?? null, endsAt: body.endsAt ?? null,
  })));
  routes.route('get', '/surveys/:id', { summary: 'One survey with its questions', params: one, reply: survey }, async (ctx, { params }) => shown(await reports.survey(ctx, params.id)));
  routes.route('put', '/surveys/:id', { summary: 'Change a draft', params: one, body: draft, reply: survey, roles: GIVERS }, async (ctx, { params, body }) => shown(await activities.update<SurveyRules>(ctx, params.id, {
    title: body.title, config: body.config, startsAt: body.startsAt ?? null, endsAt: body.endsAt ?? null,
  })));
  routes.route('post', '/surveys/:id/publish', { summary: 'Open a survey, for some days or until it is ended', params: one, body: z.strictObject({ days: z.number().int().min(1).max(365).optional() }).optional(), reply: survey, roles: GIVERS },
    async (ctx, { params, body }) => shown(await desk.publish(ctx, params.id, body?.days)));
  for (const action of ['pause', 'resume', 'end'] as const) {
    routes.route('post', `/surveys/:id/${action}`, { summary: `${action} a survey`, params: one, body: nothing, reply: survey, roles: GIVERS }, async (ctx, { params }) => shown(await activities.transition(ctx, params.id, action) as Survey));
  }
  routes.route('post', '/surveys/:id/duplicate', { summary: 'A draft with the same questions', params: one, body: nothing, reply: survey, status: 201, roles: GIVERS }, async (ctx, { params }) => shown(await activities.duplicate(ctx, params.id) as Survey));
  routes.route('delete', '/surveys/:id', { summary: 'Remove a draft', params: one, reply: z.null(), status: 204, roles: GIVERS }, async (ctx, { params }) => { await activities.remove(ctx, params.id); return null; });

  routes.route('get', '/surveys/:id/results', {
    summary: 'Results question by question; NPS with its 95 % interval, no score below 30 answers', params: one,
    reply: z.object({ survey, totals, questions: z.array(result), byDay: z.array(z.object({ date: z.string(), n: z.number() })) }),
  }, async (ctx, { params }) => {
    const results = await reports.results(ctx, params.id);
    return { survey: shown(results.survey), totals: { ...results.totals }, byDay: [...results.byDay], questions: results.questions.map((each) => ({ ...each, title: { ...each.title }, options: each.options.map((option) => ({ ...option, title: { ...option.title } })), scores: [...each.scores] })) };
  });
  routes.route('get', '/surveys/:id/texts', {
    summary: 'Text answers to one question, newest first', params: one,
    query: z.strictObject({ question: z.string().min(1).max(60), search: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() }),
    reply: z.object({ items: z.array(z.object({ id: z.string(), at: z.number(), text: z.string(), personId: z.string().nullable() })), next: z.string().optional() }),
  }, (ctx, { params, query }) => reports.texts(ctx, params.id, query.question, query));

  routes.csv('/answers.csv', {
    summary: 'Answers of one survey as CSV, one row for each answer', query: z.strictObject({ survey: z.string().max(200) }), name: 'answers.csv',
    columns: ['session', 'person_id', 'question_id', 'question', 'kind', 'answer', 'answered_at', 'session_state', 'completed_at'],
  }, async function* (ctx, { query }) {
    for await (const { line, question, answer } of reports.lines(ctx, query.survey)) {
      yield [line.session_id, line.person_id, line.question_id, question, line.kind, answer, new Date(line.answered_at).toISOString(), line.state, line.completed_at === null ? null : new Date(line.completed_at).toISOString()];
    }
  });
}
