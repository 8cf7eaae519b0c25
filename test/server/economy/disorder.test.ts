import { expect } from 'chai';
import { DAY, HOUR, statement, type Instant } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, order, refund, START, type Economy } from './economy-fixture.js';

const LOTS = statement('SELECT quantity, remaining, state, activates_at, expires_at FROM lot WHERE shop_id = :shop AND person_id = :person AND quantity > 0 ORDER BY activates_at, expires_at, quantity, remaining');
const PROGRAMME = statement(`SELECT x.account, CAST(SUM(x.amount) AS BIGINT) AS amount FROM posting x WHERE x.shop_id = :shop AND x.account NOT IN ('available', 'pending', 'held', 'debt') GROUP BY x.account HAVING SUM(x.amount) <> 0 ORDER BY x.account`);
const AT = START + 30 * DAY;

forEachEngine('disorder', (open) => {
  let make: (more?: object) => Economy;
  before(async () => { make = (await openEconomy(open)).shop; });

  /** What a merchant could tell two ledgers apart by: balances, lots that hold something, and the programme's sums. */
  async function ledger(e: Economy, now: Instant = AT): Promise<unknown> {
    const person = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
    await e.points.mature(e.at(now));
    await e.points.expireDue(e.at(now));
    await e.expectSound();
    const lots = await e.db.read(e.at(), (q) => q.many(LOTS, { person }));
    const { available, pending, held, debt } = await e.points.balance(e.at(now), person);
    return { balance: { available, pending, held, debt }, lots: lots.filter((lot) => Number(lot['remaining']) > 0), programme: await e.db.read(e.at(), (q) => q.many(PROGRAMME)) };
  }
  type Told = (e: Economy) => Promise<unknown>;
  const paid: Told = (e) => e.intake.order(e.at(AT), order({ id: 'o1', paid: [10_000, 5000], deliveredAt: START + DAY, updatedAt: START + 2 }));
  const unpaid: Told = (e) => e.intake.order(e.at(AT), order({ id: 'o1', paid: [10_000, 5000], paidAt: null, updatedAt: START + 1 }));
  const back = (id: string, line: string, amount: number): Told => (e) => e.intake.refund(e.at(AT), refund('o1', [[line, amount]], START + 3 * DAY, id));
  async function told(...steps: readonly Told[]): Promise<unknown> {
    const e = make();
    for (const step of steps) await step(e);
    return ledger(e);
  }

  it('E4: a refund before its order was paid, or before it was known at all, ends like one after', async () => {
    const right = await told(unpaid, paid, back('r1', '1', 5000));
    expect(right).to.deep.nested.include({ 'balance.available': 100 });
    expect(await told(back('r1', '1', 5000), unpaid, paid)).to.deep.equal(right);
    expect(await told(unpaid, back('r1', '1', 5000), paid)).to.deep.equal(right);
    expect(await told(back('r1', '1', 5000), paid, unpaid, back('r1', '1', 5000))).to.deep.equal(right);
  });

  it('a refund of what was refunded, and one above what was paid, take no more points than there were', async () => {
    const right = await told(paid, back('r1', '1', 10_000));
    expect(right).to.deep.nested.include({ 'balance.available': 50 });
    expect(await told(paid, back('r1', '1', 10_000), back('r2', '1', 2000))).to.deep.equal(right);
    expect(await told(paid, back('r1', '1', 12_000))).to.deep.equal(right);
    const whole = await told(paid, back('r1', '1', 10_000), back('r2', '2', 5000));
    expect(whole).to.deep.nested.include({ 'balance.available': 0, 'balance.debt': 0 });
    expect(await told(paid, back('r1', '1', 9_999_999)), 'more than the whole order').to.deep.equal(whole);
    expect(await told(back('r2', '1', 4000), back('r1', '1', 9000), paid)).to.deep.equal(right);
  });

  it('a clock that jumps back and forth gives the same ledger as one that goes on', async () => {
    const story = async (clock: readonly Instant[]): Promise<unknown> => {
      const e = make();
      const person = (await e.intake.customer(e.at(), { externalId: 'customer', updatedAt: START })).personId;
      await e.granted(person, 100, clock[0]!, 'a');
      await e.granted(person, 50, clock[1]!, 'b', START + 5 * DAY);
      await e.spent(person, 30, clock[2]!, 's');
      await e.points.mature(e.at(clock[3]!));
      await e.points.expireDue(e.at(clock[4]!));
      await e.spent(person, 15, clock[5]!, 't');
      const { balance, programme } = await ledger(e) as { balance: unknown; programme: unknown };
      return { balance, programme };
    };
    const right = await story([0, 1, 2, 3, 4, 5].map((hours) => START + hours * HOUR));
    expect(await story([0, 5 * DAY, -3 * DAY, 8 * DAY, -DAY, 0].map((jump) => START + jump))).to.deep.equal(right);
    expect(await story([6 * DAY, 0, DAY, -9 * DAY, 2 * DAY, -5 * DAY].map((jump) => START + jump))).to.deep.equal(right);
  });

  it('E32: an expiry job that comes every day, once a month or only at the end books the same', async () => {
    const story = async (jobs: readonly number[]): Promise<unknown> => {
      const e = make();
      const person = (await e.intake.customer(e.at(), { externalId: 'customer', updatedAt: START })).personId;
      for (let n = 0; n < 6; n++) await e.granted(person, 10 + n, START + n * 10 * DAY, `g${n}`);
      await e.spent(person, 25, START + 70 * DAY, 's');
      for (const day of jobs) { await e.points.mature(e.at(START + day * DAY)); await e.points.expireDue(e.at(START + day * DAY)); }
      expect(await e.spend(person, 40, START + 400 * DAY, 'late'), 'only what is still good').to.deep.include({ ok: false, reason: 'too-few-points' });
      await e.spent(person, 20, START + 400 * DAY, 'u');
      return ledger(e, START + 402 * DAY);
    };
    const right = await story(Array.from({ length: 40 }, (_, n) => 360 + n));
    expect(await story([366, 396])).to.deep.equal(right);
    expect(await story([])).to.deep.equal(right);
  });

  it('parcels of one order that arrive on different days open their lines\' points on different days, whatever was told first', async () => {
    const parcels = (first: Instant | null, second: Instant | null, version: number): Told => (e) => {
      const snapshot = order({ id: 'o1', paid: [10_000, 5000], updatedAt: START + version });
      return e.intake.order(e.at(START + 12 * DAY), { ...snapshot, lines: snapshot.lines.map((line, n) => ({ ...line, deliveredAt: n === 0 ? first : second })) });
    };
    for (const steps of [[parcels(START + DAY, null, 1), parcels(START + DAY, START + 9 * DAY, 2)], [parcels(null, START + 9 * DAY, 2), parcels(START + DAY, null, 1), parcels(START + 3 * DAY, null, 3)]]) {
      const e = make();
      for (const step of steps) await step(e);
      const person = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
      expect(await e.balance(person, START + 12 * DAY)).to.deep.equal([100, 50, 0]);
      await e.points.mature(e.at(START + 16 * DAY));
      expect(await e.balance(person, START + 16 * DAY)).to.deep.equal([150, 0, 0]);
      await e.expectSound();
    }
  });
});
