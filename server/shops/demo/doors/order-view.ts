import type { Locale, Opening, ShopContext, z } from '../../../plugin-api/index.js';
import { DEMO_CURRENCY, imageUrl, productBySku } from '../catalogue/catalogue.js';
import { refundedTotal, type DemoOrder, type DemoRefund } from '../checkout/demo-order.js';
import type { Quote } from '../checkout/quote.js';
import { refundable } from '../checkout/refund-arithmetic.js';
import { codeLabel } from './code-label.js';
import type * as schemas from './schemas.js';

/** An order as the doors answer it. */
export const orderView = (order: DemoOrder): z.output<typeof schemas.order> => ({
  id: order.id, number: order.number, customerId: order.customerId, currency: DEMO_CURRENCY, placedAt: order.placedAt, deliveredAt: order.deliveredAt,
  subtotal: order.subtotal, discount: order.discount, shipping: order.shipping, total: order.total, refundedTotal: refundedTotal(order), codes: order.codes.map(({ code, amount }) => ({ code, amount })), memberSaved: order.memberSaved ?? 0,
  points: order.points ? { used: order.points.used, worth: order.points.worth } : null,
  lines: order.lines.map((line) => ({ id: line.id, sku: line.sku, title: line.title, imageUrl: imageUrl(line.sku), quantity: line.quantity, refundable: refundable(order, line), unitPrice: line.unitPrice, paid: line.paid, pointsPaid: line.pointsPaid ?? 0 })),
  refunds: order.refunds.map(({ id, at, amount, points = 0 }) => ({ id, at, amount, points })),
});

/** A priced cart with the words and pictures of the reader's language. */
export const quoteView = (locale: Locale, quote: Quote): z.output<typeof schemas.quote> => ({
  subtotal: quote.subtotal, discount: quote.discount, shipping: quote.shipping, total: quote.total, codes: quote.codes.map(({ terms, ...code }) => ({ ...code, ...(terms ? { label: codeLabel(locale, terms) } : {}) })),
  member: quote.member ? { ...quote.member, label: quote.member.label[locale] } : null, points: quote.points ? { ...quote.points } : null,
  why: quote.why.map((each) => ({ ...each, with: [...each.with] })),
  lines: quote.lines.map((line) => {
    const product = productBySku(line.sku);
    return { ...line, title: product?.title[locale] ?? line.title, detail: product?.detail[locale] ?? '', imageUrl: imageUrl(line.sku) };
  }),
});

/** What a return gives back, before it is confirmed. */
export const returningView = ({ amount, points = 0, lines, notices = [] }: DemoRefund): z.output<typeof schemas.returning> =>
  ({ amount, points, lines: lines.map((line) => ({ ...line })), notices: notices.map((notice) => ({ ...notice })) });

/** When a product can be bought, as its page says it. */
export const openingView = ({ locale, now }: ShopContext, { at, forAll, because, first }: Opening): z.output<typeof schemas.opening> => ({
  open: at <= now, at, forAll, because: because?.[locale] ?? null, first: first && first.at < at ? { at: first.at, who: first.who[locale] } : null,
});
