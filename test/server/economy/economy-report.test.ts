import { expect } from 'chai';
import { EconomyReportService } from '../../../server/economy/economy-report.service.js';
import { DAY, newId } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

forEachEngine('economy report', (open) => {
  let e: Economy;
  let report: EconomyReportService;
  let person: string;
  before(async () => {
    const { shop, store } = await openEconomy(open);
    e = shop();
    report = new EconomyReportService(store);
    person = await e.member();
    const other = await e.member();
    const undone = await e.granted(person, 30);
    await e.granted(person, 100);
    await e.granted(other, 7, START, newId(), START + 2 * DAY);
    const spend = await e.spent(person, 40, START + DAY);
    await e.points.refund(e.at(START + DAY), spend, 'x');
    await e.spent(person, 25, START + DAY);
    await e.grants.reverse(e.at(START + DAY), undone, 'x');
    await e.points.adjust(e.at(START + DAY), person, -5, 'x');
    await e.expectSound();
  });

  it('says by day and source what came, went and was undone', async () => {
    const none = { issued: 0, spent: 0, returned: 0, expired: 0, reversed: 0, adjusted: 0 };
    expect(await report.movements(e.at(), '2026-03-01', '2026-03-31')).to.deep.equal([
      { date: '2026-03-01', source: 'test.gift', ...none, issued: 137 }, { date: '2026-03-02', source: 'core.adjustment', ...none, adjusted: -5 },
      { date: '2026-03-02', source: 'test.gift', ...none, reversed: 30 }, { date: '2026-03-02', source: 'test.purchase', ...none, spent: 65, returned: 40 },
    ]);
    const days = await report.daily(e.at(), '2026-02-28', '2026-03-03');
    expect(days.map((day) => [day.date, day.issued, day.reversed])).to.deep.equal([['2026-02-28', 0, 0], ['2026-03-01', 137, 0], ['2026-03-02', 0, 30], ['2026-03-03', 0, 0]]);
  });

  it('values what people hold, without what is due to expire', async () => {
    expect(await report.outstanding(e.at())).to.deep.equal({ available: 70, pending: 7, held: 0, debt: 0, holders: 2, liability: 77, currency: 'CNY' });
    expect((await report.outstanding(e.at(START + 400 * DAY))).available).to.equal(0);
  });

  it('lists what expires and who holds most', async () => {
    expect(await report.expiryCalendar(e.at(), 400)).to.deep.equal([{ date: '2027-03-01', amount: 70, people: 1 }]);
    const top = await report.topBalances(e.at());
    expect(top.map((row) => [row.available, row.pending])).to.deep.equal([[70, 0], [0, 7]]);
    expect(top[0]).to.include({ personId: person, name: 'Wei', earned: 130 });
  });

  it('writes rows for a file', async () => {
    const rows: unknown[] = [];
    for await (const row of report.rows(e.at(), '2026-03-01', '2026-03-01')) rows.push(row);
    expect(rows).to.deep.equal([['2026-03-01', 'test.gift', 137, 0, 0, 0, 0, 0]]);
  });
});
