import { refused, type Instant } from '../../../plugin-api/index.js';
import type { DemoLine, DemoOrder, DemoRefund } from './demo-order.js';

export interface RefundWish { readonly lineId?: string | undefined; readonly sku?: string | undefined; readonly quantity: number }

const returned = (order: DemoOrder, lineId: string): { quantity: number; amount: number } => {
  const lines = order.refunds.flatMap((refund) => refund.lines).filter((line) => line.lineId === lineId);
  return { quantity: lines.reduce((sum, line) => sum + line.quantity, 0), amount: lines.reduce((sum, line) => sum + line.amount, 0) };
};

/** Pieces of a line that were not refunded yet. */
export const refundable = (order: DemoOrder, line: DemoLine): number => line.quantity - returned(order, line.id).quantity;

function lineOf(order: DemoOrder, wish: RefundWish): DemoLine {
  const line = order.lines.find((candidate) => (wish.lineId === undefined ? candidate.sku === wish.sku : candidate.id === wish.lineId));
  if (!line) throw refused('GX_REFUND_LINE', `The order ${order.number} has no line ${wish.lineId ?? wish.sku ?? ''}.`, { orderId: order.id });
  return line;
}

/**
 * What a refund gives back. Without wishes: everything that is left, shipping included. Several partial refunds of a line add up to
 * what was paid for it, to the fen: each is the difference of two roundings of the whole, never a rounding of its own.
 * @throws GX_REFUND_LINE, GX_REFUND_TOO_MUCH, GX_REFUND_NOTHING (422)
 */
export function refundOf(order: DemoOrder, wishes: readonly RefundWish[] | undefined, id: string, at: Instant): DemoRefund {
  const quantities = new Map<DemoLine, number>();
  if (wishes) for (const wish of wishes) { const line = lineOf(order, wish); quantities.set(line, (quantities.get(line) ?? 0) + wish.quantity); }
  else for (const line of order.lines) { const left = refundable(order, line); if (left > 0) quantities.set(line, left); }
  const lines = [...quantities].map(([line, quantity]) => {
    const before = returned(order, line.id);
    const left = line.quantity - before.quantity;
    if (quantity > left) throw refused('GX_REFUND_TOO_MUCH', `Only ${left} of ${line.sku} can still be refunded.`, { lineId: line.id, left });
    return { lineId: line.id, quantity, amount: Math.floor((line.paid * (before.quantity + quantity)) / line.quantity) - before.amount };
  });
  const shipping = wishes ? 0 : order.shipping - order.refunds.reduce((sum, refund) => sum + refund.shipping, 0);
  if (!lines.length && shipping <= 0) throw refused('GX_REFUND_NOTHING', `Everything of order ${order.number} was refunded before.`, { orderId: order.id });
  return { id, at, shipping, amount: lines.reduce((sum, line) => sum + line.amount, shipping), lines };
}
