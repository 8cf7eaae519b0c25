import { addDays } from 'guanxi/plugin';
import type { Metrics, PlanRules } from './plan-rules.js';

/** What was left of a purchase from a day on. */
export interface Return { readonly on: string; readonly left: number }
/** What somebody bought, and what was left of it after each return, in their order. */
export interface Purchase { readonly day: string; readonly goods: number; readonly returns: readonly Return[] }
export interface Gain { readonly day: string; readonly amount: number }
/** Everything that counts for a person, in no particular order. */
export interface Facts { readonly purchases: readonly Purchase[]; readonly growth: readonly Gain[] }

/** First day of the window that ends with `end`, itself included. */
export function windowStart({ window }: PlanRules, end: string): string {
  if (window.kind === 'lifetime') return '0000-01-01';
  return window.kind === 'calendar' ? `${end.slice(0, 4)}-01-01` : addDays(end, 1 - window.days);
}

/** What counted in the window that ends with `end`, as it was known on the day `on`. */
export function metricsAt(rules: PlanRules, facts: Facts, end: string, on: string, unit: number): Metrics {
  const start = windowStart(rules, end);
  let spend = 0, orders = 0, growth = 0;
  for (const { day, goods, returns } of facts.purchases) {
    if (day < start || day > end) continue;
    const worth = returns.findLast((each) => each.on <= on)?.left ?? goods;
    if (worth <= 0) continue;
    spend += worth;
    orders += 1;
    growth += Math.floor(worth / unit) * rules.growth.perUnit + rules.growth.perOrder;
  }
  for (const { day, amount } of facts.growth) if (day >= start && day <= end) growth += amount;
  return { spend, orders, growth };
}

/** The last day of a term that begins with `day`: a rolling one is as long as its window, another lasts until the year ends; lifelong has none. */
export function termEnd({ window }: PlanRules, day: string): string | null {
  if (window.kind === 'lifetime') return null;
  return window.kind === 'rolling' ? addDays(day, window.days) : `${addDays(day, 1).slice(0, 4)}-12-31`;
}
