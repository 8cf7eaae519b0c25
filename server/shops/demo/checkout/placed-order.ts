import type { Instant } from '../../../plugin-api/index.js';
import type { DemoOrder } from './demo-order.js';
import type { Quote } from './quote.js';

/** A quote that was paid. `spent`: the entry of the ledger by which its points were spent. */
export const placedOrder = (quote: Quote, order: { readonly id: string; readonly number: string; readonly customerId: string; readonly at: Instant; readonly spent?: string | undefined }): DemoOrder => ({
  id: order.id, number: order.number, customerId: order.customerId, placedAt: order.at, deliveredAt: null, updatedAt: order.at,
  subtotal: quote.subtotal, discount: quote.discount, shipping: quote.shipping, total: quote.total, codes: quote.applied,
  ...(quote.points && quote.points.used > 0 && order.spent !== undefined ? { points: { used: quote.points.used, worth: quote.points.worth, transactionId: order.spent } } : {}),
  ...(quote.member && quote.member.saved > 0 ? { memberSaved: quote.member.saved, memberLabel: quote.member.label } : {}),
  lines: quote.lines.map(({ sku, title, quantity, unitPrice, paid, pointsPaid }, i) => ({ id: `${order.id}_${i + 1}`, sku, title, quantity, unitPrice, paid, ...(pointsPaid > 0 ? { pointsPaid } : {}) })), refunds: [],
});
