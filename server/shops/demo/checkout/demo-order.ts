import type { CustomerSnapshot, OrderSnapshot, RefundSnapshot } from '../../../commerce/snapshots.js';
import type { Instant, Localised } from '../../../plugin-api/index.js';
import { DEMO_CURRENCY } from '../catalogue/catalogue.js';
import type { ReturnNotice } from './return-policy.js';

/** Money is fen. */
export interface DemoLine { readonly id: string; readonly sku: string; readonly title: string; readonly quantity: number; readonly unitPrice: number; /** In money, after discounts and points. */ readonly paid: number; /** Worth of the points that paid for it. */ readonly pointsPaid?: number }
export interface DemoRefund { readonly id: string; readonly at: Instant; readonly amount: number; readonly shipping: number; readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly amount: number }[]; readonly points?: number; /** What the shopper was told of coupons whose minimum is no longer met. */ readonly notices?: readonly ReturnNotice[] }

/** An order as the demo shop keeps it; it is paid the moment it is placed. */
export interface DemoOrder {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly placedAt: Instant;
  readonly deliveredAt: Instant | null;
  readonly updatedAt: Instant;
  readonly subtotal: number;
  /** Off the goods, without points. */
  readonly discount: number;
  readonly shipping: number;
  readonly total: number;
  readonly codes: readonly { readonly code: string; readonly amount: number; readonly minimum?: number; readonly returns?: ReturnNotice['policy']; /** What it took off each line. */ readonly shares?: readonly number[] }[];
  /** `transactionId`: the entry of the ledger by which they were spent. */
  readonly points?: { readonly used: number; readonly worth: number; readonly transactionId: string };
  readonly memberSaved?: number;
  readonly memberLabel?: Localised;
  readonly lines: readonly DemoLine[];
  readonly refunds: readonly DemoRefund[];
}

/** Where it goes and what pays for it. The demo shop keeps neither; the economy a keyed hash, to see when many accounts are one. */
export interface Delivery { readonly address?: string | undefined; readonly card?: string | undefined }

export const orderSnapshot = (order: DemoOrder, customer: CustomerSnapshot, { address, card }: Delivery = {}): OrderSnapshot => ({
  externalId: order.id, number: order.number, customer, currency: DEMO_CURRENCY, placedAt: order.placedAt, paidAt: order.placedAt, deliveredAt: order.deliveredAt, updatedAt: order.updatedAt,
  subtotal: order.subtotal, discount: order.discount + (order.points?.worth ?? 0), shipping: order.shipping, tax: 0, total: order.total, ...(order.memberSaved === undefined ? {} : { memberSaved: order.memberSaved }), codes: order.codes.map(({ code, amount }) => ({ code, amount })),
  lines: order.lines.map((line) => ({ externalId: line.id, sku: line.sku, title: line.title, quantity: line.quantity, unitPrice: line.unitPrice, paid: line.paid })),
  ...(address === undefined ? {} : { address }), ...(card === undefined ? {} : { payment: card }),
});

export const refundSnapshot = (order: Pick<DemoOrder, 'id'>, refund: DemoRefund): RefundSnapshot => ({
  externalId: refund.id, orderExternalId: order.id, at: refund.at, amount: refund.amount,
  lines: refund.lines.map((line) => ({ lineExternalId: line.lineId, quantity: line.quantity, amount: line.amount })),
});

export const refundedTotal = (order: DemoOrder): number => order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
