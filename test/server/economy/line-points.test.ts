import { expect } from 'chai';
import fc from 'fast-check';
import { linePoints, reversedPoints, type EarningRate } from '../../../server/economy/earning/line-points.js';
import { firstRule, type EarnRule } from '../../../server/economy/earning/earn-rule.js';
import { combined, orderPoints } from '../../../server/economy/earning/order-points.js';

const rate = (amount: number, more: Partial<EarningRate> = {}): EarningRate => ({ points: 1, amount, rounding: 'down', scale: [1, 1], ...more });
const once = (paid: readonly number[]) => paid.map((base) => ({ base, basisPoints: 10_000 }));
const money = fc.nat(1_000_000_000);
const shares = fc.array(fc.record({ base: money, basisPoints: fc.integer({ min: 10_000, max: 50_000 }) }), { maxLength: 12 });

describe('points of order lines', () => {
  it('give what rounding leaves over to the largest remainders', () => {
    expect(linePoints(once([199, 150, 151]), rate(100))).to.deep.equal([2, 1, 2]);
    expect(linePoints(once([50, 50]), rate(100))).to.deep.equal([1, 0]);
    expect(linePoints(once([]), rate(100))).to.deep.equal([]);
    expect(linePoints(once([30, 30, 30]), rate(100, { rounding: 'nearest' }))).to.deep.equal([1, 0, 0]);
    expect(linePoints(once([0, 1, 0]), rate(100, { rounding: 'up' }))).to.deep.equal([0, 1, 0]);
    expect(linePoints([{ base: 10_000, basisPoints: 15_000 }, { base: 10_000, basisPoints: 50_000 }], rate(100))).to.deep.equal([150, 500]);
  });

  it('always sum to the points of the whole order, each line within one of its own', () => {
    fc.assert(fc.property(shares, fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 100_000 }), fc.constantFrom('down' as const, 'nearest' as const, 'up' as const), (lines, points, amount, rounding) => {
      const exact = lines.map(({ base, basisPoints }) => BigInt(base) * BigInt(basisPoints) * BigInt(points)), divisor = BigInt(amount) * 10_000n;
      const whole = exact.reduce((all, part) => all + part, 0n), down = whole / divisor, rest = whole % divisor;
      const wanted = rounding === 'down' || rest === 0n ? down : rounding === 'up' ? down + 1n : 2n * rest >= divisor ? down + 1n : down;
      const got = linePoints(lines, rate(amount, { points, rounding }));
      expect(got.reduce((all, part) => all + BigInt(part), 0n)).to.equal(wanted);
      got.forEach((share, n) => expect(BigInt(share) - exact[n]! / divisor).to.be.oneOf(exact[n]! % divisor === 0n ? [0n] : [0n, 1n]));
    }));
  });

  it('E5: thirds of 100 points come back as 33, 34 and 33', () => {
    expect([3333, 6667, 10_000].map((refunded) => reversedPoints(100, refunded, 10_000))).to.deep.equal([33, 67, 100]);
  });

  it('round halves up when they are taken back, never take more than there was, and all at the end', () => {
    expect([reversedPoints(1, 50, 100), reversedPoints(1, 49, 100), reversedPoints(7, 999, 100), reversedPoints(7, 0, 0)]).to.deep.equal([1, 0, 7, 7]);
    fc.assert(fc.property(fc.nat(1_000_000), fc.nat(), fc.nat(), fc.integer({ min: 1 }), (points, a, b, paid) => {
      expect(reversedPoints(points, Math.min(a, b), paid)).to.be.at.most(reversedPoints(points, Math.max(a, b), paid)).and.at.least(0);
    }));
  });
});

describe('what an order earns', () => {
  const rule = (more: Partial<EarnRule> = {}): EarnRule => ({ ...firstRule('CNY'), ...more });
  const goods = (paid: number, more: object = {}) => ({ sku: 'A', type: 'tea', giftCard: false, quantity: 1, unitPrice: paid, paid, ...more });
  const points = (r: EarnRule, lines: readonly ReturnType<typeof goods>[], amounts: object = {}): number[] => orderPoints(r, 'CNY', { currency: 'CNY', shipping: 0, tax: 0, ...amounts }, lines, lines.map(() => 10_000)).points;

  it('counts goods after discounts alone, or also what the rule lets in', () => {
    const lines = [goods(10_000, { unitPrice: 12_000 }), goods(5000, { sku: 'B', type: 'cups' })], extra = { shipping: 1500, tax: 900 };
    expect(points(rule(), lines, extra)).to.deep.equal([100, 50]);
    expect(points(rule({ afterDiscounts: false }), lines, extra)).to.deep.equal([120, 50]);
    expect(points(rule({ withShipping: true }), lines, extra)).to.deep.equal([110, 55]);
    expect(points(rule({ withShipping: true, withTax: true }), lines, extra)).to.deep.equal([116, 58]);
  });

  it('leaves out chosen goods, kinds of goods, and gift cards unless they count', () => {
    const lines = [goods(10_000), goods(5000, { sku: 'B', type: 'cups' }), goods(20_000, { sku: 'G', type: null, giftCard: true })];
    expect(points(rule({ excluded: { skus: ['A'], types: [] } }), lines)).to.deep.equal([0, 50, 0]);
    expect(points(rule({ excluded: { skus: [], types: ['cups'] }, withGiftCards: true }), lines)).to.deep.equal([100, 0, 200]);
  });

  it('gives nothing below the minimum, and counts each currency in its own units', () => {
    expect(points(rule({ minimumOrder: 10_001 }), [goods(10_000)])).to.deep.equal([0]);
    expect(points(rule({ minimumOrder: 10_000 }), [goods(10_000)])).to.deep.equal([100]);
    expect(points(rule({ minimumOrder: 10_000 }), [goods(99)], { currency: 'JPY' })).to.deep.equal([0]);
    expect(points(rule({ minimumOrder: 10_000 }), [goods(120)], { currency: 'JPY' })).to.deep.equal([120]);
    expect(points(rule({ ratePoints: 3, rateAmount: 1000 }), [goods(5000)], { currency: 'KWD' })).to.deep.equal([1]);
  });

  it('multiplies tier and campaign, five times at most or what the rule allows', () => {
    const times = (...basisPoints: number[]) => basisPoints.map((each) => ({ basisPoints: each }));
    expect(combined(rule(), [])).to.equal(10_000);
    expect(combined(rule(), times(15_000, 20_000))).to.equal(30_000);
    expect(combined(rule(), times(30_000, 30_000))).to.equal(50_000);
    expect(combined(rule({ maxMultiplier: 20_000 }), times(30_000))).to.equal(20_000);
    fc.assert(fc.property(fc.array(fc.integer({ min: 10_000, max: 50_000 }), { maxLength: 20 }), (list) => { expect(combined(rule(), times(...list))).to.be.within(10_000, 50_000); }));
  });
});
