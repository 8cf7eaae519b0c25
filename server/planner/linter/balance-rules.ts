import { running } from '../mix/mix.js';
import { count, mainUnits, say, type PlanRule } from './rule.js';

const MARKET = '/marketplace';
/** At least so many activities; fewer than four are a warning, fewer than six a hint. */
const FEW = 4, SUITABLE = 6;

/** What a mix must have so that earning and spending go on: rows 3 to 7, 9 and 43 of the seed. */
export const balanceRules: readonly PlanRule[] = [
  {
    code: 'GX_PLAN_NO_EARNING', severity: 'error',
    check: (mix) => (running(mix).some(({ economy }) => economy?.earns) ? [] : [{ text: say('Nobody can earn points: no activity gives any. Add a check-in, a game, a task or a survey.', '目前没有能赚积分的活动，请添加签到、游戏、任务或问卷。'), page: MARKET }]),
  },
  {
    code: 'GX_PLAN_NO_SPENDING', severity: 'error',
    check: (mix) => (mix.offers.length > 0 || running(mix).some(({ economy }) => economy?.spends) ? [] : [{ text: say('Points cannot be spent on anything, so they are worth nothing. Publish a coupon or a lottery with tries for points.', '积分没有可花的地方，等于没有价值。请发布一张兑换券，或开放用积分抽奖。'), page: MARKET }]),
  },
  {
    code: 'GX_PLAN_NO_CONTINUOUS', severity: 'error',
    check: (mix) => (running(mix).some(({ economy }) => economy?.continuous) ? [] : [{ text: say('Nothing brings people back tomorrow: no activity can be played day after day. Add a check-in, a lottery or a game.', '没有可以天天参与的活动，顾客明天没有理由再来。请添加签到、抽奖或小游戏。'), page: MARKET }]),
  },
  {
    code: 'GX_PLAN_NO_COLLECTOR', severity: 'error',
    check: (mix) => (running(mix).some(({ economy }) => economy?.collects.length) ? [] : [{ text: say('No activity learns anything about your customers. Add one of: birthday, profile, survey, poll.', '没有收集顾客信息的活动。请添加生日登记、完善资料、问卷或投票中的一种。'), page: MARKET }]),
  },
  {
    code: 'GX_PLAN_FIRST_SESSION', severity: 'error',
    check: (mix) => {
      const cheapest = Math.min(...mix.offers.map(({ cost }) => cost));
      if (!Number.isFinite(cheapest)) return [];
      const earned = running(mix).reduce((sum, { economy }) => sum + (economy?.firstSession ?? 0), 0);
      // A free draw that certainly wins, with points left for a further try, stands in for a redemption (row 8).
      const draws = running(mix).some(({ economy }) => economy?.draw && economy.draw.freePerDay > 0 && economy.draw.guaranteed > 0 && economy.spends !== undefined && economy.spends <= earned);
      if (earned >= cheapest || draws) return [];
      return [{ text: say(`Somebody new earns ${count(earned)} points by doing everything once, and the cheapest reward costs ${count(cheapest)}. Raise a one-off task by ${count(cheapest - earned)} points, or make a reward cheaper, so that the first visit ends with a success.`,
        `新会员把活动都做一遍可得 ${count(earned)} 积分，而最便宜的奖励要 ${count(cheapest)} 积分。请把一次性任务提高 ${count(cheapest - earned)} 积分，或降低奖励价格，让第一次来就能兑换成功。`) }];
    },
  },
  {
    code: 'GX_PLAN_FEW_ACTIVITIES', severity: 'warning',
    check: (mix) => {
      const number = running(mix).length + (mix.offers.length ? 1 : 0);
      if (number >= SUITABLE) return [];
      return [number < FEW ? { text: say(`Only ${number} ${number === 1 ? 'activity' : 'activities'}, counting the exchange: that is soon boring. Four to six are suitable.`, `活动只有 ${number} 个（含兑换），很快会乏味。建议至少 4–6 个。`), page: MARKET }
        : { text: say(`${number} activities, counting the exchange, are enough to begin with; six keep people longer.`, `目前 ${number} 个活动（含兑换），可以起步；有 6 个更能留住顾客。`), page: MARKET }];
    },
  },
  {
    code: 'GX_PLAN_COUPON_LADDER', severity: 'warning',
    check: ({ offers, currency }) => {
      const coupons = offers.filter(({ kind }) => kind === 'coupon');
      const small = coupons.some(({ minimum }) => minimum === 0), large = coupons.some(({ minimum }) => minimum > 0);
      if (small && large) return [];
      return [{ text: small ? say(`There is a small coupon, but no large one with a threshold to save for. Add one, e.g. ${mainUnits(20, currency, 'en')} off ${mainUnits(199, currency, 'en')}.`, `有小额无门槛券，但没有值得攒积分的大额满减券。请添加一张，例如满 ${mainUnits(199, currency, 'zh-CN')} 减 ${mainUnits(20, currency, 'zh-CN')}。`)
        : large ? say(`There is a coupon with a threshold, but no small one without. Add one that people can have at once, e.g. ${mainUnits(2, currency, 'en')} off.`, `有满减券，但没有小额无门槛券。请添加一张马上能换的，例如减 ${mainUnits(2, currency, 'zh-CN')}。`)
        : say('There are no coupons. Offer both: a small one without a threshold, and a large one with a threshold.', '目前没有优惠券。请同时提供小额无门槛券和大额满减券。'), page: offers[0]?.page ?? MARKET }];
    },
  },
];
