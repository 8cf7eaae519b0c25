import { GxError, shopperOf, z, type ShopContext, type StorefrontRoutes } from 'guanxi/plugin';
import { REWARD_STATES } from '../entities/session.entity.js';
import type { Answering, Submission, SurveyProgress } from '../services/answering.service.js';
import type { SurveyViews } from '../services/survey-view.service.js';
import { QUESTION_KINDS } from '../surveys/survey-rules.js';

const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const reward = z.object({ points: z.number().int(), state: z.enum(REWARD_STATES) });
export const question = z.object({
  id: z.string(), kind: z.enum(QUESTION_KINDS), title: text, help: text.optional(), required: z.boolean(), options: z.array(z.object({ id: z.string(), title: text })), maxChoices: z.number().optional(),
  labels: z.object({ low: text, high: text }).optional(),
});
export const shownSurvey = z.object({ id: z.string(), title: text, intro: text.optional(), endsAt: z.number().nullable(), rewardPoints: z.number(), thankYou: text.optional(), questions: z.array(question) });
const survey = shownSurvey.extend({
  progress: z.object({ state: z.enum(['new', 'partial', 'completed']), answers: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])), reward }),
});
const progress = z.object({ surveyId: z.string(), state: z.enum(['partial', 'completed']), answered: z.number().int(), total: z.number().int(), missing: z.array(z.string()), reward });
const one = z.object({ id: z.string().min(1).max(200) });

/** One answer, or several by question. Values are checked against the questions, so that a wrong one is named. */
const submission = z.strictObject({
  questionId: z.string().min(1).max(60).optional(), value: z.unknown().optional(), answers: z.record(z.string().max(60), z.unknown()).optional(), complete: z.boolean().optional(),
});

function submitted(body: z.infer<typeof submission>): Submission {
  if (body.questionId === undefined && body.value !== undefined) throw new GxError('GX_INVALID', 422, 'Say which question the value answers.', { details: { fields: { questionId: 'name the question' } } });
  const answers = { ...body.answers, ...(body.questionId === undefined ? {} : { [body.questionId]: body.value }) };
  if (Object.keys(answers).length === 0 && body.complete !== true) throw new GxError('GX_INVALID', 422, 'Send "questionId" and "value", or "answers" by question id.', { details: { fields: { answers: 'give at least one answer' } } });
  return { answers, complete: body.complete };
}

export function storefrontRoutes(routes: StorefrontRoutes, views: SurveyViews, answering: Answering): void {
  const submit = async (ctx: ShopContext, id: string, wish: Submission): Promise<z.infer<typeof progress>> => {
    const done: SurveyProgress = await answering.submit(ctx, shopperOf(ctx) ?? '', id, wish);
    return { ...done, missing: [...done.missing] };
  };
  routes.route('get', '/surveys', { summary: 'Surveys that run now, newest first, with own answers so far', audience: 'visitor', reply: z.object({ items: z.array(survey) }) },
    async (ctx) => ({ items: await views.live(ctx, shopperOf(ctx)) }));
  routes.route('post', '/surveys/:id/answers', {
    summary: 'Save one answer {questionId, value} or several {answers}; completes with the last required one unless complete is false', audience: 'guest', params: one, body: submission, reply: progress, perMinute: 180,
  }, (ctx, { params, body }) => submit(ctx, params.id, submitted(body)));
  routes.route('post', '/surveys/:id/complete', { summary: 'Complete a survey whose required questions are answered', audience: 'guest', params: one, body: z.strictObject({}).optional(), reply: progress },
    (ctx, { params }) => submit(ctx, params.id, { answers: {}, complete: true }));
}
