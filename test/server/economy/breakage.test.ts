import { expect } from 'chai';
import fc from 'fast-check';
import { forecastBreakage, LEAST_COHORTS, type Cohort } from '../../../server/economy/reports/breakage.js';

/** Cohorts of 1,000 points each that all spend the same way, seen at the end of the last month. */
const alike = (pattern: readonly number[], months: number): Cohort[] => Array.from({ length: months }, (_, n) => {
  const spent = pattern.slice(0, months - n);
  return { month: `2026-${String(n + 1).padStart(2, '0')}`, issued: 1_000, spent, left: 1_000 - spent.reduce((sum, each) => sum + each, 0) };
});

describe('the forecast of breakage', () => {
  it('is exact, without a band, where all months are alike', () => {
    const pattern = [200, 150, 100, 50, 0, 0], cohorts = alike(pattern, 6);
    const ahead = cohorts.reduce((sum, { spent }) => sum + 500 - spent.reduce((total, each) => total + each, 0), 0);
    expect(forecastBreakage(cohorts)).to.deep.equal({ spentInTheEnd: 0.5, expected: ahead, low: ahead, high: ahead });
  });

  it('says nothing about fewer months than it needs', () => {
    expect(forecastBreakage(alike([100, 50, 20], LEAST_COHORTS - 1))).to.equal(undefined);
    expect(forecastBreakage(alike([100, 50, 20, 5], LEAST_COHORTS))).to.not.equal(undefined);
  });

  it('expects no more than there is, holds the expectation in its band, and answers the same to the same', () => {
    const cohort = fc.record({ issued: fc.integer({ min: 1, max: 100_000 }), shares: fc.array(fc.double({ min: 0, max: 0.4, noNaN: true }), { minLength: 1, maxLength: 12 }) }).map(({ issued, shares }, ): Cohort => {
      let left = issued;
      const spent = shares.map((share) => { const taken = Math.floor(left * share); left -= taken; return taken; });
      return { month: '2026-01', issued, spent, left };
    });
    fc.assert(fc.property(fc.array(cohort, { minLength: LEAST_COHORTS, maxLength: 18 }), (cohorts) => {
      const found = forecastBreakage(cohorts)!, left = cohorts.reduce((sum, each) => sum + each.left, 0);
      expect(found.low).to.be.at.least(0).and.at.most(found.expected);
      expect(found.high).to.be.at.least(found.expected).and.at.most(left + 1);
      expect(found.spentInTheEnd).to.be.within(0, 1);
      expect(forecastBreakage(cohorts)).to.deep.equal(found);
    }), { numRuns: 60 });
  });
});
