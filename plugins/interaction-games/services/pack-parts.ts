import { isOver, type Activities, type PackPart, type ShopContext } from 'guanxi/plugin';
import type { CheckInRules } from '../activities/check-in-rules.js';
import type { WheelRules } from '../activities/wheel-rules.js';
import { CHECK_IN_TYPE } from './check-in.service.js';

const CHECK_IN: CheckInRules = { cycle: [5, 5, 8, 8, 10, 10, 20] };
/** Two thirds of the tickets win, three points on average; somebody new wins by the second try. */
const WHEEL: WheelRules = {
  prizes: [
    { title: { en: '3 points', 'zh-CN': '3 积分' }, kind: 'points', amount: 3, quantity: 5_600 },
    { title: { en: '8 points', 'zh-CN': '8 积分' }, kind: 'points', amount: 8, quantity: 1_000 },
    { title: { en: '30 points', 'zh-CN': '30 积分' }, kind: 'points', amount: 30, quantity: 120 },
    { title: { en: '188 points', 'zh-CN': '188 积分' }, kind: 'points', amount: 188, quantity: 10 },
  ],
  blanks: 3_270, freePerDay: 2, costPerTry: 20, paidPerDay: 3, guarantee: { byTry: 2, prize: 1, quantity: 1_000 }, fallbackPoints: 3,
};

/** What the planner's default mix takes from here: a check-in and a wheel, each unless the shop has one that has not ended. */
export function packParts(activities: Activities): Readonly<Record<string, PackPart>> {
  const part = (title: PackPart['title'], type: string, config: CheckInRules | WheelRules): PackPart => ({
    title,
    present: async (ctx: ShopContext) => (await activities.list(ctx, { type })).some(({ state }) => !isOver(state)),
    create: async (ctx: ShopContext, live: boolean) => {
      const { id } = await activities.create(ctx, { type, title: title[ctx.locale], config });
      if (live) await activities.transition(ctx, id, 'publish');
    },
  });
  return {
    'check-in': part({ en: 'Daily check-in', 'zh-CN': '每日签到' }, CHECK_IN_TYPE, CHECK_IN),
    wheel: part({ en: 'Lucky wheel', 'zh-CN': '幸运转盘' }, 'interaction-games.wheel', WHEEL),
  };
}
