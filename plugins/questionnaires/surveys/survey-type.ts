import { sql, type Activity, type ActivityChange, type ActivityFigure, type ActivitySheet, type ActivityType, type Localised, type ShopContext, type Unit } from 'guanxi/plugin';
import { surveyEconomy } from '../services/planning.js';
import { TOTALS_OF } from '../services/survey.statements.js';
import { surveyRules, type Question, type SurveyRules } from './survey-rules.js';

const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
const REWARD = say('Points for a finished questionnaire', '完成问卷的积分');

function surveySheet({ questions, rewardPoints }: SurveyRules): ActivitySheet {
  return {
    rules: [{ label: say('What is asked', '问卷内容'), text: say(`${questions.length} questions. What you answer never decides whether you get the reward.`, `共 ${questions.length} 题。回答内容不影响奖励发放。`) }],
    cost: say('Free.', '免费。'), limits: say('Once per person.', '每人一次。'),
    delivery: rewardPoints > 0 ? say(`${rewardPoints} points are booked when every required question is answered.`, `答完所有必答题后发放 ${rewardPoints} 积分。`) : say('There is no reward.', '无奖励。'),
    data: say('Your answers are kept with your account and used to improve the shop. You can have them deleted at any time.', '回答与账户一起保存，仅用于改进店铺，可随时要求删除。'),
  };
}

const asked = ({ required: _required, ...question }: Question): string => JSON.stringify(question);
const required = (question: Question): Localised => (question.required ? say('required', '必答') : say('optional', '选答'));

/** More points, or fewer questions that must be answered; other questions or words cannot be compared while people answer. */
function surveyChanges(before: SurveyRules, after: SurveyRules): readonly ActivityChange[] {
  const changes: ActivityChange[] = [];
  if (before.rewardPoints !== after.rewardPoints) changes.push({ field: 'rewardPoints', label: REWARD, before: say(String(before.rewardPoints), String(before.rewardPoints)), after: say(String(after.rewardPoints), String(after.rewardPoints)), direction: after.rewardPoints > before.rewardPoints ? 'better' : 'worse' });
  const other = before.questions.length !== after.questions.length || before.questions.some((question, at) => asked(question) !== asked(after.questions[at]!));
  if (other || JSON.stringify([before.title, before.intro, before.thankYou]) !== JSON.stringify([after.title, after.intro, after.thankYou])) {
    changes.push({ field: 'questions', label: say('Questions and words', '题目和文字'), before: say(`${before.questions.length} questions as published`, `已公示的 ${before.questions.length} 题`), after: say(`${after.questions.length} questions, other words`, `${after.questions.length} 题，内容有变`), direction: 'unclear' });
    return changes;
  }
  for (const [at, question] of before.questions.entries()) {
    const now = after.questions[at]!;
    if (question.required !== now.required) changes.push({ field: `questions.${at}.required`, label: say(`Question ${at + 1}`, `第 ${at + 1} 题`), before: required(question), after: required(now), direction: now.required ? 'worse' : 'better' });
  }
  return changes;
}

function* settleSurvey(_ctx: ShopContext, { id }: Activity<SurveyRules>): Unit<readonly ActivityFigure[]> {
  const totals = yield* sql.one(TOTALS_OF, { activity: id });
  return [
    { name: 'started', label: say('Began', '开始答题'), value: totals?.started ?? 0 }, { name: 'completed', label: say('Finished', '完成'), value: totals?.completed ?? 0 }, { name: 'given', label: say('Points given', '发出积分'), value: totals?.given ?? 0 },
  ];
}

export const surveyType: ActivityType<SurveyRules> = {
  config: surveyRules, economy: surveyEconomy, sheet: surveySheet, favours: surveyChanges, settle: settleSurvey,
  adjustable: ({ rewardPoints }) => [{ field: 'rewardPoints', label: REWARD, value: rewardPoints }],
};
