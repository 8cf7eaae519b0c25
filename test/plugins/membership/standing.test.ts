import { expect } from 'chai';
import fc from 'fast-check';
import type { Facts, Purchase } from '../../../plugins/membership/tiers/metrics.js';
import { defaultPlan, rankOf, type PlanRules } from '../../../plugins/membership/tiers/plan-rules.js';
import { newcomer, nextReview, replay, stateOf, type Standing } from '../../../plugins/membership/tiers/standing.js';
import { addDays, daysBetween } from '../../../server/plugin-api/index.js';

const UNIT = 100;
const FIRST = '2026-01-01';
const START = newcomer('1970-01-01');
const plan = (change: Partial<PlanRules> = {}): PlanRules => ({ ...defaultPlan(UNIT), ...change });
const bought = (day: string, amount: number, refund?: { on: string; left?: number }): Purchase => ({ day, goods: amount, returns: refund ? [{ on: refund.on, left: refund.left ?? 0 }] : [] });
const at = (rules: PlanRules, purchases: readonly Purchase[], today: string): Standing => replay(rules, START, { purchases, growth: [] }, today, UNIT).standing;

const purchases = fc.array(fc.record({ offset: fc.integer({ min: 0, max: 900 }), amount: fc.integer({ min: 0, max: 400_000 }), refundAfter: fc.option(fc.integer({ min: 0, max: 200 })), later: fc.option(fc.integer({ min: 1, max: 200 })), share: fc.double({ min: 0, max: 1, noNaN: true }) }), { maxLength: 14 })
  .map((all) => all.map(({ offset, amount, refundAfter, later, share }): Purchase => {
    const day = addDays(FIRST, offset);
    if (refundAfter === null) return bought(day, amount);
    const [on, left] = [addDays(day, refundAfter), Math.floor(amount * share)];
    return { day, goods: amount, returns: [{ on, left }, ...(later === null ? [] : [{ on: addDays(on, later), left: Math.floor(left * share) }])] };
  }));
const window = fc.constantFrom<PlanRules['window']>({ kind: 'rolling', days: 365 }, { kind: 'rolling', days: 60 }, { kind: 'calendar' }, { kind: 'lifetime' });
const rules = fc.record({ window, graceDays: fc.integer({ min: 0, max: 60 }), keepPercent: fc.integer({ min: 1, max: 100 }) })
  .map(({ window: kind, graceDays, keepPercent }) => plan({ window: kind, graceDays, tiers: defaultPlan(UNIT).tiers.map((tier) => ({ ...tier, keepPercent })) }));

describe('where a member stands', () => {
  it('goes up at once by spending or by orders, over all tiers between', () => {
    expect(at(plan(), [bought(FIRST, 99_999)], FIRST).rank).to.equal(0);
    expect(at(plan(), [bought(FIRST, 100_000)], FIRST)).to.deep.include({ rank: 1, since: FIRST, termEnd: '2027-01-01' });
    expect(at(plan(), [bought(FIRST, 1), bought('2026-01-02', 1), bought('2026-01-03', 1)], '2026-01-03').rank).to.equal(1);
    expect(at(plan(), [bought(FIRST, 500_000)], FIRST).rank).to.equal(2);
  });

  it('warns 30 days before the term ends, waits for the days of grace, and lowers one tier at a time', () => {
    const facts: Facts = { purchases: [bought(FIRST, 500_000)], growth: [] };
    const on = (day: string) => { const { standing } = replay(plan(), START, facts, day, UNIT); return `${standing.rank} ${stateOf(plan(), standing, facts, day, UNIT)}`; };
    expect(['2026-12-01', '2026-12-02', '2027-01-01', '2027-01-02', '2027-01-31', '2027-02-01', '2027-03-03', '2027-03-04'].map(on)).to.deep.equal([
      '2 normal', '2 at-risk', '2 at-risk', '2 grace', '2 grace', '1 downgraded', '1 downgraded', '1 normal',
    ]);
    expect(on('2028-02-02'), 'a tier has a term of its own').to.equal('1 grace');
    expect(on('2028-03-10')).to.equal('0 downgraded');
  });

  it('keeps the tier of who buys enough within the term or the days of grace', () => {
    expect(at(plan(), [bought(FIRST, 100_000), bought('2026-12-31', 100_000)], '2027-06-01')).to.deep.include({ rank: 1, termEnd: '2028-01-01', graceEnd: null });
    expect(at(plan(), [bought(FIRST, 100_000), bought('2027-01-20', 100_000)], '2027-06-01')).to.deep.include({ rank: 1, termEnd: '2028-01-20', graceEnd: null });
  });

  it('ends terms with the calendar year, or never', () => {
    const yearly = plan({ window: { kind: 'calendar' } });
    expect(at(yearly, [bought('2026-11-05', 100_000)], '2027-01-10')).to.deep.include({ rank: 1, termEnd: '2027-12-31' });
    expect(at(yearly, [bought('2026-11-05', 100_000)], '2028-02-10').rank).to.equal(0);
    expect(at(plan({ window: { kind: 'lifetime' } }), [bought(FIRST, 100_000)], '2090-01-01').rank).to.equal(1);
  });

  it('takes one tier back when what earned it is given back, and the next only after the days of grace', () => {
    const all = [bought(FIRST, 500_000, { on: '2026-02-01' })];
    expect([at(plan(), all, '2026-01-31').rank, at(plan(), all, '2026-02-01').rank, at(plan(), all, '2026-03-03').rank, at(plan(), all, '2026-03-04').rank]).to.deep.equal([2, 1, 1, 0]);
    expect(at(plan(), [bought(FIRST, 300_000), bought('2026-01-05', 200_000), bought('2026-01-06', 1, { on: '2026-02-01' })], '2026-02-01').rank, 'what was not needed may go back').to.equal(2);
  });

  it('takes each return on its own day, so that another return never gives a tier back', () => {
    const twice: Purchase = { day: FIRST, goods: 520_000, returns: [{ on: '2026-01-05', left: 30_000 }, { on: '2026-06-01', left: 20_000 }] };
    const once: Purchase = { ...twice, returns: twice.returns.slice(0, 1) };
    expect([at(plan(), [twice], '2026-01-04').rank, at(plan(), [twice], '2026-01-05').rank, at(plan(), [twice], '2026-03-01').rank]).to.deep.equal([2, 1, 0]);
    expect(at(plan(), [twice], '2026-06-02')).to.deep.include({ rank: at(plan(), [once], '2026-06-02').rank, since: at(plan(), [once], '2026-06-02').since });
  });

  it('finds the nearest tier below for who was in one that a plan no longer has', () => {
    const { tiers } = plan();
    const [ordinary, vip, top] = [tiers[0]!, tiers[1]!, tiers[2]!];
    const more = plan({ tiers: [ordinary, vip, { ...vip, key: 'gold' }, top] });
    expect(rankOf({ tiers: [ordinary, top] }, 'vip', plan())).to.equal(0);
    expect(rankOf({ tiers: [ordinary, top] }, 'gold', more)).to.equal(0);
    expect(rankOf({ tiers: [ordinary, vip, top] }, 'gold', more)).to.equal(1);
    expect(rankOf({ tiers: [ordinary, vip] }, 'super-vip', plan())).to.equal(1);
    expect(rankOf(more, 'super-vip', plan())).to.equal(3);
    expect(rankOf(more, 'unheard-of')).to.equal(0);
  });

  it('is never lowered by more than one tier on a day, and never within the days of grace of time alone', () => {
    fc.assert(fc.property(rules, purchases, fc.integer({ min: 0, max: 1_600 }), (of, facts, days) => {
      const { steps } = replay(of, START, { purchases: facts, growth: [] }, addDays(FIRST, days), UNIT);
      const downs = steps.filter(({ from, to }) => to < from);
      expect(downs.every(({ from, to }) => from - to === 1)).to.equal(true);
      expect(new Set(downs.map(({ day }) => day)).size).to.equal(downs.length);
      for (const { from, to, cause } of steps) if (to > from) expect(cause).to.equal('entry');
    }), { numRuns: 300 });
  });

  it('stands where a fresh look at all that happened would put it, however the news came in', () => {
    fc.assert(fc.property(rules, purchases, fc.array(fc.integer({ min: 0, max: 1_200 }), { maxLength: 6 }), fc.integer({ min: 0, max: 1_600 }), (of, facts, looks, days) => {
      const today = addDays(FIRST, days);
      // What was known at an earlier look is not remembered: only the facts are.
      for (const look of looks) replay(of, START, { purchases: facts.filter(({ day }) => day <= addDays(FIRST, look)), growth: [] }, addDays(FIRST, look), UNIT);
      const once = replay(of, START, { purchases: facts, growth: [] }, today, UNIT);
      const shuffled = replay(of, START, { purchases: [...facts].reverse(), growth: [] }, today, UNIT);
      expect(shuffled).to.deep.equal(once);
      // A day in between as a base of its own changes nothing, as long as all up to it was known.
      const middle = addDays(FIRST, Math.floor(days / 2));
      const known = replay(of, START, { purchases: facts, growth: [] }, middle, UNIT);
      expect(replay(of, { ...known.standing, day: middle }, { purchases: facts, growth: [] }, today, UNIT).standing).to.deep.equal(once.standing);
    }), { numRuns: 300 });
  });

  it('changes by time alone on no day before the one it names', () => {
    fc.assert(fc.property(rules, purchases, fc.integer({ min: 0, max: 900 }), (of, all, days) => {
      const today = addDays(FIRST, days);
      const facts: Facts = { purchases: all.filter(({ day, returns }) => day <= today && returns.every(({ on }) => on <= today)), growth: [] };
      const look = (day: string) => { const { standing } = replay(of, START, facts, day, UNIT); return JSON.stringify([standing, stateOf(of, standing, facts, day, UNIT)]); };
      const { standing } = replay(of, START, facts, today, UNIT);
      const next = nextReview(of, standing, facts, today);
      if (daysBetween(today, next) > 1 && next < '2099') expect(look(addDays(next, -1))).to.equal(look(today));
    }), { numRuns: 300 });
  });
});
