import { expect } from 'chai';
import fc from 'fast-check';
import { allocateWithin } from '../../../server/commerce/stacking/allocation.js';
import { applyOffers } from '../../../server/commerce/stacking/apply-offers.js';
import { compatible, MOST_OFFERS, solve } from '../../../server/commerce/stacking/solve.js';
import type { Combination, StackCart, StackOffer } from '../../../server/commerce/stacking/stack-cart.js';
import { DEFAULT_RULES, PAIRS, type StackingRules } from '../../../server/commerce/stacking/stacking-rules.js';
import { STACK_CLASSES } from '../../../server/plugin-api/index.js';

const KEYS = ['a', 'b', 'c', 'd'];
const money = fc.integer({ min: 0, max: 50_000 });
const cart: fc.Arbitrary<StackCart> = fc.record({
  shipping: fc.constantFrom(0, 1200),
  lines: fc.uniqueArray(fc.record({ key: fc.constantFrom(...KEYS), amount: money, floorShare: fc.constantFrom(0, 0, 30, 80, 120) }), { selector: ({ key }) => key, minLength: 1, maxLength: 4 })
    .map((lines) => lines.map(({ key, amount, floorShare }) => ({ key, amount, floor: Math.floor((amount * floorShare) / 100) }))),
});
const offer = fc.oneof(
  fc.record({ class: fc.constant('member' as const), kind: fc.constant('percent' as const), value: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({ class: fc.constantFrom('order' as const, 'product' as const), kind: fc.constantFrom('percent' as const, 'amount' as const), value: fc.integer({ min: 0, max: 10_000 }), on: fc.option(fc.subarray(KEYS, { minLength: 1 }), { nil: undefined }) }),
  fc.record({ class: fc.constant('shipping' as const), kind: fc.constant('free-shipping' as const), value: fc.constant(0) }),
  fc.record({ class: fc.constant('points' as const), kind: fc.constant('amount' as const), value: money }),
);
const offers = (maxLength: number): fc.Arbitrary<StackOffer[]> => fc.array(fc.tuple(offer, fc.option(fc.subarray([...STACK_CLASSES]), { nil: undefined }), fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })), { maxLength })
  .map((list) => list.map(([each, stacksWith, expiresAt], i): StackOffer => ({ id: `o${i}`, ...each, stacksWith, expiresAt })));
const rules: fc.Arbitrary<StackingRules> = fc.record({ version: fc.constant(1), pairs: fc.subarray([...PAIRS]), priority: fc.shuffledSubarray([...STACK_CLASSES], { minLength: 5 }), basis: fc.constantFrom('original' as const, 'running' as const) });
const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
const cost = ({ pay, points }: Combination): number => pay + points;

/** Every allowed subset, found by walking: another way than the solver's. */
function allowed(list: readonly StackOffer[], by: StackingRules, chosen: readonly StackOffer[] = []): (readonly StackOffer[])[] {
  const [first, ...rest] = list;
  if (!first) return [chosen];
  return [...allowed(rest, by, chosen), ...(chosen.every((other) => compatible(first, other, by)) ? allowed(rest, by, [...chosen, first]) : [])];
}

describe('stacking', () => {
  it('finds what costs the shopper least, whatever the order of the coupons', () => {
    fc.assert(fc.property(cart, offers(MOST_OFFERS), rules, fc.nat(), (goods, list, by, turn) => {
      const { best, lost } = solve(goods, list, by);
      expect(cost(best)).to.equal(Math.min(...allowed(list, by).map((chosen) => cost(applyOffers(goods, chosen, by)))));
      const turned = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))].reverse();
      expect(solve({ ...goods }, turned, by)).to.deep.equal({ best, lost });
    }), { numRuns: 120 });
  });

  it('never goes below a price floor by discounts or below nothing at all, and adds up', () => {
    fc.assert(fc.property(cart, offers(MOST_OFFERS), rules, (goods, list, by) => {
      const { best } = solve(goods, list, by);
      const taken = (i: number, points: boolean): number => sum(best.taken.filter(({ id }) => (list.find((each) => each.id === id)?.class === 'points') === points).map(({ shares }) => shares[i] ?? 0));
      goods.lines.forEach((line, i) => {
        expect(best.lines[i]).to.equal(line.amount - taken(i, false) - taken(i, true)).and.at.least(0);
        expect(line.amount - taken(i, false)).to.be.at.least(Math.min(line.floor, line.amount));
      });
      expect(best.pay).to.equal(sum(best.lines) + best.shipping);
      for (const each of best.taken) expect(sum(each.shares)).to.equal(each.goods);
      expect(best.points).to.equal(sum(best.taken.filter(({ id }) => list.find((each) => each.id === id)?.class === 'points').map(({ goods: worth }) => worth)));
    }), { numRuns: 120 });
  });

  it('gives each loser a reason and what it would have cost more', () => {
    fc.assert(fc.property(cart, offers(MOST_OFFERS), rules, (goods, list, by) => {
      const { best, lost } = solve(goods, list, by);
      expect([...best.taken, ...lost].map(({ id }) => id).sort()).to.deep.equal(list.map(({ id }) => id).sort());
      for (const loser of lost) {
        const it = list.find(({ id }) => id === loser.id)!;
        const withIt = Math.min(...allowed(list, by).filter((chosen) => chosen.includes(it)).map((chosen) => cost(applyOffers(goods, chosen, by))));
        expect(loser.difference).to.equal(withIt - cost(best)).and.at.least(0);
        if (loser.reason === 'stacking') for (const other of loser.with) expect(compatible(it, list.find(({ id }) => id === other)!, by)).to.equal(false);
        else expect(loser.with).to.deep.equal([]);
      }
    }), { numRuns: 120 });
  });

  it('keeps to 2^8 combinations: of more offers the best of each kind stays, and then what saves most alone', () => {
    const many = Array.from({ length: 12 }, (_, i): StackOffer => ({ id: `o${String(i).padStart(2, '0')}`, class: 'order', kind: 'amount', value: 100 + i }));
    const { best, lost } = solve({ lines: [{ key: 'a', amount: 10_000, floor: 0 }], shipping: 0 }, many, { ...DEFAULT_RULES, pairs: PAIRS });
    expect(best.taken).to.have.length(MOST_OFFERS);
    expect(lost).to.deep.equal(['o00', 'o01', 'o02', 'o03'].map((id) => ({ id, reason: 'too-many', with: [], difference: 0 })));
    // Ten order coupons of ¥30 and more leave room for a member price of ¥10 and free shipping of ¥1, which go beside them.
    const orders = Array.from({ length: 10 }, (_, i): StackOffer => ({ id: `o${i}`, class: 'order', kind: 'amount', value: 3000 + i }));
    const mixed = solve({ lines: [{ key: 'a', amount: 10_000, floor: 0 }], shipping: 100 }, [...orders, { id: 'vip', class: 'member', kind: 'percent', value: 1000 }, { id: 'ship', class: 'shipping', kind: 'free-shipping', value: 0 }], DEFAULT_RULES);
    expect(mixed.best.taken.map(({ id }) => id)).to.deep.equal(['vip', 'o9', 'ship']);
    expect(mixed.best.pay).to.equal(10_000 - 1000 - 3009);
  });

  it('says what a merchant expects of two coupons, a member price, points and a floor', () => {
    const goods: StackCart = { lines: [{ key: 'a', amount: 20_000, floor: 0 }, { key: 'b', amount: 10_000, floor: 9_500 }], shipping: 1200 };
    const five: StackOffer = { id: 'five', class: 'order', kind: 'amount', value: 500 }, twenty: StackOffer = { id: 'twenty', class: 'order', kind: 'amount', value: 2000 };
    const vip: StackOffer = { id: 'vip', class: 'member', kind: 'percent', value: 1000 }, points: StackOffer = { id: 'points', class: 'points', kind: 'amount', value: 300 };
    const { best, lost } = solve(goods, [five, twenty, vip, points], DEFAULT_RULES);
    // 10 % of 30,000 is 3,000, of which the second line may give 500; then 2,000 off what is left above the floor, then 300 in points.
    expect(best).to.deep.include({ pay: 20_000 + 10_000 - 3000 - 2000 - 300 + 1200, points: 300 });
    expect(best.lines[1]).to.equal(9_500 - best.taken.find(({ id }) => id === 'points')!.shares[1]!);
    expect(lost).to.deep.equal([{ id: 'five', reason: 'stacking', with: ['twenty'], difference: 1500 }]);
    expect(solve({ lines: [{ key: 'a', amount: 10_000, floor: 10_000 }], shipping: 0 }, [five], DEFAULT_RULES).lost).to.deep.equal([{ id: 'five', reason: 'floor', with: [], difference: 0 }]);
    expect(solve({ lines: [{ key: 'a', amount: 10_000, floor: 0 }], shipping: 0 }, [{ id: 'ship', class: 'shipping', kind: 'free-shipping', value: 0 }], DEFAULT_RULES).lost[0]).to.deep.include({ reason: 'no-effect' });
    // Of equals the one that expires sooner; a percentage of the list price or of what is left.
    expect(solve(goods, [{ ...five, id: 'x', expiresAt: 9 }, { ...five, id: 'y', expiresAt: 5 }], DEFAULT_RULES).best.taken.map(({ id }) => id)).to.deep.equal(['y']);
    const both = (basis: 'original' | 'running'): number => solve({ lines: [{ key: 'a', amount: 10_000, floor: 0 }], shipping: 0 }, [vip, { id: 'half', class: 'order', kind: 'percent', value: 5000 }], { ...DEFAULT_RULES, basis }).best.pay;
    expect([both('original'), both('running')]).to.deep.equal([4000, 4500]);
  });

  it('shares out within limits', () => {
    fc.assert(fc.property(fc.array(fc.record({ weight: money, limit: money }), { minLength: 1, maxLength: 8 }), fc.nat(), (parts, wish) => {
      const limits = parts.map(({ weight, limit }) => Math.min(weight, limit)), total = Math.min(wish, sum(limits));
      const shares = allocateWithin(total, parts.map(({ weight }) => weight), limits);
      expect(sum(shares)).to.equal(total);
      shares.forEach((share, i) => { expect(share).to.be.within(0, limits[i]!); });
    }));
  });
});
