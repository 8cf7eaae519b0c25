import { running, type MixActivity } from '../mix/mix.js';
import { percent, say, type Found, type PlanRule } from './rule.js';

type Draw = NonNullable<NonNullable<MixActivity['economy']>['draw']>;
/** Free tries should win at least so often. */
const WIN_RATE = 0.6;
/** Kinds of reward that are money: only with a budget. */
const MONEY = /\.(cash|credit|red-packet|money|refund)$/;

const drawing = (activities: readonly MixActivity[]): readonly (MixActivity & { readonly draw: Draw })[] => activities.flatMap((each) => (each.economy?.draw ? [{ ...each, draw: each.economy.draw }] : []));
const tickets = ({ prizes, blanks }: Draw): number => blanks + prizes.reduce((sum, { quantity }) => sum + quantity, 0);
const about = ({ id, page }: MixActivity, found: Found['text']): Found => ({ text: found, activity: id, page });

/** What a draw must be: rows 8, 26 and 27 of the seed, and what the law asks. */
export const drawRules: readonly PlanRule[] = [
  {
    code: 'GX_PLAN_DECK', severity: 'error',
    check: (mix) => drawing(running(mix)).flatMap((each): Found[] => {
      const { prizes, blanks } = each.draw;
      const sound = prizes.length > 0 && Number.isSafeInteger(blanks) && blanks >= 0 && prizes.every(({ quantity, amount }) => Number.isSafeInteger(quantity) && quantity > 0 && Number.isSafeInteger(amount) && amount > 0);
      if (!sound) return [about(each, say(`The deck of “${each.title}” is not right: every prize needs a whole amount and a whole number of tickets, at least 1.`, `“${each.title}”的奖池有误：每个奖品的数额和张数都必须是不小于 1 的整数。`))];
      const lost = prizes.filter(({ kind, ref }) => kind !== 'points' && kind !== 'none' && !ref);
      return lost.length ? [about(each, say(`“${each.title}” has a prize without saying which reward it is. Choose the coupon or product of each prize.`, `“${each.title}”有奖品没有指定是哪一种奖励，请为每个奖品选好优惠券或商品。`))] : [];
    }),
  },
  {
    code: 'GX_PLAN_NO_SHEET', severity: 'error',
    check: (mix) => drawing(running(mix)).filter(({ sheet }) => sheet === false).map(({ id, title }) => ({ activity: id, page: '/settings', text: say(`“${title}” draws lots without a publication sheet. Say in the settings who organises it, so that rules and quantities can be published.`, `“${title}”是抽奖活动，但没有公示页。请在设置中补全主办方信息，公示规则和奖品数量。`) })),
  },
  {
    code: 'GX_PLAN_RATED_REWARD', severity: 'error',
    check: (mix) => running(mix).filter(({ economy }) => economy?.dependsOnAnswer).map((each) => about(each, say(`What “${each.title}” gives depends on how people rate or answer. Bought opinions are worthless and not allowed: give the same for every answer.`, `“${each.title}”的奖励取决于评分或回答内容。买来的好评没有价值，也不合规：请对所有回答给同样的奖励。`))),
  },
  {
    code: 'GX_PLAN_MONEY_PRIZE', severity: 'error',
    check: (mix) => drawing(running(mix)).filter(({ id, draw }) => draw.prizes.some(({ kind }) => MONEY.test(kind)) && !mix.budgets.some(({ scope, unit }) => (scope === id || scope === 'shop') && (unit === 'money' || MONEY.test(unit))))
      .map((each) => about(each, say(`“${each.title}” gives away money and has no budget for it. Set a money budget for the activity or the shop.`, `“${each.title}”会发出现金类奖品，但没有预算。请为该活动或店铺设置金额预算。`))),
  },
  {
    code: 'GX_PLAN_WIN_RATE', severity: 'warning',
    check: (mix) => drawing(running(mix)).flatMap((each): Found[] => {
      const rate = 1 - each.draw.blanks / Math.max(1, tickets(each.draw));
      return each.draw.freePerDay > 0 && rate < WIN_RATE ? [about(each, say(`A free try of “${each.title}” wins ${percent(rate)} % of the time. Below 60 % newcomers lose heart: take out blanks or add small prizes.`, `“${each.title}”免费抽奖的中奖率为 ${percent(rate)}%，低于 60% 新顾客容易失望：请减少空签或增加小奖。`))] : [];
    }),
  },
  {
    code: 'GX_PLAN_ALIKE_PRIZES', severity: 'warning',
    check: (mix) => drawing(running(mix)).filter(({ draw }) => draw.prizes.length > 0 && new Set(draw.prizes.map(({ kind, amount, ref }) => `${kind}/${amount}/${ref ?? ''}`)).size < 2)
      .map((each) => about(each, say(`All prizes of “${each.title}” are alike, so there is nothing to hope for. Add a larger and rarer one.`, `“${each.title}”的奖品都一样，没有期待感。请增加更大、更稀有的奖品。`))),
  },
];
