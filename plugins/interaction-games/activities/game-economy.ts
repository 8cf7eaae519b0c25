import type { ActivityEconomy } from 'guanxi/plugin';
import type { CheckInRules } from './check-in-rules.js';
import { deckSize, type WheelRules } from './wheel-rules.js';

/** A check-in earns every day; somebody who comes once has the first day's points. */
export function checkInEconomy({ cycle }: CheckInRules): ActivityEconomy {
  const expected = cycle.reduce((sum, points) => sum + points, 0) / cycle.length;
  return { earns: { expected, worst: Math.max(...cycle), often: 'daily', cycle }, continuous: true, collects: [], firstSession: cycle[0] ?? 0 };
}

/** A wheel earns by its free tries and takes points for further ones; both draw from one deck. */
export function wheelEconomy(rules: WheelRules): ActivityEconomy {
  const points = rules.prizes.filter(({ kind }) => kind === 'points');
  const expected = points.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0) / deckSize(rules);
  const { guarantee } = rules;
  const sure = guarantee && guarantee.byTry <= rules.freePerDay ? rules.prizes[guarantee.prize] : undefined;
  return {
    ...(rules.freePerDay > 0 ? { earns: { expected, worst: Math.max(0, ...points.map(({ amount }) => amount)), often: 'per-play', timesPerDay: rules.freePerDay } } : {}),
    ...(rules.costPerTry > 0 && rules.paidPerDay > 0 ? { spends: rules.costPerTry, spendsPerDay: rules.paidPerDay } : {}),
    continuous: true, collects: [], firstSession: sure?.kind === 'points' ? sure.amount : 0,
    draw: { prizes: rules.prizes.map(({ kind, amount, quantity, ref }) => ({ kind, amount, quantity, ...(ref === undefined ? {} : { ref }) })), blanks: rules.blanks, freePerDay: rules.freePerDay, guaranteed: guarantee?.quantity ?? 0 },
  };
}
