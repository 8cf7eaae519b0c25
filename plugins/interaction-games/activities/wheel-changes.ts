import type { ActivityChange, ActivityField, Localised } from 'guanxi/plugin';
import { deckSize, type WheelRules } from './wheel-rules.js';

type Prize = WheelRules['prizes'][number];
const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
const same = (value: number | string): Localised => say(String(value), String(value));
const sameReward = (a: Prize, b: Prize): boolean => a.kind === b.kind && a.ref === b.ref;
const words = ({ title, kind, amount }: Prize): Localised => say(`${title.en} (${kind} × ${amount})`, `${title['zh-CN']}（${kind} × ${amount}）`);
const chance = (quantity: number, of: number): Localised => same(`${quantity} / ${of} (${(100 * quantity / of).toFixed(2)} %)`);
/** Tries for points in a day; a price of 0 sells none. */
const paidTries = ({ costPerTry, paidPerDay }: WheelRules): number => (costPerTry > 0 ? paidPerDay : 0);

const numbers = (rules: WheelRules) => ({
  blanks: [say('Tickets that win nothing', '未中奖签数'), rules.blanks], freePerDay: [say('Free tries a day', '每日免费次数'), rules.freePerDay], costPerTry: [say('Points for a further try', '额外次数所需积分'), rules.costPerTry],
  paidPerDay: [say('Further tries a day', '每日额外次数'), rules.paidPerDay], fallbackPoints: [say('Points when a prize cannot be given', '奖品发不出时补偿的积分'), rules.fallbackPoints],
}) as const satisfies Readonly<Record<string, readonly [Localised, number]>>;

/** What a merchant can change while the wheel turns. */
export const wheelFields = (rules: WheelRules): readonly ActivityField[] => [
  ...rules.prizes.flatMap((prize, index): ActivityField[] => [
    { field: `prizes.${index}.quantity`, label: say(`Tickets of “${prize.title.en}”`, `“${prize.title['zh-CN']}”的签数`), value: prize.quantity },
    ...(prize.kind === 'points' ? [{ field: `prizes.${index}.amount`, label: say(`Points of “${prize.title.en}”`, `“${prize.title['zh-CN']}”的积分`), value: prize.amount }] : []),
  ]),
  ...Object.entries(numbers(rules)).map(([field, [label, value]]) => ({ field, label, value })),
];

function prizeChanges(before: WheelRules, after: WheelRules): ActivityChange[] {
  const [all, allAfter] = [deckSize(before), deckSize(after)];
  return before.prizes.flatMap((was, index): ActivityChange[] => {
    const is = after.prizes[index];
    const label = say(`Prize ${index + 1}`, `奖品 ${index + 1}`), field = `prizes.${index}`;
    if (!is) return [{ field, label, before: words(was), after: say('none', '无'), direction: 'worse' }];
    const changes: ActivityChange[] = [];
    // A new wording comes only with more of the same: alone it could turn a prize into another.
    if (!sameReward(was, is) || (is.amount === was.amount && (is.title.en !== was.title.en || is.title['zh-CN'] !== was.title['zh-CN']))) changes.push({ field, label, before: words(was), after: words(is), direction: 'unclear' });
    else if (is.amount !== was.amount) changes.push({ field: `${field}.amount`, label, before: words(was), after: words(is), direction: is.amount > was.amount ? 'better' : 'worse' });
    if (is.quantity < was.quantity) changes.push({ field: `${field}.quantity`, label: say(`Number of “${was.title.en}”`, `“${was.title['zh-CN']}”数量`), before: same(was.quantity), after: same(is.quantity), direction: 'worse' });
    // Products stay far below 2^53.
    const [old, now] = [was.quantity * allAfter, is.quantity * all];
    if (old !== now) changes.push({ field: `${field}.quantity`, label: say(`Chance of “${was.title.en}”`, `“${was.title['zh-CN']}”的中奖率`), before: chance(was.quantity, all), after: chance(is.quantity, allAfter), direction: now > old ? 'better' : 'worse' });
    else if (is.quantity > was.quantity) changes.push({ field: `${field}.quantity`, label: say(`Number of “${was.title.en}”`, `“${was.title['zh-CN']}”数量`), before: same(was.quantity), after: same(is.quantity), direction: 'better' });
    return changes;
  }).concat(after.prizes.slice(before.prizes.length).map((is, more): ActivityChange => (
    { field: `prizes.${before.prizes.length + more}`, label: say('New prize', '新奖品'), before: say('none', '无'), after: words(is), direction: 'better' })));
}

function guaranteeChanges(before: WheelRules['guarantee'], after: WheelRules['guarantee']): ActivityChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const shown = (given: WheelRules['guarantee']): Localised => (given ? say(`prize ${given.prize + 1} by try ${given.byTry}, ${given.quantity} times`, `第 ${given.byTry} 次必中奖品 ${given.prize + 1}，共 ${given.quantity} 份`) : say('none', '无'));
  const better = before === null || (after !== null && after.prize === before.prize && after.byTry <= before.byTry && after.quantity >= before.quantity);
  const worse = after === null || (before !== null && after.prize === before.prize && (after.byTry > before.byTry || after.quantity < before.quantity));
  return [{ field: 'guarantee', label: say('Newcomers win', '新人必中'), before: shown(before), after: shown(after), direction: better ? 'better' : worse ? 'worse' : 'unclear' }];
}

/** Every difference between two sets of rules: prizes one by one, their exact chances, tries, prices and the guarantee. */
export function wheelChanges(before: WheelRules, after: WheelRules): readonly ActivityChange[] {
  const [old, now] = [numbers(before), numbers(after)];
  const number = (field: keyof typeof old, better: boolean): ActivityChange => ({ field, label: old[field][0], before: same(old[field][1]), after: same(now[field][1]), direction: better ? 'better' : 'worse' });
  const changes = [...prizeChanges(before, after), ...guaranteeChanges(before.guarantee, after.guarantee)];
  if (before.blanks !== after.blanks) changes.push(number('blanks', after.blanks * deckSize(before) <= before.blanks * deckSize(after)));
  if (before.freePerDay !== after.freePerDay) changes.push(number('freePerDay', after.freePerDay > before.freePerDay));
  if (before.fallbackPoints !== after.fallbackPoints) changes.push(number('fallbackPoints', after.fallbackPoints > before.fallbackPoints));
  if (before.paidPerDay !== after.paidPerDay) changes.push(number('paidPerDay', after.paidPerDay > before.paidPerDay));
  if (before.costPerTry !== after.costPerTry) changes.push(number('costPerTry', paidTries(before) === 0 || (after.costPerTry > 0 && after.costPerTry < before.costPerTry)));
  return changes;
}
