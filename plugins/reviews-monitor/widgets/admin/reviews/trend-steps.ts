import type { TrendDay } from './review-types.js';

export interface TrendStep { readonly date: string; readonly good: number; readonly bad: number; /** Neither good nor bad, by its source. */ readonly plain: number; readonly average: number | null }
const DAY = 86_400_000;
/** Most bars that a chart still shows apart. */
const DAYS = 45;
const WEEKS = 400;

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** How many days a bar stands for: one, a week, or a month (0). */
export const stepOf = (from: string, to: string): 0 | 1 | 7 => {
  const days = (at(to) - at(from)) / DAY + 1;
  return days <= DAYS ? 1 : days <= WEEKS ? 7 : 0;
};

/**
 * The days between two business dates as bars, days without reviews included; long ranges in weeks (counted back from the end, so that the
 * last one is whole) or in calendar months. Every review is in exactly one bar.
 */
export function trendSteps(trend: readonly TrendDay[], from: string, to: string): TrendStep[] {
  const step = stepOf(from, to);
  const first = at(from), last = at(to);
  const nameOf = (ms: number): string => step === 0 ? `${dateOf(ms).slice(0, 7)}-01` : step === 1 ? dateOf(ms) : dateOf(Math.max(first, last - Math.floor((last - ms) / DAY / step) * step * DAY - (step - 1) * DAY));
  const sums = new Map<string, { good: number; bad: number; all: number; starred: number; stars: number }>();
  for (let ms = first; ms <= last; ms += DAY) if (!sums.has(nameOf(ms))) sums.set(nameOf(ms), { good: 0, bad: 0, all: 0, starred: 0, stars: 0 });
  for (const day of trend) {
    const sum = sums.get(nameOf(at(day.date)));
    if (!sum) continue;
    sum.good += day.good; sum.bad += day.bad; sum.all += day.reviews; sum.starred += day.starred; sum.stars += (day.average ?? 0) * day.starred;
  }
  return [...sums].map(([date, sum]) => ({ date, good: sum.good, bad: sum.bad, plain: sum.all - sum.good - sum.bad, average: sum.starred ? Math.round(sum.stars / sum.starred * 100) / 100 : null }));
}
