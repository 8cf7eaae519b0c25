import { allocate } from '../../../commerce/stacking/allocation.js';
import { refused, type Instant } from '../../../plugin-api/index.js';
import type { DemoLine, DemoOrder, DemoRefund } from './demo-order.js';
import { returnNotices } from './return-policy.js';

export interface RefundWish { readonly lineId?: string | undefined; readonly sku?: string | undefined; readonly quantity: number }

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
const returned = (order: DemoOrder, lineId: string): { quantity: number; amount: number } => {
  const lines = order.refunds.flatMap((refund) => refund.lines).filter((line) => line.lineId === lineId);
  return { quantity: sum(lines.map((line) => line.quantity)), amount: sum(lines.map((line) => line.amount)) };
};

/** Pieces of a line that were not refunded yet. */
export const refundable = (order: DemoOrder, line: DemoLine): number => line.quantity - returned(order, line.id).quantity;

function lineOf(order: DemoOrder, wish: RefundWish): DemoLine {
  const line = order.lines.find((candidate) => (wish.lineId === undefined ? candidate.sku === wish.sku : candidate.id === wish.lineId));
  if (!line) throw refused('GX_REFUND_LINE', `The order ${order.number} has no line ${wish.lineId ?? wish.sku ?? ''}.`, { orderId: order.id });
  return line;
}

function wished(order: DemoOrder, wishes: readonly RefundWish[] | undefined): ReadonlyMap<DemoLine, number> {
  const quantities = new Map<DemoLine, number>();
  if (wishes) for (const wish of wishes) { const line = lineOf(order, wish); quantities.set(line, (quantities.get(line) ?? 0) + wish.quantity); }
  else for (const line of order.lines) { const left = refundable(order, line); if (left > 0) quantities.set(line, left); }
  for (const [line, quantity] of quantities) {
    const left = refundable(order, line);
    if (quantity > left) throw refused('GX_REFUND_TOO_MUCH', `Only ${left} of ${line.sku} can still be refunded.`, { lineId: line.id, left });
  }
  return quantities;
}

/** Points by the share of what they paid for; all of them once everything is back. */
function pointsBack(order: DemoOrder, back: (line: DemoLine) => number): number {
  const { points } = order;
  if (!points) return 0;
  const whole = sum(order.lines.map((line) => line.pointsPaid ?? 0));
  const part = sum(order.lines.map((line) => Math.floor(((line.pointsPaid ?? 0) * back(line)) / line.quantity)));
  const due = order.lines.every((line) => back(line) === line.quantity) ? points.used : Number((BigInt(points.used) * BigInt(part)) / BigInt(Math.max(1, whole)));
  return due - sum(order.refunds.map((refund) => refund.points ?? 0));
}

/**
 * What a refund gives back. Without wishes: everything that is left, shipping included. Several partial refunds of a line add up to
 * what was paid for it, to the fen: each is the difference of two roundings of the whole, never a rounding of its own. Where the rest no
 * longer meets a coupon's minimum, the coupon's own policy shifts the sum; what is given back beyond the returned pieces stands on the other lines.
 * @throws GX_REFUND_LINE, GX_REFUND_TOO_MUCH, GX_REFUND_NOTHING (422)
 */
export function refundOf(order: DemoOrder, wishes: readonly RefundWish[] | undefined, id: string, at: Instant): DemoRefund {
  const quantities = wished(order, wishes);
  const before = new Map(order.lines.map((line) => [line, returned(order, line.id)]));
  const back = (line: DemoLine): number => before.get(line)!.quantity + (quantities.get(line) ?? 0);
  const shipping = wishes ? 0 : order.shipping - sum(order.refunds.map((refund) => refund.shipping));
  if (!quantities.size && shipping <= 0) throw refused('GX_REFUND_NOTHING', `Everything of order ${order.number} was refunded before.`, { orderId: order.id });
  const left = order.lines.map((line) => line.paid - before.get(line)!.amount);
  const natural = order.lines.map((line, i) => (quantities.has(line) ? Math.max(0, Math.min(left[i]!, Math.floor((line.paid * back(line)) / line.quantity) - before.get(line)!.amount)) : 0));
  const notices = returnNotices(order, back);
  const refundedGoods = sum([...before.values()].map(({ amount }) => amount));
  const all = order.lines.every((line) => back(line) === line.quantity);
  const byShare = sum(order.lines.map((line) => Math.floor((line.paid * back(line)) / line.quantity)));
  const due = all ? sum(order.lines.map((line) => line.paid)) : byShare + sum(notices.map(({ shift }) => shift));
  const goods = Math.max(0, Math.min(sum(left), due - refundedGoods));
  const least = sum(natural);
  const shares = goods <= least ? allocate(goods, natural) : allocate(goods - least, left.map((amount, i) => amount - natural[i]!)).map((extra, i) => natural[i]! + extra);
  const lines = order.lines.flatMap((line, i) => (quantities.has(line) || shares[i]! > 0 ? [{ lineId: line.id, quantity: quantities.get(line) ?? 0, amount: shares[i]! }] : []));
  const points = pointsBack(order, back);
  return { id, at, shipping, amount: goods + shipping, lines, ...(points > 0 ? { points } : {}), ...(notices.length ? { notices } : {}) };
}
