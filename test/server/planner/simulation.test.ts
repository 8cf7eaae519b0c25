import { expect } from 'chai';
import fc from 'fast-check';
import { ASSUMPTIONS } from '../../../server/planner/simulation/assumptions.js';
import type { Plan, Replay } from '../../../server/planner/simulation/plan.js';
import { simulate } from '../../../server/planner/simulation/simulate.js';
import { simulateInThread } from '../../../server/planner/simulation/simulation-thread.js';

const points = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const earning = fc.record({ often: fc.constantFrom('once' as const, 'daily' as const, 'weekly' as const, 'per-play' as const), worst: points(200), part: share, timesPerDay: fc.integer({ min: 1, max: 4 }), cycle: fc.option(fc.array(points(80), { minLength: 1, maxLength: 9 }), { nil: undefined }), decked: fc.boolean() });
const offer = fc.record({ cost: fc.integer({ min: 1, max: 900 }), value: points(3_000), useRate: share, stock: fc.option(points(50), { nil: null }) });
const draw = fc.record({ cost: fc.integer({ min: 1, max: 60 }), perDay: fc.integer({ min: 1, max: 5 }), pointsBack: points(30), value: points(100), decked: fc.boolean() });

/** Any plan that a shop could have. */
const plans: fc.Arbitrary<Plan> = fc.record({
  members: fc.integer({ min: 1, max: 60 }), days: fc.integer({ min: 1, max: 120 }), seed: fc.nat(), earnings: fc.array(earning, { maxLength: 5 }), offers: fc.array(offer, { maxLength: 4 }), draws: fc.array(draw, { maxLength: 2 }),
  tickets: points(300), expiryDays: fc.integer({ min: 1, max: 60 }), pendingDays: points(30), redeems: share, takesDearest: share, draw: share, conversion: share,
}).map((made) => ({
  members: made.members, days: made.days, seed: made.seed,
  earnings: made.earnings.map((each, at) => ({ ref: `e${at}`, often: each.often, worst: each.worst, expected: each.worst * each.part, timesPerDay: each.timesPerDay, ...(each.cycle ? { cycle: each.cycle } : {}), ...(each.decked && each.often === 'per-play' ? { deck: 'deck' } : {}) })),
  offers: made.offers.map((each, at) => ({ ref: `o${at}`, ...each })), draws: made.draws.map(({ decked, ...each }, at) => ({ ref: `d${at}`, ...each, ...(decked ? { deck: 'deck' } : {}) })),
  decks: [{ ref: 'deck', tickets: [{ points: 30, value: 7, most: 10, tickets: made.tickets }, { points: 0, value: 0, most: 0, tickets: made.tickets }], newcomers: { points: 5, tickets: 9 } }],
  assumptions: { ...ASSUMPTIONS, expiryDays: made.expiryDays, pendingDays: made.pendingDays, redeems: made.redeems, takesDearest: made.takesDearest, draws: made.draw, conversion: made.conversion },
}));
const small: Plan = {
  members: 500, days: 60, seed: 7, earnings: [{ ref: 'task', often: 'once', expected: 100, worst: 100, timesPerDay: 1 }], offers: [{ ref: 'coupon', cost: 100, value: 200, useRate: 1, stock: null }], draws: [], assumptions: ASSUMPTIONS,
};

describe('simulation', () => {
  it('loses no point: what was issued is burned, expired or outstanding on every day', () => {
    fc.assert(fc.property(plans, (plan) => {
      const { byDay, totals, issuedBy, burnedBy, worst } = simulate(plan);
      let rest = 0;
      for (let day = 0; day < plan.days; day++) {
        rest += byDay.issued[day]! - byDay.burned[day]! - byDay.expired[day]!;
        expect(byDay.outstanding[day], `day ${day}`).to.equal(rest);
        expect(rest).to.be.at.least(0);
      }
      expect(totals.outstanding, 'what members hold at the end').to.equal(rest);
      const sum = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((all, each) => all + each, 0);
      expect([sum(issuedBy), sum(burnedBy)]).to.deep.equal([totals.issued, totals.burned]);
      const back = plan.draws.reduce((all, { ref }) => all + (issuedBy[`${ref}:back`] ?? 0), 0);
      expect(totals.issued - back, 'never more than the worst case').to.be.at.most(worst.points);
      for (const { ref, stock, cost } of plan.offers) if (stock !== null) expect(burnedBy[ref]).to.be.at.most(stock * cost);
    }), { numRuns: 100 });
  });

  it('empties a deck to its last ticket and no further, and lets nobody new go empty-handed while there are tickets for that', () => {
    const plan: Plan = { ...small, members: 200, offers: [], assumptions: { ...ASSUMPTIONS, plays: 1, conversion: 0 }, earnings: [{ ref: 'wheel', often: 'per-play', expected: 1, worst: 10, timesPerDay: 2, deck: 'deck' }],
      decks: [{ ref: 'deck', tickets: [{ points: 10, value: 0, most: 0, tickets: 100 }, { points: 0, value: 0, most: 0, tickets: 300 }], newcomers: { points: 3, tickets: 1_000 } }] };
    const { totals, byDay } = simulate(plan);
    expect(byDay.issued[0], 'all 400 tickets went on the first day, and whoever won nothing got 3').to.equal(totals.issued);
    expect((totals.issued - 1_000) % 3).to.equal(0);
    expect(totals.issued - 1_000).to.be.at.least(3 * 100);
  });

  it('gives nobody more of a reward than one person can have', () => {
    const { burnedBy } = simulate({ ...small, members: 50, assumptions: { ...ASSUMPTIONS, redeems: 1 }, earnings: [{ ref: 'daily', often: 'daily', expected: 500, worst: 500, timesPerDay: 1 }],
      offers: [{ ref: 'small', cost: 10, value: 1, useRate: 1, stock: null, perPerson: 2 }, { ref: 'middle', cost: 20, value: 1, useRate: 1, stock: 7 }, { ref: 'large', cost: 30, value: 1, useRate: 1, stock: null, perPerson: 1 }] });
    expect(burnedBy['small']).to.be.at.most(10 * 2 * 50);
    expect(burnedBy['middle'], 'all of what there is').to.equal(20 * 7);
    expect(burnedBy['large']).to.be.at.most(30 * 50);
    for (const each of Object.values(burnedBy)) expect(each, 'everything is taken by somebody').to.be.greaterThan(0);
  });

  it('gives the same numbers for the same seed, and the same visits and sales whatever the plan gives', () => {
    const one = simulate(small), two = simulate(small), richer = simulate({ ...small, earnings: [], offers: [] });
    expect({ ...two, ms: 0 }).to.deep.equal({ ...one, ms: 0 });
    expect([richer.byDay.visits, richer.byDay.sales]).to.deep.equal([one.byDay.visits, one.byDay.sales]);
    expect(simulate({ ...small, seed: 8 }).byDay.sales).not.to.deep.equal(one.byDay.sales);
  });

  it('expires what nobody spends, the oldest first', () => {
    const { byDay } = simulate({ ...small, members: 1, days: 30, offers: [], assumptions: { ...ASSUMPTIONS, expiryDays: 10, conversion: 0, classes: [{ share: 1, visits: 1 }] }, earnings: [{ ref: 'daily', often: 'daily', expected: 5, worst: 5, timesPerDay: 1 }] });
    expect(byDay.expired.slice(0, 12)).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5]);
    expect(byDay.outstanding.at(-1)).to.equal(50);
  });

  it('replays who came and bought, again and again when the history is shorter than the run', () => {
    const replay: Replay = { days: 5, from: Int32Array.of(0, 2, 3), day: Int16Array.of(1, 3, 4), spent: Float64Array.of(5_000, 0, 12_345), visits: Float64Array.of(0, 0) };
    const { byDay, active } = simulate({ ...small, members: 2, days: 10, replay });
    expect(byDay.sales).to.deep.equal([0, 5_000, 0, 0, 12_345, 0, 5_000, 0, 0, 12_345]);
    expect(byDay.visits).to.deep.equal([0, 1, 0, 1, 1, 0, 1, 0, 1, 1]);
    expect(active).to.equal(2);
  });

  it('runs in a thread that tells how far it is', async () => {
    const told: number[] = [];
    const outcomes = await simulateInThread([small, { ...small, seed: 9 }], (done) => told.push(done)).outcomes;
    expect(outcomes.map(({ totals }) => totals)).to.deep.equal([simulate(small).totals, simulate({ ...small, seed: 9 }).totals]);
    expect(told.at(-1)).to.equal(1_000);
    expect(told).to.deep.equal(told.toSorted((a, b) => a - b));
  });

  it('stops when it is cancelled', async () => {
    const run = simulateInThread([{ ...small, members: 100_000, days: 365 }], () => run.cancel());
    const error = await run.outcomes.then(() => undefined, (reason: unknown) => reason);
    expect(error).to.have.property('code', 'GX_PLAN_CANCELLED');
  });
});
