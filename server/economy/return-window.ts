import { DAY, type Instant } from '../plugin-api/index.js';

/** The days of the earning rule that an order froze. */
export interface ReturnDays { readonly returnDays: number; readonly undeliveredDays: number }

/**
 * When goods of a line can no longer be returned, so that its points become spendable: `returnDays` after the line's own delivery, or the
 * order's where the platform tells of no other, or `undeliveredDays` after payment when no delivery is ever reported.
 */
export function returnWindowEnd(order: { readonly paid_at: Instant; readonly delivered_at: Instant | null }, line: { readonly delivered_at: Instant | null }, rule: ReturnDays): Instant {
  const delivered = line.delivered_at ?? order.delivered_at;
  return delivered === null ? order.paid_at + rule.undeliveredDays * DAY : delivered + rule.returnDays * DAY;
}
