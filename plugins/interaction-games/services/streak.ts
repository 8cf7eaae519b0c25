import { addDays, type BusinessDate } from 'guanxi/plugin';

/** Days in a row that end today, today included. Computed from dates, never from a counter, so that no missed update can break it. */
export function streakEndingOn(today: BusinessDate, earlier: readonly BusinessDate[]): number {
  const dates = new Set(earlier);
  let streak = 1;
  for (let day = addDays(today, -1); dates.has(day); day = addDays(day, -1)) streak++;
  return streak;
}
