import type { BusinessDate, Instant, Shop } from './context.js';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const formats = new Map<string, { readonly format: Intl.DateTimeFormat; readonly known: Map<number, BusinessDate> }>();
/** Since then every zone's clock is a whole number of quarters of an hour from UTC, so a date holds for the whole quarter. */
const QUARTERED = Date.UTC(1973, 0, 1);
const QUARTER = 15 * MINUTE;
const MOST_KNOWN = 4_096;

function dateFormat(zone: string): { readonly format: Intl.DateTimeFormat; readonly known: Map<number, BusinessDate> } {
  let found = formats.get(zone);
  if (!found) {
    found = { format: new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }), known: new Map() };
    formats.set(zone, found);
  }
  return found;
}

/** The business date that `at` counts for: the date in the shop's zone, moved back by the hour at which its day starts. */
export function businessDate(shop: Pick<Shop, 'zone' | 'dayStartHour'>, at: Instant): BusinessDate {
  const { format, known } = dateFormat(shop.zone);
  const moved = at - shop.dayStartHour * HOUR;
  if (!(moved >= QUARTERED)) return format.format(moved);
  const quarter = Math.floor(moved / QUARTER);
  let date = known.get(quarter);
  if (date === undefined) {
    date = format.format(moved);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(quarter, date);
  }
  return date;
}

/** Calendar arithmetic on business dates; daylight saving cannot shift it because it never leaves the calendar. */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: BusinessDate, b: BusinessDate): number =>
  Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / DAY);

/** First instant of a business date: the smallest t with `businessDate(shop, t) >= date`, found by bisection so that any zone rule works. */
export function startOfBusinessDate(shop: Pick<Shop, 'zone' | 'dayStartHour'>, date: BusinessDate): Instant {
  let low = Date.parse(`${date}T00:00:00Z`) - 2 * DAY;
  let high = Date.parse(`${date}T00:00:00Z`) + 2 * DAY;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (businessDate(shop, middle) >= date) high = middle; else low = middle;
  }
  return high;
}

/** The clock that decides everything a person can see. Tokens, leases and time-outs use system time instead. */
export interface Clock { now(): Instant }
