import { DAY, HOUR, type Instant } from '../../../plugin-api/index.js';
import type { Random } from '../random.js';

/** The demo shop is in Shanghai, which has kept UTC+8 without daylight saving since 1991. */
const ZONE_OFFSET = 8 * HOUR;
const MONTHS = [1, 0.7, 0.9, 0.95, 1, 1.1, 0.95, 0.95, 1.05, 1.05, 1.25, 1.15];
const FESTIVALS: Readonly<Record<string, number>> = { '11-10': 1.8, '11-11': 4, '11-12': 2, '6-17': 1.6, '6-18': 3, '6-19': 1.4, '12-12': 2.2, '9-9': 1.4, '5-20': 1.6, '2-14': 1.4 };
const HOURS = [3, 1.5, 0.8, 0.5, 0.4, 0.6, 1.2, 2.4, 3.8, 5, 5.6, 5.8, 6.4, 6, 5, 4.8, 4.8, 4.6, 4.8, 6.2, 7.8, 8.6, 7.6, 5];

export interface SalesDay { readonly start: Instant; readonly month: number; readonly festival: boolean; readonly weight: number }

/** The days of the history, oldest first, each with how much is sold on it: growth, season, festivals, week-ends. */
export function salesCalendar(anchor: Instant, days: number): SalesDay[] {
  const today = Math.floor((anchor + ZONE_OFFSET) / DAY) * DAY - ZONE_OFFSET;
  return Array.from({ length: days }, (_, index) => {
    const start = today - (days - 1 - index) * DAY;
    const local = new Date(start + ZONE_OFFSET);
    const month = local.getUTCMonth();
    const festival = FESTIVALS[`${month + 1}-${local.getUTCDate()}`];
    const weekend = local.getUTCDay() % 6 === 0 ? 1.2 : 1;
    return { start, month, festival: (festival ?? 0) >= 1.8, weight: (0.6 + (0.8 * index) / days) * (MONTHS[month] ?? 1) * (festival ?? 1) * weekend };
  });
}

/** Draws days by weight from a window, in the time of a binary search. */
export class DayPicker {
  readonly #sums: number[] = [0];
  constructor(days: readonly SalesDay[]) { for (const day of days) this.#sums.push((this.#sums.at(-1) ?? 0) + day.weight); }
  /** An index of `from` … `to`, both included. */
  pick(random: Random, from: number, to: number): number {
    const low = this.#sums[from] ?? 0, target = low + random.next() * ((this.#sums[to + 1] ?? low) - low);
    let a = from, b = to;
    while (a < b) { const middle = (a + b) >> 1; if ((this.#sums[middle + 1] ?? 0) > target) b = middle; else a = middle + 1; }
    return a;
  }
}

/** A moment of the day, as people shop: little at night, most after dinner. */
export const momentOf = (random: Random, start: Instant): Instant => start + random.weighted(HOURS) * HOUR + random.between(0, HOUR - 1);
