import type { ActivityChange, ActivityField, ActivitySheet, Localised } from 'guanxi/plugin';
import { pointsOfDay, type CheckInRules } from './check-in-rules.js';
import { deckSize, type WheelRules } from './wheel-rules.js';

const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
const tries = (n: number): string => (n === 1 ? 'try' : 'tries');
const data = say('Your plays and what you won are kept with your account, two years after the end, to answer questions and complaints. They are not handed on.', '参与和中奖记录随账户保存至活动结束后两年，用于答疑和投诉处理，不会提供给他人。');

/** The public rules of a wheel. Quantities are the odds: each ticket of the deck is drawn once. */
export function wheelSheet(rules: WheelRules): ActivitySheet {
  const of = deckSize(rules), paid = rules.costPerTry > 0 ? rules.paidPerDay : 0;
  const { guarantee } = rules;
  return {
    rules: [
      { label: say('How it is drawn', '抽取方式'), text: say(`A deck of ${of} tickets, ${rules.blanks} of them without a prize, is shuffled before the start. Each try takes the next ticket; no ticket comes twice.`, `开始前将 ${of} 张签洗匀，其中 ${rules.blanks} 张未中奖。每次抽取下一张，每张签只出现一次。`) },
      ...(guarantee ? [{ label: say('Newcomers', '新人'), text: say(`Who has won nothing wins “${rules.prizes[guarantee.prize]!.title.en}” at try ${guarantee.byTry} at the latest, as long as the ${guarantee.quantity} tickets set aside for this last.`, `未中过奖的新人最迟第 ${guarantee.byTry} 次必得“${rules.prizes[guarantee.prize]!.title['zh-CN']}”，另备 ${guarantee.quantity} 份，发完为止。`) }] : []),
      { label: say('When a prize runs out', '奖品发完时'), text: rules.fallbackPoints > 0 ? say(`If a drawn prize cannot be given, you get ${rules.fallbackPoints} points.`, `若抽中的奖品无法发放，补偿 ${rules.fallbackPoints} 积分。`) : say('If a drawn prize cannot be given, nothing takes its place.', '若抽中的奖品无法发放，不另行补偿。') },
    ],
    prizes: rules.prizes.map(({ title, quantity }) => ({ title: { ...title }, quantity, of })),
    cost: paid > 0 ? say(`${rules.freePerDay} free ${tries(rules.freePerDay)} a day; each further one costs ${rules.costPerTry} points.`, `每天免费 ${rules.freePerDay} 次，之后每次 ${rules.costPerTry} 积分。`) : say('Free.', '免费。'),
    limits: say(`At most ${rules.freePerDay + paid} ${tries(rules.freePerDay + paid)} per person and day.`, `每人每天最多 ${rules.freePerDay + paid} 次。`),
    delivery: say('Points are booked at once. Coupons and other prizes are put to your account at once, with what you need to use them.', '积分立即到账；优惠券及其他奖品立即发放至账户，并附使用说明。'),
    data,
  };
}

export function checkInSheet(rules: CheckInRules): ActivitySheet {
  const days = rules.cycle.join(', ');
  return {
    rules: [{ label: say('Points of each day in a row', '连续签到每日积分'), text: say(`${days}; then it begins again. Who misses a day begins with the first.`, `${days}；之后重新开始。中断一天后从第一天算起。`) }],
    cost: say('Free.', '免费。'), limits: say('Once per person and day, by the shop\'s clock.', '每人每天一次，以店铺所在时区为准。'), delivery: say('Points are booked at once.', '积分立即到账。'), data,
  };
}

export const checkInFields = ({ cycle }: CheckInRules): readonly ActivityField[] => cycle.map((value, day) => ({ field: `cycle.${day}`, label: say(`Points on day ${day + 1}`, `第 ${day + 1} 天积分`), value }));

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Day by day over as many days as both cycles need to meet again: better only if no day brings less. */
export function checkInChanges(before: CheckInRules, after: CheckInRules): readonly ActivityChange[] {
  const span = before.cycle.length * after.cycle.length / gcd(before.cycle.length, after.cycle.length);
  const days = Array.from({ length: span }, (_, day) => [day + 1, pointsOfDay(before, day + 1), pointsOfDay(after, day + 1)] as const).filter(([, was, is]) => was !== is);
  const worse = days.filter(([, was, is]) => is < was);
  return (worse.length > 0 ? worse : days).slice(0, 31).map(([day, was, is]) => ({
    field: `cycle.${day - 1}`, label: say(`Points on day ${day}`, `第 ${day} 天积分`), before: say(String(was), String(was)), after: say(String(is), String(is)), direction: is > was ? 'better' : 'worse',
  }));
}
