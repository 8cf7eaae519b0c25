import { expect } from 'chai';
import { nextTime } from '../../../server/jobs/cron-times.js';

const runs = (schedule: string, zone: string, from: string, count: number): string[] => {
  const found: string[] = [];
  let at = Date.parse(from);
  for (let n = 0; n < count; n += 1) { at = nextTime(schedule, zone, at); found.push(new Date(at).toISOString()); }
  return found;
};

describe('cron times', () => {
  it('follows the shop zone, not the machine', () => {
    expect(runs('0 3 * * *', 'Asia/Shanghai', '2026-03-02T04:00:00Z', 1)).to.deep.equal(['2026-03-02T19:00:00.000Z']);
    expect(runs('0 3 * * *', 'America/New_York', '2026-03-02T04:00:00Z', 1)).to.deep.equal(['2026-03-02T08:00:00.000Z']);
  });
  it('lies strictly after the given time', () => {
    expect(runs('*/15 * * * *', 'UTC', '2026-03-02T04:15:00Z', 2)).to.deep.equal(['2026-03-02T04:30:00.000Z', '2026-03-02T04:45:00.000Z']);
  });
  it('is the same in whatever order it is asked for', () => {
    const next = (from: string): string => runs('0 3 * * *', 'Europe/Berlin', from, 1)[0]!;
    const asked = ['2026-05-04T08:00:00Z', '2026-05-05T00:59:59.999Z', '2026-05-05T01:00:00Z', '2026-05-05T01:00:00.001Z', '2026-05-04T00:59:00Z', '2026-05-04T08:00:00Z'];
    expect(asked.map(next)).to.deep.equal(['2026-05-05', '2026-05-05', '2026-05-06', '2026-05-06', '2026-05-04', '2026-05-05'].map((day) => `${day}T01:00:00.000Z`));
  });
  it('runs once on the day when the clocks skip its hour', () => {
    expect(runs('30 2 * * *', 'America/New_York', '2026-03-07T12:00:00Z', 3)).to.deep.equal(['2026-03-08T07:00:00.000Z', '2026-03-09T06:30:00.000Z', '2026-03-10T06:30:00.000Z']);
  });
  it('runs once on the day when the clocks repeat its hour', () => {
    expect(runs('30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', 2)).to.deep.equal(['2026-11-01T05:30:00.000Z', '2026-11-02T06:30:00.000Z']);
  });
  for (const schedule of ['nonsense', '* * * *', '0 0 31 2 *', '* * * * * *']) {
    it(`refuses "${schedule}"`, () => { expect(() => nextTime(schedule, 'UTC', 0)).to.throw().with.property('code', 'GX_JOB_SCHEDULE'); });
  }
});
