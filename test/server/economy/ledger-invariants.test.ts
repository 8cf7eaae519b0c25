import { expect } from 'chai';
import fc from 'fast-check';
import { DAY, DEBT_POLICIES, statement } from '../../../server/plugin-api/index.js';
import { programmeOf } from '../../../server/economy/programme/programme.js';
import { forEachEngine, testShop } from '../../kit/databases.js';
import { asksFirst } from './asks-first.js';
import { openEconomy, order, refund, START, type Economy } from './economy-fixture.js';
import { History, step } from './random-history.js';

const LONG = process.env['GUANXI_LONG'] === '1';
const ORDERS = statement<{ external_id: string; person_id: string | null; paid_at: number | null; delivered_at: number | null; cancelled_at: number | null; total: number; refunded_total: number; fully_refunded: number }>(
  'SELECT external_id, paid_at, delivered_at, cancelled_at, total, refunded_total, fully_refunded FROM shop_order WHERE shop_id = :shop ORDER BY external_id');
// A line that earns nothing may have an empty earning or none at all, depending on what was told first: the same to everybody.
const LINES = statement('SELECT o.external_id AS placed, l.external_id, l.quantity, l.paid, l.refunded_amount, COALESCE(e.points, 0) AS points, COALESCE(e.reversed, 0) AS reversed FROM order_line l JOIN shop_order o ON o.shop_id = l.shop_id AND o.id = l.order_id LEFT JOIN line_earning e ON e.shop_id = l.shop_id AND e.order_line_id = l.id WHERE l.shop_id = :shop AND l.quantity > 0 ORDER BY o.external_id, l.external_id');

forEachEngine('ledger invariants', (open, engine) => {
  let make: (more?: object) => Economy;
  // On a machine that is busy with other tests, eight hands in a row wait longer for one account than any server would let them.
  before(async () => { make = (await openEconomy(open, { lockWaitMs: 30_000 })).shop; });

  const runs = LONG ? 1000 : engine === 'sqlite' ? 100 : 20;
  it(`hold after ${runs} random histories`, async function () {
    this.timeout(LONG ? 7_200_000 : 300_000);
    const length = LONG ? 200 : 50;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: length, maxLength: length, size: 'max' }), fc.constantFrom(...DEBT_POLICIES), async (steps, debtPolicy) => {
      const history = new History(make(debtPolicy === 'allow_negative' ? {} : { points: { ...programmeOf(testShop()), debtPolicy, liveDays: 60 } }));
      if (debtPolicy === 'ask_at_next_redemption') await asksFirst(history.e);
      await history.play(steps);
      expect(await history.e.integrity.check(history.e.at(history.now))).to.deep.equal([]);
      await history.settle();
      expect(await history.e.integrity.check(history.e.at(history.now))).to.deep.equal([]);
    }), { numRuns: runs, endOnFailure: true });
  });

  // Side by side the shops wait for each other's round trips, and none may see the others; the long run plays it all in one.
  const shops = LONG ? 1 : 5;
  it(`hold after a history of 10,000 operations in ${shops === 1 ? 'one shop' : `${shops} shops side by side`}`, async function () {
    this.timeout(3_600_000);
    const length = 10_000 / shops;
    const histories = fc.sample(fc.array(step, { minLength: length, maxLength: length, size: 'max' }), { numRuns: shops, seed: 7 }).map((steps) => ({ steps, history: new History(make()) }));
    const ends = await Promise.allSettled(histories.map(({ history, steps }) => history.play(steps)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    for (const { history } of histories) expect(await history.e.integrity.check(history.e.at(history.now))).to.deep.equal([]);
  });

  it('hold for a shopper whom everything hits at once', async function () {
    this.timeout(120_000);
    const e = make();
    const person = (await e.intake.customer(e.at(), { externalId: 'customer', updatedAt: START })).personId;
    await e.granted(person, 200);
    const spends: string[] = [];
    await Promise.all(Array.from({ length: 60 }, async (_, n) => {
      const id = `o${n % 6}`;
      switch (n % 5) {
        case 0: return e.intake.order(e.at(), order({ id, paid: [4000, 2500], deliveredAt: n % 2 ? START - 8 * DAY : null, updatedAt: START + n }));
        case 1: return e.intake.refund(e.at(), refund(id, [['1', 1500]], START, `r${n}`));
        case 2: return e.give(person, 7, START, `g${n % 10}`);
        case 3: { const result = await e.spend(person, 30, START, `s${n}`); if (result.ok) spends.push(result.transactionId); return; }
        default: return Promise.all(spends.map((spend) => e.points.refund(e.at(), spend, 'x')));
      }
    }));
    await e.expectSound();
  });

  it('hold for four people whom eight hands change at once, and nobody is turned away', async function () {
    this.timeout(600_000);
    const history = new History(make());
    await history.play([]);
    const steps = fc.sample(fc.array(step, { minLength: 400, maxLength: 400, size: 'max' }), { numRuns: 1, seed: 11 })[0]!;
    // A busy database is no part of the game: `play` lets refusals pass and throws everything else.
    const hand = async (): Promise<void> => { for (let next = steps.pop(); next; next = steps.pop()) await history.play([next]); };
    const ends = await Promise.allSettled(Array.from({ length: 8 }, hand));
    expect(ends.filter((end) => end.status === 'rejected').map((end) => String(end.reason))).to.deep.equal([]);
    expect(await history.e.integrity.check(history.e.at(history.now))).to.deep.equal([]);
    await history.settle();
    expect(await history.e.integrity.check(history.e.at(history.now))).to.deep.equal([]);
  });

  it('any order and any repetition of what a platform tells ends in the same state', async function () {
    this.timeout(300_000);
    const told = fc.record({
      orders: fc.array(fc.record({ id: fc.nat(2), paid: fc.array(fc.nat(20_000), { minLength: 1, maxLength: 3 }), version: fc.nat(6), paidAt: fc.constantFrom(null, START, START + DAY), delivered: fc.constantFrom(null, START + DAY, START + 2 * DAY), cancelled: fc.constantFrom(null, null, null, START + 3 * DAY) }), { minLength: 1, maxLength: 6 }),
      refunds: fc.array(fc.record({ order: fc.nat(2), line: fc.nat(2), amount: fc.nat(15_000) }), { maxLength: 4 }),
      seeds: fc.tuple(fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), fc.array(fc.nat(), { minLength: 20, maxLength: 20 })),
    });
    await fc.assert(fc.asyncProperty(told, async ({ orders, refunds, seeds }) => {
      const outcomes: unknown[] = [];
      for (const seed of seeds) {
        const e = make();
        const calls = [
          ...orders.map((o) => () => e.intake.order(e.at(START + 30 * DAY), order({ id: `o${o.id}`, paid: o.paid, updatedAt: START + o.version, paidAt: o.paidAt, deliveredAt: o.delivered, cancelledAt: o.cancelled }))),
          ...refunds.map((r, n) => () => e.intake.refund(e.at(START + 30 * DAY), refund(`o${r.order}`, [[String(r.line + 1), r.amount]], START, `r${n}`))),
        ];
        const shuffled = [...calls, ...calls.slice(0, 3)].map((call, n) => ({ call, place: seed[n % seed.length]! + n / 100 })).sort((a, b) => a.place - b.place);
        for (const { call } of shuffled) await call();
        await e.expectSound();
        const person = await e.customers.byExternalId(e.at(), 'customer');
        outcomes.push(await e.db.read(e.at(), async (q) => ({ orders: await q.many(ORDERS), lines: await q.many(LINES), balance: person && await e.balance(person.id, START + 30 * DAY) })));
      }
      expect(outcomes[0]).to.deep.equal(outcomes[1]);
    }), { numRuns: LONG ? 500 : engine === 'sqlite' ? 40 : 10, endOnFailure: true });
  });
});
