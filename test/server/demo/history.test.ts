import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { productPicture } from '../../../server/shops/demo/art/product-picture.js';
import { CATALOGUE } from '../../../server/shops/demo/catalogue/catalogue.js';
import { refundedTotal } from '../../../server/shops/demo/checkout/demo-order.js';
import { demoHistory } from '../../../server/shops/demo/generator/history.js';
import { demoReviews } from '../../../server/shops/demo/reviews/demo-reviews.js';

const ANCHOR = Date.parse('2026-11-20T04:30:00Z');
const YEAR = 365 * 86_400_000;
const digest = (data: unknown): string => createHash('sha256').update(JSON.stringify(data)).digest('hex');
const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

describe('demo history', () => {
  const history = demoHistory(ANCHOR);
  const reviews = [...demoReviews(CATALOGUE, history.orders, history)];

  it('is the same every time, and another for another day', () => {
    expect(digest(demoHistory(ANCHOR))).to.equal(digest(history));
    expect(digest([...demoReviews(CATALOGUE, history.orders, history)])).to.equal(digest(reviews));
    expect(digest(demoHistory(ANCHOR + 86_400_000, 50))).to.not.equal(digest(demoHistory(ANCHOR, 50)));
  });

  it('is a shop of the promised size that grows, with many small and few large customers', () => {
    expect(history.customers).to.have.length(2000);
    expect(history.orders.length).to.be.within(7500, 10_500);
    const counts = new Map<string, number>();
    for (const order of history.orders) counts.set(order.customerId, (counts.get(order.customerId) ?? 0) + 1);
    expect([...counts.values()].filter((n) => n === 1).length).to.be.above(300);
    expect(Math.max(...counts.values())).to.be.above(20);
    expect(history.orders.filter((order) => order.placedAt > ANCHOR - YEAR).length).to.be.above(history.orders.length * 0.52);
    expect(new Set(history.customers.map((customer) => customer.email)).size).to.equal(2000);
    for (const customer of history.customers) expect(customer.email).to.match(/^[a-z.]+\d+@example\.com$/);
    expect(new Set(history.customers.map((customer) => customer.locale))).to.deep.equal(new Set(['zh-CN', 'en']));
  });

  it('sells more on 11 November than on other days', () => {
    const on = (day: string): number => history.orders.filter((order) => new Date(order.placedAt + 8 * 3_600_000).toISOString().startsWith(day)).length;
    expect(on('2025-11-11')).to.be.above(2 * on('2025-11-18'));
  });

  it('has totals that add up and dates in order', () => {
    const ids = new Set<string>();
    let before = 0;
    const joined = new Map(history.customers.map((customer) => [customer.id, customer.joinedAt]));
    for (const order of history.orders) {
      expect(order.placedAt).to.be.at.least(before).and.below(ANCHOR);
      before = order.placedAt;
      expect(joined.get(order.customerId)).to.be.below(order.placedAt);
      if (order.deliveredAt !== null) expect(order.deliveredAt).to.be.above(order.placedAt).and.at.most(ANCHOR);
      expect(order.lines.length).to.be.within(1, 4);
      expect(sum(order.lines.map((line) => line.unitPrice * line.quantity))).to.equal(order.subtotal);
      expect(sum(order.lines.map((line) => line.paid))).to.equal(order.subtotal - order.discount);
      expect(order.subtotal - order.discount + order.shipping).to.equal(order.total);
      expect(refundedTotal(order)).to.be.at.most(order.total);
      for (const refund of order.refunds) expect(refund.at).to.be.above(order.deliveredAt ?? Infinity).and.at.most(ANCHOR);
      for (const line of order.lines) { expect(ids.has(line.id)).to.equal(false); ids.add(line.id); }
    }
    const refunded = history.orders.filter((order) => order.refunds.length).length / history.orders.length;
    expect(refunded).to.be.within(0.03, 0.055);
    expect(history.orders.some((order) => order.refunds.length && refundedTotal(order) === order.total)).to.equal(true);
    expect(history.orders.some((order) => order.refunds.length && refundedTotal(order) < order.total)).to.equal(true);
  });

  it('writes reviews by verified buyers only, whose words fit the stars', () => {
    expect(reviews.length).to.be.within(1000, 2000);
    const orders = new Map(history.orders.map((order) => [order.id, order]));
    const once = new Set<string>();
    for (const review of reviews) {
      const order = orders.get(review.orderExternalId);
      expect(order?.customerId).to.equal(review.customerExternalId);
      expect(order?.lines.some((line) => line.sku === review.sku)).to.equal(true);
      expect(review.at).to.be.above(order?.deliveredAt ?? Infinity).and.at.most(ANCHOR);
      expect(review.stars).to.be.within(1, 5);
      expect(/\p{Script=Han}/u.test(review.text)).to.equal(review.locale === 'zh-CN');
      expect(review.text).to.not.include('{');
      const key = `${review.customerExternalId} ${review.sku}`;
      expect(once.has(key)).to.equal(false);
      once.add(key);
    }
    const share = (stars: number): number => reviews.filter((review) => review.stars === stars).length / reviews.length;
    expect(share(5)).to.be.above(0.45);
    expect(share(1)).to.be.within(0.02, 0.12);
    expect(reviews.filter((review) => review.stars <= 2).some((review) => /值得买|推荐。|Worth every yuan|Will buy again/.test(review.text))).to.equal(false);
  });

  it('draws each product in its own way, without scripts or styles', () => {
    const pictures = CATALOGUE.map((product) => productPicture(product.picture, product.title.en));
    expect(new Set(CATALOGUE.map((product) => product.sku)).size).to.equal(CATALOGUE.length);
    expect(CATALOGUE.length).to.equal(40);
    expect(new Set(pictures.map((picture) => picture.replace(/<title>.*<\/title>/, ''))).size).to.equal(40);
    for (const picture of pictures) expect(picture).to.not.match(/<script|style=|NaN|undefined|href=/);
    expect(productPicture({ motif: 'tin', palette: 'leaf' }, '<b>&')).to.not.include('<b>');
  });
});
