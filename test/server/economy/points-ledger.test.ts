import { expect } from 'chai';
import { DAY, HOUR, newId, type PointsProgramme } from '../../../server/plugin-api/index.js';
import type { DataStore } from '../../../server/data/data-store.js';
import { AdjustmentsService } from '../../../server/economy/adjustments/adjustments.service.js';
import { expiryOf } from '../../../server/economy/points-calendar.js';
import { programmeOf } from '../../../server/economy/programme/programme.js';
import { ProgrammeService } from '../../../server/economy/programme/programme.service.js';
import { forEachEngine, testShop } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

forEachEngine('points ledger', (open, engine) => {
  let make: (more?: object) => Economy;
  let reopen: () => Promise<DataStore>;
  let e: Economy;
  before(async () => { ({ shop: make, reopen } = await openEconomy(open)); });
  beforeEach(() => { e = make(); });
  afterEach(() => e.expectSound());

  it('answers an empty balance for somebody without points', async () => {
    expect(await e.points.balance(e.at(), await e.member())).to.deep.equal({ available: 0, pending: 0, held: 0, debt: 0, expiring: [] });
  });

  it('gives, spends and says both in the statement, newest first', async () => {
    const person = await e.member();
    await e.granted(person, 50);
    const result = await e.spend(person, 20, START + 1);
    expect(result).to.include({ ok: true, available: 30 });
    expect(await e.balance(person)).to.deep.equal([30, 0, 0]);
    const { items } = await e.points.statement(e.at(), person, {});
    expect(items.map((line) => [line.kind, line.available, line.source, line.businessDate])).to.deep.equal([['spend', -20, 'test.purchase', '2026-03-01'], ['grant', 50, 'test.gift', '2026-03-01']]);
  });

  it('asks for a second person also when one of them gives on two nodes at once', async () => {
    const person = await e.member();
    const other = engine === 'postgres' ? await reopen() : undefined;
    const nodes = [e.db, other ?? e.db].map((db) => new AdjustmentsService(db, e.audit));
    const wishes = await Promise.all(Array.from({ length: 8 }, (_, n) => nodes[n % 2]!.request(e.at(), person, 6_000, `gift ${n}`)));
    await other?.close();
    expect(wishes.filter(({ waiting }) => waiting === undefined)).to.have.length(1);
    expect(await e.balance(person)).to.deep.equal([6_000, 0, 0]);
  });

  it('pages through a statement without gap or repetition', async () => {
    const person = await e.member();
    for (let n = 1; n <= 7; n++) await e.granted(person, n, START + Math.floor(n / 2));
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await e.points.statement(e.at(), person, { limit: 2, cursor });
      seen.push(...page.items.map((line) => line.available));
      cursor = page.next;
    } while (cursor);
    expect(seen).to.have.members([1, 2, 3, 4, 5, 6, 7]).and.to.have.length(7);
  });

  it('takes the soonest expiry first', async () => {
    const person = await e.member();
    await e.granted(person, 10, START + 5 * DAY);
    await e.granted(person, 10, START);
    await e.spent(person, 15, START + 6 * DAY);
    const after = START + 366 * DAY;
    expect(await e.balance(person, after)).to.deep.equal([5, 0, 0]);
  });

  it('answers a repeated spend with the stored result, for ever', async () => {
    const person = await e.member();
    await e.granted(person, 100);
    const first = await e.spend(person, 60, START, 'once');
    expect(await e.spend(person, 60, START + 900 * DAY, 'once')).to.deep.equal(first);
    expect((await e.points.statement(e.at(), person, {})).items).to.have.length(2);
    await e.points.spend(e.at(), { personId: person, amount: 1, source: 'test.purchase', causeRef: 'other', key: 'once' }).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_LEDGER_KEY_REUSED'));
  });

  it('refuses more than there is, and writes nothing', async () => {
    const person = await e.member();
    await e.granted(person, 10);
    expect(await e.spend(person, 11)).to.deep.equal({ ok: false, reason: 'too-few-points', available: 10 });
    expect((await e.points.statement(e.at(), person, {})).items).to.have.length(1);
  });

  it('lets guests earn 300 points in all and spend none', async () => {
    const guest = await e.guest();
    expect(await e.give(guest, 301)).to.deep.equal({ ok: false, reason: 'guest-limit' });
    await e.granted(guest, 290);
    expect(await e.give(guest, 11)).to.deep.equal({ ok: false, reason: 'guest-limit' });
    await e.granted(guest, 10);
    expect(await e.spend(guest, 1)).to.deep.equal({ ok: false, reason: 'guest', available: 300 });
  });

  it('E7: a refunded spend restores the same lots; one that expired meanwhile is reopened for 30 days', async () => {
    const person = await e.member();
    await e.granted(person, 10, START);
    await e.granted(person, 10, START + 100 * DAY);
    const lastDay = START + 365 * DAY;
    const spend = await e.spent(person, 15, lastDay);
    const tomorrow = lastDay + DAY;
    await e.points.refund(e.at(tomorrow), spend, 'Changed my mind');
    expect(await e.balance(person, tomorrow)).to.deep.equal([20, 0, 0]);
    expect((await e.points.balance(e.at(tomorrow), person)).expiring).to.deep.equal([{ amount: 10, at: tomorrow + 30 * DAY }]);
    expect(await e.balance(person, tomorrow + 31 * DAY)).to.deep.equal([10, 0, 0]);
  });

  it('gives back only what was spent of a lot that expired meanwhile, even when the job is late', async () => {
    const person = await e.member();
    await e.granted(person, 10);
    const spend = await e.spent(person, 6);
    const late = START + 400 * DAY;
    await e.points.refund(e.at(late), spend, 'x');
    expect(await e.balance(person, late)).to.deep.equal([6, 0, 0]);
  });

  it('gives a spend back once, however often it is asked', async () => {
    const person = await e.member();
    await e.granted(person, 10);
    const spend = await e.spent(person, 10);
    await Promise.all(Array.from({ length: 10 }, () => e.points.refund(e.at(), spend, 'again')));
    expect(await e.balance(person)).to.deep.equal([10, 0, 0]);
  });

  it('E32: expired points cannot be spent before the expiry job has come', async () => {
    const person = await e.member();
    await e.granted(person, 40);
    const late = START + 367 * DAY;
    expect(await e.balance(person, late)).to.deep.equal([0, 0, 0]);
    expect(await e.spend(person, 1, late)).to.deep.equal({ ok: false, reason: 'too-few-points', available: 0 });
    expect(await e.points.expireDue(e.at(late))).to.equal(0);
  });

  it('expires by job exactly once, at the end of the business date 365 days later', async () => {
    const person = await e.member();
    await e.granted(person, 40);
    expect(await e.points.expireDue(e.at(START + 365 * DAY))).to.equal(0);
    expect(await e.points.expireDue(e.at(START + 366 * DAY))).to.equal(40);
    expect(await e.points.expireDue(e.at(START + 366 * DAY))).to.equal(0);
    const { items } = await e.points.statement(e.at(), person, { limit: 1 });
    expect(items[0]).to.include({ kind: 'expire', available: -40, source: 'test.gift' });
  });

  it('gives all points one full period when expiry is switched on, pending ones from the day they open', async () => {
    const eternal: PointsProgramme = { ...programmeOf(testShop()), liveDays: null };
    e = make({ points: eternal });
    const person = await e.member(), opens = [0, 2 * DAY, 2 * DAY + HOUR, 5 * DAY].map((later) => START + later);
    await e.granted(person, 10);
    for (const [n, at] of opens.slice(1).entries()) await e.granted(person, 20 + n, START, newId(), at);
    const { version: _version, ...draft } = eternal;
    await new ProgrammeService(e.db, e.audit, async () => {}).save(e.at(START + DAY), 0, { ...draft, liveDays: 10 });
    const shop = { ...e.shop, points: { ...eternal, liveDays: 10 } };
    await e.points.mature(e.at(START + 6 * DAY));
    const { expiring } = await e.points.balance(e.at(START + 6 * DAY), person);
    expect(expiring).to.deep.equal([[10, START + DAY], [20 + 21, opens[1]!], [22, opens[3]!]].map(([amount, at]) => ({ amount, at: expiryOf(shop, at!) })));
    expect(await e.spend(person, 1, expiryOf(shop, opens[3]!))).to.deep.include({ ok: false, available: 0 });
  });

  it('keeps points pending until their time has come', async () => {
    const person = await e.member();
    await e.granted(person, 25, START, newId(), START + 2 * DAY);
    expect(await e.balance(person)).to.deep.equal([0, 25, 0]);
    expect(await e.spend(person, 25)).to.include({ ok: false });
    expect(await e.points.mature(e.at(START + DAY))).to.equal(0);
    expect(await e.points.mature(e.at(START + 2 * DAY))).to.equal(25);
    expect(await e.balance(person)).to.deep.equal([25, 0, 0]);
  });

  it('lets a spend use pending points whose time has come before the job did', async () => {
    const person = await e.member();
    await e.granted(person, 25, START, newId(), START + 2 * DAY);
    expect(await e.spend(person, 25, START + 3 * DAY)).to.include({ ok: true, available: 0 });
  });

  it('lets staff adjust with a reason, never below zero', async () => {
    const person = await e.member();
    expect(await e.points.adjust(e.at(), person, 30, 'Sorry for the delay')).to.include({ available: 30 });
    expect(await e.points.adjust(e.at(), person, -10, 'Counted twice')).to.include({ available: 20 });
    for (const [amount, reason, code] of [[-21, 'x', 'GX_POINTS_TOO_FEW'], [5, '  ', 'GX_REASON_MISSING'], [0, 'x', 'GX_POINTS_AMOUNT'], [1.5, 'x', 'GX_POINTS_AMOUNT'], [2e6, 'x', 'GX_POINTS_AMOUNT']] as const) {
      await e.points.adjust(e.at(), person, amount, reason).then(() => expect.fail(code), (error: { code: string }) => expect(error.code).to.equal(code));
    }
    const { items } = await e.points.statement(e.at(), person, {});
    expect(items.map((line) => line.note)).to.deep.equal(['Counted twice', 'Sorry for the delay']);
    expect(items[0]!.actor).to.equal('staff:Lin');
  });

  it('refuses unknown people', async () => {
    for (const call of [() => e.points.adjust(e.at(), 'nobody', 1, 'x'), () => e.spend('nobody', 1), () => e.give('nobody', 1), () => e.points.refund(e.at(), 'nothing', 'x'), () => e.grants.reverse(e.at(), 'nothing', 'x')]) {
      await (call() as Promise<unknown>).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_NOT_FOUND'));
    }
  });

  it('of 50 spends at once lets through what the balance allows', async () => {
    const person = await e.member();
    await e.granted(person, 60, START);
    await e.granted(person, 40, START + DAY);
    const results = await Promise.all(Array.from({ length: 50 }, () => e.spend(person, 7, START + DAY)));
    expect(results.filter((result) => result.ok)).to.have.length(14);
    expect(await e.balance(person, START + DAY)).to.deep.equal([2, 0, 0]);
  });

  it('of 50 spends with one key makes one', async () => {
    const person = await e.member();
    await e.granted(person, 100);
    const results = await Promise.all(Array.from({ length: 50 }, () => e.spend(person, 7, START, 'same')));
    expect(new Set(results.map((result) => (result.ok ? result.transactionId : 'refused'))).size).to.equal(1);
    expect(await e.balance(person)).to.deep.equal([93, 0, 0]);
  });

  it('never shows or moves points of another shop', async () => {
    const other = make();
    const person = await e.member();
    await e.granted(person, 10);
    expect(await other.balance(person)).to.deep.equal([0, 0, 0]);
    await other.spend(person, 1).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_NOT_FOUND'));
  });
});
