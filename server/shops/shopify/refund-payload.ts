import type { RefundSnapshot } from '../../commerce/snapshots.js';
import type { Fields } from './payload-fields.js';

/**
 * A refund, from `refunds/create` or from an order's `refunds`. `amount` is what really went back to the shopper (successful refund
 * transactions); lines carry their goods value, also when no money moved (an order edit that takes a line out).
 */
export function refundSnapshot(payload: Fields, currency: string, orderExternalId?: string): RefundSnapshot | undefined {
  const externalId = payload.gid('Refund');
  const order = orderExternalId ?? payload.gid('Order', 'order_id');
  const at = payload.instant('processed_at') ?? payload.instant('created_at');
  if (!externalId || !order || at === undefined) return undefined;
  const paidBack = payload.list('transactions').filter((entry) => entry.text('kind') === 'refund' && entry.text('status') === 'success');
  const lines = payload.list('refund_line_items').flatMap((item) => {
    const lineExternalId = item.object('line_item')?.gid('LineItem') ?? item.gid('LineItem', 'line_item_id');
    const quantity = item.count('quantity');
    return lineExternalId === undefined || quantity === undefined || quantity < 1 ? [] : [{ lineExternalId, quantity, amount: item.money('subtotal', currency) ?? 0 }];
  });
  // A transaction in the shopper's currency cannot be added to the shop's; the lines' value stands in for it.
  const foreign = paidBack.some((entry) => entry.text('currency') !== undefined && entry.text('currency') !== currency);
  const amount = foreign ? lines.reduce((total, item) => total + item.amount, 0) : paidBack.reduce((total, entry) => total + (entry.money('amount', currency) ?? 0), 0);
  return { externalId, orderExternalId: order, at, amount, lines };
}
