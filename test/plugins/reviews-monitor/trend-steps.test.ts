import { expect } from 'chai';
import fc from 'fast-check';
import { stepOf, trendSteps } from '../../../plugins/reviews-monitor/widgets/admin/reviews/trend-steps.js';
import { addDays } from '../../../server/plugin-api/index.js';

const days = fc.record({ length: fc.integer({ min: 1, max: 1500 }), offset: fc.integer({ min: 0, max: 3000 }), seen: fc.array(fc.record({ at: fc.nat(), good: fc.nat(20), bad: fc.nat(20), plain: fc.nat(5), average: fc.integer({ min: 100, max: 500 }) }), { maxLength: 60 }) })
  .map(({ length, offset, seen }) => {
    const from = addDays('2020-01-31', offset), to = addDays(from, length - 1);
    const byDate = new Map(seen.map(({ at, good, bad, plain, average }) => {
      const date = addDays(from, at % length);
      return [date, { date, reviews: good + bad + plain, starred: good + bad, good, bad, average: good + bad ? average / 100 : null }];
    }));
    return { from, to, length, trend: [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date)) };
  });

describe('bars of the trend', () => {
  it('hold every review once, in order, and leave no day out', () => {
    fc.assert(fc.property(days, ({ from, to, length, trend }) => {
      const steps = trendSteps(trend, from, to);
      const sum = (pick: (step: (typeof steps)[number]) => number): number => steps.reduce((total, step) => total + pick(step), 0);
      expect(sum(({ good }) => good)).to.equal(trend.reduce((total, day) => total + day.good, 0));
      expect(sum(({ bad }) => bad)).to.equal(trend.reduce((total, day) => total + day.bad, 0));
      expect(sum(({ plain }) => plain)).to.equal(trend.reduce((total, day) => total + day.reviews - day.good - day.bad, 0));
      const dates = steps.map(({ date }) => date);
      expect(dates).to.deep.equal([...new Set(dates)].sort());
      const step = stepOf(from, to);
      if (step === 1) expect(steps).to.have.length(length);
      if (step === 7) expect(steps).to.have.length(Math.ceil(length / 7));
      expect(steps.length).to.be.at.most(60);
      expect(dates[0]?.slice(0, 7) ?? '').to.equal(from.slice(0, 7));
    }));
  });

  it('take the average over reviews, not over days, and none where there are no stars', () => {
    const day = (date: string, starred: number, average: number | null) => ({ date, reviews: starred, starred, average, good: starred, bad: 0 });
    const steps = trendSteps([day('2026-01-01', 1, 1), day('2026-01-02', 3, 5)], '2026-01-01', '2026-03-01');
    expect(steps.map(({ average }) => average).filter((each) => each !== null)).to.deep.equal([4]);
    expect(trendSteps([], '2026-01-01', '2026-01-03').map(({ average }) => average)).to.deep.equal([null, null, null]);
  });
});
