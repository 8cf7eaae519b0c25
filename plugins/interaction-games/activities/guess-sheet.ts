import { moneyText, type ActivityChange, type ActivityEconomy, type ActivityField, type ActivitySheet, type Localised } from 'guanxi/plugin';
import type { GuessMode, GuessRules } from './guess-rules.js';

const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
const same = (value: number | string): Localised => say(String(value), String(value));
const share = (basisPoints: number): string => `${basisPoints / 100} %`;

/** Minor units with their currency, as each language writes them. */
export const shownMoney = (minor: number, currency: string): Localised => say(moneyText(minor, currency, 'en'), moneyText(minor, currency, 'zh-CN'));

const RIGHT: Readonly<Record<GuessMode, (tolerance: string) => Localised>> = {
  exact: () => say('A guess is right if it is the very price.', '猜中准确价格即为猜对。'),
  within: (tolerance) => say(`A guess is right if it is at most ${tolerance} off the price.`, `与价格相差不超过 ${tolerance} 即为猜对。`),
  nearest: () => say('The guesses nearest to the price are right.', '最接近价格的猜测为猜对。'),
  'nearest-below': () => say('Of the guesses that are not above the price, the nearest are right.', '不超过价格且最接近的猜测为猜对。'),
};

/** The public rules of a round. They hold the seal and not the price. */
export function guessSheet(rules: GuessRules): ActivitySheet {
  const { coupon, prize, hints, guesses, commitment, productTitle, currency } = rules;
  const off = coupon && (coupon.off === 'percent' ? same(share(coupon.value)) : shownMoney(coupon.value, currency));
  const until = (locale: string): string => new Date(coupon?.saleEndsAt ?? 0).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return {
    rules: [
      { label: say('Product', '商品'), text: say(`What will “${productTitle}” (${rules.sku}) cost in the sale? Guesses are made while this is open.`, `“${productTitle}”（${rules.sku}）的促销价是多少？请在活动时间内猜价。`) },
      { label: say('Who wins', '如何获胜'), text: say(`${RIGHT[rules.mode](share(rules.tolerance)).en} Everybody who guessed right wins, however many they are.`, `${RIGHT[rules.mode](share(rules.tolerance))['zh-CN']}所有猜对的人都获奖，人数不限。`) },
      { label: say('Prize', '奖品'), text: off
        ? say(`“${prize.title.en}”: a coupon of ${off.en} off this product, good from the close until ${until('en')} (UTC).`, `“${prize.title['zh-CN']}”：本商品优惠 ${off['zh-CN']}，自截止起至 ${until('zh-CN')}（UTC）有效。`)
        : say(`“${prize.title.en}”.`, `“${prize.title['zh-CN']}”。`) },
      ...(rules.fallbackPoints > 0 ? [{ label: say('If the prize cannot be given', '奖品无法发放时'), text: say(`${rules.fallbackPoints} points take its place.`, `补偿 ${rules.fallbackPoints} 积分。`) }] : []),
      { label: say('Hints', '提示'), text: hints ? say('After each guess you are told whether the price is higher. Nobody is told that a guess is right before the close.', '每次猜价后会提示价格是否更高；截止前不会告知是否猜中。') : say('None before the close.', '截止前不提供提示。') },
      { label: say('If the sale price is another', '实际售价不同时'), text: say('Should the product cost something else in the sale than what was sealed, everybody who was right about either price wins.', '若实际促销价与封存价格不同，猜中任一价格的人都获奖。') },
      { label: say('Sealed price', '封存价格'), text: say(`The price was set before the start. SHA-256 of “guanxi-guess/1:product:price:currency:nonce” is ${commitment ?? 'not set yet'}. Price (in the smallest unit of ${currency}) and nonce are published after the close, so that anybody can compute it.`,
        `价格在开始前已确定。“guanxi-guess/1:商品:价格:币种:随机数”的 SHA-256 为 ${commitment ?? '尚未设置'}。价格（${currency} 最小单位）和随机数在截止后公布，任何人都可验证。`) },
    ],
    cost: say('Free.', '免费。'),
    limits: say(`${guesses} ${guesses === 1 ? 'guess' : 'guesses'} per member.`, `每位会员可猜 ${guesses} 次。`),
    delivery: say('Within an hour after the close the prize is put to the account of whoever won, with what is needed to use it.', '截止后一小时内，奖品发放至获奖者账户，并附使用说明。'),
    data: say('Your guesses and what you won are kept with your account, two years after the end, to answer questions and complaints. They are not handed on.', '猜价和获奖记录随账户保存至活动结束后两年，用于答疑和投诉处理，不会提供给他人。'),
  };
}

/** How many of those who guess the planner takes to be right; a round's own numbers are known only after it. */
const RIGHT_SHARE: Readonly<Record<GuessMode, number>> = { exact: 0.05, within: 0.2, nearest: 0.02, 'nearest-below': 0.02 };

/** A round is guessed once and brings points only as a prize. It learns nothing about a person. */
export function guessEconomy({ prize, mode }: GuessRules): ActivityEconomy {
  return { ...(prize.kind === 'points' ? { earns: { expected: prize.amount * RIGHT_SHARE[mode], worst: prize.amount, often: 'once' } } : {}), continuous: false, collects: [], firstSession: 0 };
}

/** The numbers that can become better while it runs: points as prize, and points in its place. */
export const guessFields = ({ prize, fallbackPoints }: GuessRules): readonly ActivityField[] => [
  ...(prize.kind === 'points' ? [{ field: 'prize.amount', label: say('Points for a right guess', '猜对积分'), value: prize.amount }] : []),
  { field: 'fallbackPoints', label: say('Points when the prize cannot be given', '奖品无法发放时补偿的积分'), value: fallbackPoints },
];

/** Points of the prize and in its place may rise. Everything else, guesses and hints too, decides who wins against whom and stays. */
export function guessChanges(before: GuessRules, after: GuessRules): readonly ActivityChange[] {
  const changes: ActivityChange[] = [];
  const number = (field: string, label: Localised, was: number, is: number): void => { if (was !== is) changes.push({ field, label, before: same(was), after: same(is), direction: is > was ? 'better' : 'worse' }); };
  const rest = ({ prize: { amount: _amount, title: _title, ...prize }, fallbackPoints: _fallback, ...rules }: GuessRules): string => JSON.stringify([prize, Object.entries(rules).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  number('prize.amount', say('Points for a right guess', '猜对积分'), before.prize.amount, after.prize.amount);
  number('fallbackPoints', say('Points when the prize cannot be given', '奖品无法发放时补偿的积分'), before.fallbackPoints, after.fallbackPoints);
  const renamed = before.prize.amount === after.prize.amount && JSON.stringify(before.prize.title) !== JSON.stringify(after.prize.title);
  if (renamed || rest(before) !== rest(after)) changes.push({ field: 'config', label: say('Rules', '规则'), before: say('as published', '已公示'), after: say('something else', '其他内容'), direction: 'unclear' });
  return changes;
}
