import { expect } from 'chai';
import fc from 'fast-check';
import { isHeldOut } from '../../../plugins/coupon-exchange/services/holdout.js';
import { ENOUGH_PEOPLE, liftOf, type Outcome } from '../../../plugins/coupon-exchange/services/lift.js';

const people = (count: number, margin: number, orders = 1): Outcome[] => Array.from({ length: count }, () => ({ orders, margin }));

describe('what a reward adds', () => {
  it('is told with its doubt, and only once there are enough people', () => {
    expect(liftOf(people(ENOUGH_PEOPLE, 500), people(ENOUGH_PEOPLE - 1, 100))).to.include({ each: null, low: null, high: null, total: null });
    expect(liftOf(people(100, 500), people(50, 100, 0))).to.deep.equal({ shown: { people: 100, buyers: 100, marginEach: 500 }, heldOut: { people: 50, buyers: 0, marginEach: 100 }, each: 400, low: 400, high: 400, total: 40_000 });
    const mixed = [...people(50, 1000), ...people(50, 0, 0)];
    const none = liftOf(mixed, mixed);
    expect(none).to.include({ each: 0, total: 0 });
    expect([none.low! < 0, none.high! > 0]).to.deep.equal([true, true]);
    // 1.96 · √(2 · 252,525.25 / 100)
    expect(none.high).to.equal(139);
  });

  it('holds out about the wished share of people, each of them always, and of every reward other ones', () => {
    fc.assert(fc.property(fc.uuid(), fc.constantFrom(500, 1_000, 2_500, 5_000), (reward, share) => {
      const ids = Array.from({ length: 4_000 }, (_, i) => `person-${i}`);
      const out = ids.filter((id) => isHeldOut(id, reward, share));
      expect(out.length / ids.length).to.be.closeTo(share / 10_000, 0.04);
      expect(out.every((id) => isHeldOut(id, reward, share) && isHeldOut(id, reward, 5_000)), 'a larger share keeps the smaller').to.equal(true);
    }), { numRuns: 50 });
    expect(isHeldOut('person', 'reward', 0)).to.equal(false);
    const both = Array.from({ length: 4_000 }, (_, i) => `p${i}`).filter((id) => isHeldOut(id, 'reward-1', 5_000) && isHeldOut(id, 'reward-2', 5_000));
    expect(both.length / 4_000).to.be.closeTo(0.25, 0.04);
  });
});
