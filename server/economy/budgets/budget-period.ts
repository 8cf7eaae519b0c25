import { addDays, businessDate, type BusinessDate, type Instant, type Shop } from '../../plugin-api/index.js';
import type { BudgetPeriod } from './budget-statements.js';

/** Business dates on which the periods that hold now began; weeks begin on Monday. */
export function periodKeys(shop: Shop, now: Instant): { readonly day: BusinessDate; readonly week: BusinessDate; readonly month: BusinessDate } {
  const day = businessDate(shop, now);
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { day, week: addDays(day, -weekday), month: `${day.slice(0, 8)}01` };
}

/** The key of the period that holds now: the business date on which it began, or `all`. */
export const periodKey = (shop: Shop, period: BudgetPeriod, now: Instant): string => (period === 'total' ? 'all' : periodKeys(shop, now)[period]);
