import { addDays, businessDate, MINUTE, startOfBusinessDate, type BusinessDate, type Instant, type Shop } from '../plugin-api/index.js';
import { NEVER } from './ledger-rules.js';
import { programmeOf } from './programme/programme.js';

/** Zone rules only change on quarter hours, so one answer holds for the whole quarter; formatting a date each time is dear on the hot path. */
const QUARTER = 15 * MINUTE;
const dates = new Map<string, BusinessDate>();
const starts = new Map<string, Instant>();

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size > 2000) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

/** The business date that `at` counts for in the shop. */
export const pointsDate = (shop: Shop, at: Instant): BusinessDate =>
  cached(dates, `${shop.zone}|${shop.dayStartHour}|${Math.floor(at / QUARTER)}`, () => businessDate(shop, at));

/** When points that become spendable at `activatesAt` expire: at the end of the business date so many days later, by the shop's programme if not given. */
export function expiryOf(shop: Shop, activatesAt: Instant, days: number | null = programmeOf(shop).liveDays): Instant {
  if (days === null) return NEVER;
  const lastDay = addDays(pointsDate(shop, activatesAt), days);
  return cached(starts, `${shop.zone}|${shop.dayStartHour}|${lastDay}`, () => startOfBusinessDate(shop, addDays(lastDay, 1)));
}
