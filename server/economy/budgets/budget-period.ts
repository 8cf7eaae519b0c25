import { addDays, businessDate, startOfBusinessDate, type BusinessDate, type Instant, type Shop } from '../../plugin-api/index.js';
import type { BudgetPeriod } from './budget-statements.js';

/** Business dates on which the periods that hold now began; weeks begin on Monday. */
export function periodKeys(shop: Shop, now: Instant): { readonly day: BusinessDate; readonly week: BusinessDate; readonly month: BusinessDate } {
  const day = businessDate(shop, now);
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { day, week: addDays(day, -weekday), month: `${day.slice(0, 8)}01` };
}

/** The key of the period that holds now: the business date on which it began, or `all`. */
export const periodKey = (shop: Shop, period: BudgetPeriod, now: Instant): string => (period === 'total' ? 'all' : periodKeys(shop, now)[period]);

const bounds = new Map<string, readonly [Instant, Instant]>();
/** First instants of a period and of the next one; kept, because each is found by bisection. */
function boundsOf(shop: Shop, period: 'day' | 'week' | 'month', first: BusinessDate): readonly [Instant, Instant] {
  const key = `${shop.zone} ${shop.dayStartHour} ${period} ${first}`;
  let found = bounds.get(key);
  if (!found) {
    const next = period === 'month' ? `${addDays(first, 31).slice(0, 8)}01` : addDays(first, period === 'week' ? 7 : 1);
    if (bounds.size > 1_000) bounds.clear();
    bounds.set(key, found = [startOfBusinessDate(shop, first), startOfBusinessDate(shop, next)]);
  }
  return found;
}

/** How much of each period that holds now is over, in basis points. `keys`: of the same moment. */
export function elapsed(shop: Shop, now: Instant, keys = periodKeys(shop, now)): Readonly<Record<'day' | 'week' | 'month', number>> {
  const share = (period: 'day' | 'week' | 'month'): number => {
    const [from, to] = boundsOf(shop, period, keys[period]);
    return Math.floor((now - from) * 10_000 / (to - from));
  };
  return { day: share('day'), week: share('week'), month: share('month') };
}
