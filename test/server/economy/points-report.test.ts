import { expect } from 'chai';
import { FLOWS, FlowRowsService } from '../../../server/economy/reports/flow-rows.js';
import { LotRowsService } from '../../../server/economy/reports/lot-rows.js';
import { PointsReportService } from '../../../server/economy/reports/points-report.service.js';
import { UseRowsService } from '../../../server/economy/reports/use-rows.js';
import { DAY, statement } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

const ACCOUNTS = statement<{ person_id: string }>('SELECT person_id FROM person_account WHERE shop_id = :shop');

forEachEngine('points report', (open) => {
  let e: Economy, report: PointsReportService, flows: FlowRowsService, lots: LotRowsService, uses: UseRowsService;
  const FROM = '2026-02-25', TO = '2026-09-30', LATE = START + 200 * DAY;
  before(async () => {
    const { shop, store } = await openEconomy(open);
    e = shop();
    [report, flows, lots, uses] = [new PointsReportService(store), new FlowRowsService(store), new LotRowsService(store), new UseRowsService(store)];
    const people = await Promise.all(Array.from({ length: 4 }, () => e.member()));
    // Six months in which everybody gains and spends, with undoing, adjusting, holding and debt between.
    for (let month = 0; month < 6; month++) {
      const at = START + month * 31 * DAY;
      for (const [n, person] of people.entries()) {
        const gift = await e.granted(person, 100 + n * 10, at);
        await e.spent(person, 40 + n, at + 3 * DAY);
        if (n === 1) await e.points.refund(e.at(at + 4 * DAY), await e.spent(person, 20, at + 3 * DAY), 'x');
        if (n === 2 && month === 2) await e.grants.reverse(e.at(at + 5 * DAY), gift, 'x');
        if (n === 3) await e.points.adjust(e.at(at + 5 * DAY), person, month % 2 ? -5 : 7, 'x');
      }
    }
    await e.granted(people[0]!, 9, LATE - 20 * DAY, 'late', LATE + 3 * DAY);
    const [debtor] = [await e.member()];
    const lost = await e.granted(debtor, 50, LATE - 10 * DAY);
    await e.spent(debtor, 50, LATE - 9 * DAY);
    await e.grants.reverse(e.at(LATE - 8 * DAY), lost, 'x');
    await e.expectSound();
  });

  it('carries what is outstanding from day to day by that day\'s flows alone', async () => {
    const days = await report.days(e.at(LATE), FROM, TO);
    expect(days[0]).to.include({ date: FROM, outstanding: 0 });
    for (const [n, day] of days.entries()) if (n > 0) expect(day.outstanding, day.date).to.equal(days[n - 1]!.outstanding + FLOWS.reduce((sum, flow) => sum + day[flow], 0));
    const held = await Promise.all((await e.db.read(e.at(LATE), (q) => q.scan(ACCOUNTS))).map(async ({ person_id: person }) => e.points.balance(e.at(LATE), person)));
    expect(days.at(-1)!.outstanding).to.equal(held.reduce((sum, { available, pending, held: set, debt }) => sum + available + pending + set - debt, 0)).and.above(0);
    // A range that ends earlier says of its days what the longer one said.
    expect(await report.days(e.at(LATE), '2026-04-01', '2026-05-31')).to.deep.equal(days.filter(({ date }) => date >= '2026-04-01' && date <= '2026-05-31'));
  });

  it('opens each number to the entries that come to it', async () => {
    const days = await report.days(e.at(LATE), FROM, TO);
    for (const flow of FLOWS) {
      const filter = { flow, from: FROM, to: TO }, rows = await all(flows.all(e.at(LATE), filter)), expected = days.reduce((sum, day) => sum + day[flow], 0);
      expect(rows.reduce((sum, row) => sum + row.amount, 0), flow).to.equal(expected);
      expect(await flows.total(e.at(LATE), filter), flow).to.deep.equal({ entries: rows.length, amount: expected });
    }
    const spent = await flows.page(e.at(LATE), { flow: 'redeemed', from: FROM, to: TO, source: 'test.purchase' }, { limit: 5 });
    expect(spent.items).to.have.length(5);
    expect(spent.next).to.be.a('string');
    // A purchase that was undone stands beside it with the other sign.
    expect(spent.items.map(({ amount }) => Math.sign(amount))).to.include(-1);
    expect((await flows.total(e.at(LATE), { flow: 'redeemed', from: FROM, to: TO, source: 'nobody.else' })).entries).to.equal(0);
  });

  it('opens each source of a day to its entries, and a day\'s outstanding to all that made it', async () => {
    const { days, parts } = await report.overview(e.at(LATE), FROM, TO);
    for (const flow of FLOWS) for (const [n, day] of days.entries()) expect(parts.filter((part) => part.flow === flow).reduce((sum, part) => sum + part.values[n]!, 0), `${flow} ${day.date}`).to.equal(day[flow]);
    expect(parts.map(({ flow, source }) => `${flow} ${source}`)).to.include.members(['issued test.gift', 'redeemed test.purchase', 'reversed test.gift', 'adjusted core.adjustment']);
    for (const { flow, source, values } of parts) {
      expect((await flows.total(e.at(LATE), { flow, source, from: FROM, to: TO })).amount, `${flow} ${source}`).to.equal(values.reduce((sum, value) => sum + value, 0));
      const n = values.findIndex((value) => value !== 0), { date } = days[n]!;
      expect((await flows.total(e.at(LATE), { flow, source, from: date, to: date })).amount, `${flow} ${source} on ${date}`).to.equal(values[n]);
    }
    for (const day of [days[20]!, days[120]!, days.at(-1)!]) expect((await flows.total(e.at(LATE), { flow: 'all', to: day.date })).amount, day.date).to.equal(day.outstanding);
  });

  it('opens what people hold to its lots', async () => {
    const balances = await Promise.all((await e.db.read(e.at(LATE), (q) => q.scan(ACCOUNTS))).map(({ person_id: person }) => e.points.balance(e.at(LATE), person)));
    for (const state of ['active', 'pending'] as const) {
      const rows = await all(lots.all(e.at(LATE), { state })), sum = rows.reduce((total, row) => total + row.remaining, 0);
      expect(sum, state).to.equal(balances.reduce((total, balance) => total + balance[state === 'active' ? 'available' : 'pending'], 0));
      expect(await lots.total(e.at(LATE), { state })).to.deep.equal({ entries: rows.length, amount: sum });
    }
    const first = (await lots.page(e.at(LATE), { from: '2027-06-02', to: '2027-06-02' }, {})).items;
    expect(first.length).to.be.above(0);
    expect(first.every(({ activatesAt }) => activatesAt === START + 3 * 31 * DAY)).to.equal(true);
    expect((await lots.page(e.at(LATE), { from: '2027-06-03', to: '2027-06-30' }, {})).items).to.deep.equal([]);
  });

  it('follows each month\'s points, and forecasts what will be asked for', async () => {
    const cohorts = await report.cohorts(e.at(LATE));
    expect(cohorts[0]).to.include({ month: '2026-03', issued: 460 + 7 });
    expect(cohorts.reduce((sum, { left }) => sum + left, 0)).to.equal((await lots.total(e.at(LATE), {})).amount);
    for (const { month, spent } of cohorts) for (const [age, amount] of spent.entries()) {
      const at = new Date(Date.UTC(2026, Number(month.slice(5)) - 1 + age, 1)).toISOString().slice(0, 7), rows = { use: 'core.spend', issuedFrom: `${month}-01`, issuedTo: `${month}-31`, from: `${at}-01`, to: `${at}-31` };
      expect((await uses.total(e.at(LATE), rows)).amount, `${month} +${age}`).to.equal(amount);
    }
    const months = await report.liability(e.at(LATE)), now = months.at(-1)!;
    expect(now.left).to.equal((await lots.total(e.at(LATE), {})).amount);
    for (const { date, left, low, expected, high, money, leftMoney } of months) {
      expect([low, expected, high, left], date).to.deep.equal([low, expected, high, left].toSorted((a, b) => a - b));
      expect([money.low, money.expected, money.high, leftMoney], 'one fen for each point').to.deep.equal([low, expected, high, left]);
    }
    // What was owed at the end of a month, debts aside, is what the days say of it.
    const days = await report.days(e.at(LATE), FROM, TO);
    expect(months.length).to.be.above(1);
    for (const { date, left } of months.slice(0, -1)) expect(left, date).to.equal(days.find((day) => day.date === date)!.outstanding);
    expect(await report.liability(e.at(START + DAY))).to.deep.equal([]);
  });

  it('says what became of points by where they came from', async () => {
    const paths = await report.paths(e.at(LATE), FROM);
    const bought = paths.find(({ source, use }) => source === 'test.gift' && use === 'test.purchase')!;
    expect(bought.amount).to.be.above(500);
    expect(paths.some(({ use }) => use === 'core.reversal')).to.equal(true);
    expect(paths.some(({ use }) => use === 'core.left')).to.equal(true);
    for (const { source, use, amount } of paths) {
      const total = use === 'core.left' ? await lots.total(e.at(LATE), { source, issuedFrom: FROM }) : await uses.total(e.at(LATE), { source, use, issuedFrom: FROM });
      expect(total.amount, `${source} → ${use}`).to.equal(amount);
      if (use !== 'core.left') expect((await all(uses.all(e.at(LATE), { source, use, issuedFrom: FROM }))).reduce((sum, row) => sum + row.amount, 0)).to.equal(amount);
    }
    const first = await uses.page(e.at(LATE), { source: 'test.gift' }, { limit: 3 }), second = await uses.page(e.at(LATE), { source: 'test.gift' }, { limit: 3, cursor: first.next });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 'no row twice').to.equal(6);
  });
});

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
