import { DAY, type Instant } from '../../../plugin-api/index.js';
import type { DemoLine, DemoOrder } from './demo-order.js';

/** When shoppers can no longer return an order: the window after delivery that its points wait for too. Undefined until it was delivered. */
export const returnableUntil = (days: number, { deliveredAt }: Pick<DemoOrder, 'deliveredAt'>): Instant | undefined => (deliveredAt === null ? undefined : deliveredAt + days * DAY);

/** A coupon whose minimum the kept goods no longer meet. `shift`: what its policy adds to the refund, negative for what it takes off, in minor units. */
export interface ReturnNotice { readonly code: string; readonly minimum: number; readonly kept: number; readonly policy: 'keep' | 'prorate' | 'deduct'; readonly shift: number }

/**
 * What returning pieces does to the order's coupons. `keep`: the whole coupon stays on what is kept, so the returned pieces go back at the price
 * before it; `prorate`: each piece takes its share of the coupon along; `deduct`: the kept pieces lose their share too.
 */
export function returnNotices(order: DemoOrder, back: (line: DemoLine) => number): ReturnNotice[] {
  const kept = order.lines.reduce((sum, line) => sum + line.unitPrice * (line.quantity - back(line)), 0);
  if (kept === 0) return [];
  return order.codes.flatMap(({ code, minimum = 0, returns = 'prorate', shares = [] }): ReturnNotice[] => {
    if (kept >= minimum) return [];
    const total = shares.reduce((sum, share) => sum + share, 0);
    const gone = order.lines.reduce((sum, line, i) => sum + Math.floor(((shares[i] ?? 0) * back(line)) / line.quantity), 0);
    return [{ code, minimum, kept, policy: returns, shift: returns === 'keep' ? gone : returns === 'deduct' ? gone - total : 0 }];
  });
}
