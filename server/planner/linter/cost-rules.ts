import { running } from '../mix/mix.js';
import { worstPointsOf } from '../mix/plan-of.js';
import { count, money, percent, say, type Found, type PlanRule } from './rule.js';

const BUDGETS = '/budgets', PLANNER = '/planner';
const PERIOD_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31 };
const MOST_COST = 0.03, LEAST_BURNED = 0.5, MOST_BURNED = 0.85;

/** To a tenth of a percent, as it is shown: nobody is told that 85 % is above 85 %. */
const shown = (share: number): number => Math.round(share * 1_000) / 1_000;

/** What it costs, and whether the budgets bear it. Forecasts count only when they are of this very mix. */
export const costRules: readonly PlanRule[] = [
  {
    code: 'GX_PLAN_WORST_CASE', severity: 'error',
    check: (mix) => mix.budgets.flatMap(({ scope, unit, ceiling, spent, period }): Found[] => {
      const activity = running(mix).find(({ id }) => id === scope);
      if ((unit !== 'points' && unit !== 'money') || (scope !== 'shop' && !activity)) return [];
      const days = Math.min(mix.days, PERIOD_DAYS[period] ?? mix.days);
      const each = (activity ? [activity] : running(mix)).map((one) => ({ id: one.id, points: worstPointsOf({ ...mix, days }, one) }));
      // Money is known from a simulation only, for the shop as a whole and all of its days.
      const worst = unit === 'points' ? each.reduce((sum, { points }) => sum + points, 0) : activity || period !== 'total' ? 0 : mix.forecast?.worstCost ?? 0;
      const left = period === 'total' ? Math.max(0, ceiling - spent) : ceiling;
      if (worst <= left) return [];
      const [what, was] = activity ? [`“${activity.title}”`, `“${activity.title}”`] : ['all activities together', '全部活动'];
      const of = (amount: number, locale: 'en' | 'zh-CN'): string => (unit === 'money' ? money(amount, mix.currency, locale) : `${count(amount)} ${locale === 'en' ? 'points' : '积分'}`);
      return [{ ...(activity ? { activity: activity.id } : { among: each.filter(({ points }) => points > 0).map(({ id }) => id) }), page: BUDGETS,
        text: say(`In the worst case ${what} would cost ${of(worst, 'en')} in ${days} ${days === 1 ? 'day' : 'days'}, and the budget has ${of(left, 'en')}. Raise the budget, or give less.`,
          `最坏情况下${was}在 ${days} 天内要花 ${of(worst, 'zh-CN')}，而预算只有 ${of(left, 'zh-CN')}。请提高预算或降低奖励。`) }];
    }),
  },
  {
    code: 'GX_PLAN_COST_SHARE', severity: 'warning',
    check: ({ forecast }) => {
      if (!forecast || shown(forecast.costShare) <= MOST_COST) return [];
      const { most } = forecast;
      const en = most ? ` “${most.title.en}” is ${percent(most.share)} % of it: make that dearer, or lower daily points.` : ' Lower daily points first: they add up.';
      const zh = most ? `其中“${most.title['zh-CN']}”占 ${percent(most.share)}%：请提高它的兑换价，或降低每天发的积分。` : '请先降低每天都发的积分，它们积少成多。';
      return [{ page: PLANNER, text: say(`The rewards would cost ${percent(forecast.costShare)} % of sales; above 3 % a programme eats the margin.${en}`, `奖励成本约占销售额的 ${percent(forecast.costShare)}%，超过 3% 会吃掉利润。${zh}`) }];
    },
  },
  {
    code: 'GX_PLAN_BURN_RATE', severity: 'warning',
    check: ({ forecast }) => {
      if (!forecast || (shown(forecast.burnRate) >= LEAST_BURNED && shown(forecast.burnRate) <= MOST_BURNED)) return [];
      return [{ page: PLANNER, text: forecast.burnRate < LEAST_BURNED
        ? say(`Only ${percent(forecast.burnRate)} % of the points would be spent. Below 50 % people do not feel their worth: add cheaper rewards.`, `只有 ${percent(forecast.burnRate)}% 的积分会被花掉，低于 50% 说明顾客感受不到价值：请增加便宜的奖励。`)
        : say(`${percent(forecast.burnRate)} % of the points would be spent. Above 85 % nobody saves for anything: add a dearer reward worth waiting for.`, `${percent(forecast.burnRate)}% 的积分会被花掉，高于 85% 说明没人愿意攒：请增加更贵、值得等待的奖励。`) }];
    },
  },
];
