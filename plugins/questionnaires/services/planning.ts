import { isOver, type Activities, type ActivityEconomy, type PackPart } from 'guanxi/plugin';
import { SURVEY_TYPE } from './answering.service.js';
import type { SurveyRules } from '../surveys/survey-rules.js';
import { profile } from '../surveys/templates.js';

/** A survey is answered once and gives the same whatever is answered. */
export const surveyEconomy = ({ rewardPoints }: SurveyRules): ActivityEconomy => ({
  ...(rewardPoints > 0 ? { earns: { expected: rewardPoints, worst: rewardPoints, often: 'once' } } : {}), continuous: false, collects: ['survey'], firstSession: rewardPoints,
});

/** What the planner's default mix takes from here: a survey on what people like, unless the shop has a survey that has not ended. */
export const packParts = (activities: Activities): Readonly<Record<string, PackPart>> => ({
  survey: {
    title: { en: 'Survey on style', 'zh-CN': '喜好小问卷' },
    present: async (ctx) => (await activities.list(ctx, { type: SURVEY_TYPE })).some(({ state }) => !isOver(state)),
    create: async (ctx, live) => {
      const { id } = await activities.create(ctx, { type: SURVEY_TYPE, title: profile.config.title?.[ctx.locale] ?? profile.summary[ctx.locale], config: { ...profile.config, rewardPoints: 80 } });
      if (live) await activities.transition(ctx, id, 'publish');
    },
  },
});
