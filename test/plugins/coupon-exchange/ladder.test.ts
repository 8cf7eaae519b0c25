import { expect } from 'chai';
import fc from 'fast-check';
import type { Orders, OrderSum, ShopContext } from '../../../server/plugin-api/index.js';
import { walkOrders } from '../../../plugins/coupon-exchange/services/order-walk.js';
import { testContext } from '../../kit/databases.js';
import { fitOf, histogram, percentile, proposeLadder } from '../../../plugins/coupon-exchange/services/ladder.js';

const values = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 1, maxLength: 400 });

describe('a ladder of coupons', () => {
  it('reads what was paid since a moment, however much was paid before', async () => {
    const sum = (n: number): OrderSum => ({ id: String(n).padStart(6, '0'), personId: 'p', paidAt: n, goods: 1, net: 1, shipping: 0, saved: 0, refundedAt: null, returns: [] });
    const all = Array.from({ length: 100_002 }, (_, n) => sum(n));
    const shop = { sums: (_: ShopContext, which: Parameters<Orders['sums']>[1]): Promise<readonly OrderSum[]> => {
      const { after = '', limit, paidSince = 0 } = which as Extract<typeof which, { limit: number }>;
      return Promise.resolve(all.filter(({ id, paidAt }) => id > after && paidAt >= paidSince).slice(0, limit));
    } };
    const found: string[] = [];
    for await (const page of walkOrders(shop, testContext(), 100_001, new AbortController().signal)) found.push(...page.map(({ id }) => id));
    expect(found).to.deep.equal(['100001']);
  });

  it('stands on the median, the 60th and the 85th percentile, with what the margin bears', () => {
    const orders = Array.from({ length: 100 }, (_, i) => (i + 1) * 250);
    expect(proposeLadder(orders, 0.4, 100)).to.deep.include({ orders: 100, median: 12_500, middle: 15_000, high: 21_250 });
    expect(proposeLadder(orders, 0.4, 100).rungs).to.deep.equal([
      { step: 'small', minimum: 0, discount: 100, validDays: 14, cost: 100 }, { step: 'middle', minimum: 14_900, discount: 1_400, validDays: 14, cost: 840 }, { step: 'large', minimum: 20_900, discount: 600, validDays: 30, cost: 240 },
    ]);
    expect(proposeLadder([], 0.4, 100), 'no orders, no ladder').to.deep.equal({ orders: 0, median: 0, middle: 0, high: 0, bars: [], rungs: [] });
    expect(percentile([1, 2, 3, 4], 0.5)).to.equal(2);
  });

  it('never takes more than a quarter of the margin of its step, nor the whole order, in any currency', () => {
    fc.assert(fc.property(values, fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(1, 100, 1_000), (orders, margin, unit) => {
      const { rungs, median } = proposeLadder(orders, margin / 10_000, unit);
      let before = 0;
      for (const { step, discount, minimum, cost } of rungs) {
        expect([discount, minimum, cost].every((each) => Number.isSafeInteger(each) && each >= 0)).to.equal(true);
        if (step === 'small') { expect(discount).to.be.at.most(Math.min(2 * unit, median * 0.01)); continue; }
        expect(discount).to.be.at.most((minimum - (step === 'large' ? before : 0)) * (margin / 10_000) * 0.25 + 1e-6);
        expect(discount).to.be.below(minimum);
        before = minimum;
      }
    }));
  });

  it('counts every order in exactly one bar, and says what a minimum reaches', () => {
    fc.assert(fc.property(values, fc.constantFrom(1, 100), (orders, unit) => {
      const bars = histogram(orders.toSorted((a, b) => a - b), unit);
      expect(bars.reduce((total, { count }) => total + count, 0)).to.equal(orders.length);
      expect(bars.length).to.be.at.most(20);
      for (const { from, to, count } of bars.slice(0, -1)) expect(orders.filter((each) => each >= from && each < (to ?? Infinity)).length).to.equal(count);
    }));
    expect(fitOf([50, 80, 100, 200], 100)).to.deep.equal({ reach: 0.5, near: 0.25, reaching: 2, nearly: 1 });
  });
});
