import type { Activities, Activity, Database, ShopContext } from 'guanxi/plugin';
import type { RewardState } from '../entities/session.entity.js';
import type { AnswerValue } from '../surveys/answer-check.js';
import { filled } from '../surveys/shown-text.js';
import type { QuestionKind, SurveyRules } from '../surveys/survey-rules.js';
import { SURVEY_TYPE } from './answering.service.js';
import { ANSWERS_OF, SESSIONS_OF_PERSON } from './survey.statements.js';

interface Shown { en: string; 'zh-CN': string }
export interface ShownQuestion {
  id: string; kind: QuestionKind; title: Shown; help?: Shown; required: boolean; options: { id: string; title: Shown }[]; maxChoices?: number; labels?: { low: Shown; high: Shown };
}
export interface SurveyView {
  id: string; title: Shown; intro?: Shown; endsAt: number | null; rewardPoints: number; thankYou?: Shown; questions: ShownQuestion[];
  progress: { state: 'new' | 'partial' | 'completed'; answers: Record<string, string | number | string[]>; reward: { points: number; state: RewardState } };
}

/** A survey with both languages filled, as shoppers and the preview see it. */
export const shownSurvey = (activity: Pick<Activity<SurveyRules>, 'id' | 'title' | 'endsAt' | 'config'>): Omit<SurveyView, 'progress'> => {
  const { config } = activity;
  return {
    id: activity.id, title: filled(config.title ?? { en: activity.title, 'zh-CN': activity.title }), endsAt: activity.endsAt, rewardPoints: config.rewardPoints,
    ...(config.intro ? { intro: filled(config.intro) } : {}), ...(config.thankYou ? { thankYou: filled(config.thankYou) } : {}),
    questions: config.questions.map((each) => ({
      id: each.id, kind: each.kind, title: filled(each.title), required: each.required, options: each.options.map((option) => ({ id: option.id, title: filled(option.title) })),
      ...(each.help ? { help: filled(each.help) } : {}), ...(each.maxChoices ? { maxChoices: each.maxChoices } : {}),
      ...(each.labels ? { labels: { low: filled(each.labels.low), high: filled(each.labels.high) } } : {}),
    })),
  };
};

/** What a shopper sees: the surveys that run now, and how far they are in each. */
export class SurveyViews {
  constructor(private readonly db: Database, private readonly activities: Activities) {}

  async live(ctx: ShopContext, personId: string | undefined): Promise<SurveyView[]> {
    const surveys = await this.activities.list<SurveyRules>(ctx, { type: SURVEY_TYPE, state: 'live' });
    return this.db.read(ctx, async (q) => {
      const sessions = new Map((personId ? await q.many(SESSIONS_OF_PERSON, { person: personId }) : []).map((session) => [session.activity_id, session]));
      const views: SurveyView[] = [];
      for (const survey of surveys) {
        const session = sessions.get(survey.id);
        const answers = session ? await q.many(ANSWERS_OF, { session: session.id }) : [];
        views.push({
          ...shownSurvey(survey),
          progress: {
            state: session?.state ?? 'new', answers: Object.fromEntries(answers.map((row) => [row.question_id, JSON.parse(row.content) as Exclude<AnswerValue, readonly string[]> | string[]])),
            reward: { points: session?.state === 'completed' ? session.reward_points : survey.config.rewardPoints, state: session?.reward_state ?? 'none' },
          },
        });
      }
      return views;
    });
  }
}
