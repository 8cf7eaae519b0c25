import type { Locale, z } from '../../../plugin-api/index.js';
import { DEMO_CURRENCY, imageUrl, productBySku } from '../catalogue/catalogue.js';
import { refundedTotal, type DemoOrder } from '../checkout/demo-order.js';
import type { Quote } from '../checkout/quote.js';
import { refundable } from '../checkout/refund-arithmetic.js';
import type * as schemas from './schemas.js';

/** An order as the doors answer it. */
export const orderView = (order: DemoOrder): z.output<typeof schemas.order> => ({
  id: order.id, number: order.number, customerId: order.customerId, currency: DEMO_CURRENCY, placedAt: order.placedAt, deliveredAt: order.deliveredAt,
  subtotal: order.subtotal, discount: order.discount, shipping: order.shipping, total: order.total, refundedTotal: refundedTotal(order), codes: order.codes.map((code) => ({ ...code })),
  lines: order.lines.map((line) => ({ id: line.id, sku: line.sku, title: line.title, imageUrl: imageUrl(line.sku), quantity: line.quantity, refundable: refundable(order, line), unitPrice: line.unitPrice, paid: line.paid })),
  refunds: order.refunds.map(({ id, at, amount }) => ({ id, at, amount })),
});

/** A priced cart with the words and pictures of the reader's language. */
export const quoteView = (locale: Locale, quote: Quote): z.output<typeof schemas.quote> => ({
  ...quote, codes: quote.codes.map((code) => ({ ...code })),
  lines: quote.lines.map((line) => {
    const product = productBySku(line.sku);
    return { ...line, title: product?.title[locale] ?? line.title, detail: product?.detail[locale] ?? '', imageUrl: imageUrl(line.sku) };
  }),
});
