interface Day { readonly date: string; readonly plays: number; readonly won: number }

const DAY_MS = 86_400_000, MOST_DAYS = 60;

/** The days between the first and the last with plays, quiet ones too; at most the last 60. Dates are `YYYY-MM-DD`. */
export function everyDay(days: readonly Day[]): Day[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const known = new Map(days.map((day) => [day.date, day]));
  const end = Date.parse(last.date), count = Math.min(MOST_DAYS, (end - Date.parse(first.date)) / DAY_MS + 1);
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(end - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10);
    return known.get(date) ?? { date, plays: 0, won: 0 };
  });
}
