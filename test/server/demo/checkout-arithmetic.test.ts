import { expect } from 'chai';
import fc from 'fast-check';
import { CATALOGUE } from '../../../server/shops/demo/catalogue/catalogue.js';
import { allocate } from '../../../server/commerce/stacking/allocation.js';
import { RETURN_POLICIES } from '../../../server/plugin-api/index.js';
import type { DemoOrder, DemoRefund } from '../../../server/shops/demo/checkout/demo-order.js';
import { codeLabel } from '../../../server/shops/demo/doors/code-label.js';
import { placedOrder } from '../../../server/shops/demo/checkout/placed-order.js';
import { quote, SHIPPING, type CodeVerdict } from '../../../server/shops/demo/checkout/quote.js';
import { refundable, refundOf } from '../../../server/shops/demo/checkout/refund-arithmetic.js';

const cart = fc.array(fc.record({ sku: fc.constantFrom(...CATALOGUE.map((product) => product.sku)), quantity: fc.integer({ min: 1, max: 99 }) }), { minLength: 1, maxLength: 20 });
const verdict: fc.Arbitrary<CodeVerdict> = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), value: fc.integer({ min: 1, max: 200_000 }), minimum: fc.constant(0) }),
  fc.record({ kind: fc.constant('percent' as const), value: fc.integer({ min: 1, max: 10_000 }), minimum: fc.constant(0) }),
  fc.record({ kind: fc.constant('free-shipping' as const), value: fc.constant(0), minimum: fc.constant(0) }),
  fc.record({ kind: fc.constant('price' as const), value: fc.integer({ min: 0, max: 50_000 }), minimum: fc.constant(0), sku: fc.constantFrom(...CATALOGUE.map((product) => product.sku)) }),
).map((terms) => ({ code: 'X', ok: true, terms }));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

const orderOf = (lines: readonly { sku: string; quantity: number }[], codes: readonly CodeVerdict[]): DemoOrder => {
  const order = placedOrder(quote(lines, codes), { id: 'o', number: '#1', customerId: 'c', at: 0 });
  return { ...order, lines: order.lines.map((line, i) => ({ ...line, id: `l${i}` })) };
};

describe('demo checkout arithmetic', () => {
  it('allocates by largest remainder: exact sum, nobody a whole unit off', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 30 }), (total, weights) => {
      const shares = allocate(total, weights);
      const all = sum(weights);
      expect(sum(shares)).to.equal(all === 0 ? 0 : total);
      if (all > 0) weights.forEach((weight, i) => { expect(Math.abs((shares[i] ?? 0) - (total * weight) / all)).to.be.below(1 + 1e-6); });
    }));
    expect(allocate(100, [1, 1, 1])).to.deep.equal([34, 33, 33]);
    expect(allocate(5, [0, 0])).to.deep.equal([0, 0]);
  });

  it('adds up whatever the cart and the codes', () => {
    fc.assert(fc.property(cart, fc.array(verdict, { maxLength: 5 }), (lines, codes) => {
      const priced = quote(lines, codes);
      expect(priced.subtotal).to.equal(sum(priced.lines.map((line) => line.unitPrice * line.quantity)));
      expect(sum(priced.lines.map((line) => line.paid))).to.equal(priced.subtotal - priced.discount);
      expect(priced.total).to.equal(priced.subtotal - priced.discount + priced.shipping);
      expect(priced.discount).to.be.within(0, priced.subtotal);
      for (const line of priced.lines) expect(line.paid).to.be.within(0, line.unitPrice * line.quantity);
    }));
  });

  it('merges lines of one product and says why a code does not apply', () => {
    const priced = quote([{ sku: 'STA-WT03', quantity: 1 }, { sku: 'STA-WT03', quantity: 2 }], [{ code: 'OLD', ok: false, reason: 'expired' }]);
    expect(priced.lines).to.have.length(1);
    expect(priced).to.deep.include({ subtotal: 7800, discount: 0, shipping: SHIPPING, total: 9000 });
    expect(priced.codes).to.deep.equal([{ code: 'OLD', ok: false, amount: 0, reason: 'expired' }]);
  });

  it('takes the shipping off with a free-shipping code and refuses what is not sold', () => {
    const priced = quote([{ sku: 'STA-WT03', quantity: 1 }], [{ code: 'SHIP', ok: true, terms: { kind: 'free-shipping', value: 0, minimum: 0 } }]);
    expect(priced).to.deep.include({ discount: 0, shipping: 0, total: 2600 });
    expect(priced.codes[0]).to.deep.include({ code: 'SHIP', ok: true, amount: SHIPPING });
    expect(() => quote([{ sku: 'no such', quantity: 1 }], [])).to.throw().with.property('code', 'GX_SKU');
  });

  it('gives one piece of a product the price of its code, never below nothing, and says when the product is not in the cart', () => {
    const code = (value: number, sku = 'STA-WT03'): CodeVerdict => ({ code: 'P', ok: true, terms: { kind: 'price', value, minimum: 0, sku } });
    const half: CodeVerdict = { code: 'HALF', ok: true, terms: { kind: 'percent', value: 5_000, minimum: 0 } };
    const two = [{ sku: 'STA-WT03', quantity: 2 }];
    expect(quote(two, [code(990)])).to.include({ subtotal: 5200, discount: 1610 });
    expect(quote(two, [code(990)]).codes.map(({ ok, amount }) => [ok, amount])).to.deep.equal([[true, 1610]]);
    expect(quote(two, [code(0), code(0), code(0)]).codes.map(({ amount, reason }) => reason ?? amount), 'one code for one piece').to.deep.equal([2600, 2600, 'not-in-cart']);
    expect(quote(two, [code(9_999)]).discount, 'a price above the list price takes nothing off').to.equal(0);
    expect(quote(two, [half, code(0)]).discount, 'others take their share of what is left').to.equal(2600 + 1300);
    expect(quote(two, [code(0, 'TEA-NONE')]).codes[0]).to.deep.include({ code: 'P', ok: false, amount: 0, reason: 'not-in-cart' });
    expect(codeLabel('en', { kind: 'price', value: 990, minimum: 0, sku: 'STA-WT03' })).to.match(/ for ¥9\.90$/);
    expect(codeLabel('zh-CN', { kind: 'percent', value: 1500, minimum: 10_000 })).to.equal('满 ¥100 8.5 折');
    expect(codeLabel('en', { kind: 'percent', value: 1500, minimum: 10_000, skus: ['TEA-LJ01', 'HOM-MG05'] })).to.equal('15 % off, 2 products from ¥100');
  });

  it('refunds piece by piece exactly what was paid, and never more', () => {
    fc.assert(fc.property(cart, fc.array(verdict, { maxLength: 2 }), fc.array(fc.nat({ max: 19 }), { maxLength: 30 }), (lines, codes, picks) => {
      let order = orderOf(lines, codes);
      for (const [i, pick] of picks.entries()) {
        const line = order.lines[pick % order.lines.length];
        if (!line || refundable(order, line) === 0) continue;
        order = { ...order, refunds: [...order.refunds, refundOf(order, [{ lineId: line.id, quantity: 1 }], `r${i}`, i)] };
      }
      const open = order.lines.some((line) => refundable(order, line) > 0) || order.shipping > 0;
      if (open) order = { ...order, refunds: [...order.refunds, refundOf(order, undefined, 'rest', 99)] };
      expect(sum(order.refunds.map((refund) => refund.amount))).to.equal(order.total);
      for (const refund of order.refunds) for (const line of refund.lines) expect(line.amount).to.be.at.least(0);
      expect(() => refundOf(order, undefined, 'again', 100)).to.throw().with.property('code', 'GX_REFUND_NOTHING');
    }));
  });

  it('gives back every fen and every point in the end, whatever the coupons\' policies, floors and the order of returns', () => {
    const policy = fc.array(fc.record({ minimum: fc.integer({ min: 0, max: 60_000 }), returns: fc.constantFrom(...RETURN_POLICIES), value: fc.integer({ min: 1, max: 20_000 }), kind: fc.constantFrom('amount' as const, 'order' as const) }), { maxLength: 2 });
    fc.assert(fc.property(cart, policy, fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 10_000 }), fc.array(fc.nat({ max: 19 }), { maxLength: 40 }), (lines, policies, available, floor, picks) => {
      const verdicts = policies.map(({ minimum, returns, value, kind }, i): CodeVerdict => ({ code: `C${i}`, ok: true, terms: { kind: 'amount', class: kind === 'order' ? 'order' : 'product', value, minimum, returns } }));
      const priced = quote(lines, verdicts, { points: { available, worth: 150, use: true }, floors: new Map([[lines[0]!.sku, { kind: 'percent', value: floor }]]), member: { id: 'm', basisPoints: 700, label: { en: 'm', 'zh-CN': 'm' } } });
      let order = placedOrder(priced, { id: 'o', number: '#1', customerId: 'c', at: 0, spent: 'entry' });
      expect(order.total).to.equal(order.subtotal - order.discount - (order.points?.worth ?? 0) + order.shipping);
      const back = (refund: DemoRefund): void => {
        expect(refund.amount).to.equal(sum(refund.lines.map((line) => line.amount)) + refund.shipping).and.at.least(0);
        for (const line of refund.lines) expect(line.amount).to.be.at.least(0);
        order = { ...order, refunds: [...order.refunds, refund] };
        for (const line of order.lines) expect(sum(order.refunds.flatMap((each) => each.lines).filter((each) => each.lineId === line.id).map((each) => each.amount))).to.be.at.most(line.paid);
      };
      for (const [i, pick] of picks.entries()) {
        const line = order.lines[pick % order.lines.length]!;
        if (refundable(order, line) > 0) back(refundOf(order, [{ lineId: line.id, quantity: 1 + (pick % refundable(order, line)) }], `r${i}`, i));
      }
      if (order.lines.some((line) => refundable(order, line) > 0) || order.shipping > 0) back(refundOf(order, undefined, 'rest', 99));
      expect(sum(order.refunds.map((refund) => refund.amount))).to.equal(order.total);
      expect(sum(order.refunds.map((refund) => refund.points ?? 0))).to.equal(order.points?.used ?? 0);
    }));
  });

  it('refuses more than is left and lines that are not there', () => {
    const order = orderOf([{ sku: 'TEA-LJ01', quantity: 2 }], []);
    expect(() => refundOf(order, [{ sku: 'TEA-LJ01', quantity: 3 }], 'r', 0)).to.throw().with.property('code', 'GX_REFUND_TOO_MUCH');
    expect(() => refundOf(order, [{ sku: 'TEA-LJ01', quantity: 1 }, { lineId: 'l0', quantity: 2 }], 'r', 0)).to.throw().with.property('code', 'GX_REFUND_TOO_MUCH');
    expect(() => refundOf(order, [{ sku: 'STA-WT03', quantity: 1 }], 'r', 0)).to.throw().with.property('code', 'GX_REFUND_LINE');
  });
});
