import { expect } from 'chai';
import { DAY, MINUTE, newId, statement, type Instant } from '../../../server/plugin-api/index.js';
import type { Merged } from '../../../server/economy/merging/merge-steps.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, order, refund, START, type Economy } from './economy-fixture.js';

const LOTS = statement('SELECT quantity, remaining, state, activates_at, expires_at, source FROM lot WHERE shop_id = :shop AND person_id = :person AND remaining > 0 ORDER BY expires_at, activates_at, id');
const codeOf = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'no error', (error: unknown) => (error as { code?: string }).code);

forEachEngine('two accounts of one person', (open) => {
  let make: (more?: object) => Economy;
  before(async () => { make = (await openEconomy(open)).shop; });

  const once = (e: Economy, personId: string, amount: number, word: string, now: Instant = START) =>
    e.grants.grant(e.at(now), { personId, reward: { kind: 'points', amount }, source: 'test.task', causeRef: word, key: newId(), once: word });
  const merged = async (e: Economy, from: string, into: string, now: Instant = START): Promise<Merged> => {
    const result = await e.merging.merge(e.at(now), from, into);
    if (!result) expect.fail('not merged');
    return result;
  };
  const picture = async (e: Economy, person: string, now: Instant = START): Promise<unknown> => {
    const { available, pending, held, debt } = await e.points.balance(e.at(now), person);
    return { available, pending, held, debt, lots: await e.db.read(e.at(now), (q) => q.many(LOTS, { person })) };
  };

  it('E14: a guest signs in to an account that has played already: one-off points once, the rest comes along and lives as long as any', async () => {
    const e = make();
    const guest = await e.guest(), member = await e.member();
    await once(e, guest, 50, 'follow-shop');
    await once(e, member, 50, 'follow-shop');
    await once(e, guest, 60, 'birthday');
    await e.granted(guest, 20);
    expect((await e.points.balance(e.at(), guest)).expiring, 'provisional').to.have.length(1);
    const result = await merged(e, guest, member);
    expect([result.points, result.dropped]).to.deep.equal([80, 50]);
    expect(await e.balance(member)).to.deep.equal([130, 0, 0]);
    expect(await e.balance(guest)).to.deep.equal([0, 0, 0]);
    expect((await e.points.balance(e.at(), member)).expiring, 'no longer provisional').to.deep.equal([]);
    expect(await once(e, member, 60, 'birthday'), 'had as a guest').to.deep.include({ ok: true, replayed: true });
    expect(await e.balance(member)).to.deep.equal([130, 0, 0]);
    expect(await e.merging.merge(e.at(), guest, member), 'again').to.equal(undefined);
    expect((await e.events()).filter(({ name }) => name === 'customer.merged').map(({ payload }) => payload)).to.deep.equal([{ personId: guest, into: member }]);
    await e.expectSound();
  });

  it('E15: are as before when the merge is undone: balances, lots, debt and holds', async () => {
    const e = make();
    const one = await e.member(), two = await e.member();
    await e.granted(one, 70);
    await e.granted(one, 30, START, newId(), START + 5 * DAY);
    await e.granted(two, 40, START + DAY);
    await once(e, one, 15, 'profile');
    await once(e, two, 15, 'profile');
    expect((await e.points.hold(e.at(START + DAY), { personId: one, amount: 10, source: 'core.checkout', causeRef: 'c', key: newId(), minutes: 1440 })).ok).to.equal(true);
    const before = [await picture(e, one), await picture(e, two)];
    const { mergeId } = await merged(e, one, two, START + DAY);
    expect(await e.balance(two)).to.deep.equal([115, 30, 0]);
    expect((await e.points.balance(e.at(START + DAY), two)).held).to.equal(10);
    await e.expectSound();
    await e.merging.split(e.at(START + DAY + MINUTE), mergeId);
    expect([await picture(e, one), await picture(e, two)]).to.deep.equal(before);
    expect(await codeOf(e.merging.split(e.at(START + DAY), mergeId))).to.equal('GX_SPLIT_DONE');
    await e.spent(one, 75, START + DAY);
    await e.expectSound();
  });

  for (const who of ['the one who goes', 'the one who stays']) {
    it(`E15: gives ${who} the debt back that the other's points paid`, async () => {
      const e = make();
      const at = START + 10 * DAY;
      await e.intake.order(e.at(at), order({ id: 'o1', paid: [10_000], deliveredAt: START }));
      const debtor = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
      await e.spent(debtor, 60, at);
      await e.intake.refund(e.at(at), refund('o1', [['1', 10_000]], at));
      const other = await e.member();
      await e.granted(other, 100, at);
      const [from, into] = who === 'the one who goes' ? [debtor, other] : [other, debtor];
      const { mergeId } = await merged(e, from, into, at);
      expect(await e.balance(into, at)).to.deep.equal([40, 0, 0]);
      await e.expectSound();
      await e.merging.split(e.at(at), mergeId);
      expect([await e.balance(debtor, at), await e.balance(other, at)]).to.deep.equal([[0, 0, 60], [100, 0, 0]]);
      await e.expectSound();
    });
  }

  it('take a one-off that both had back once, and give back none that was taken back meanwhile', async () => {
    const e = make();
    const first = await e.member(), one = await e.member(), two = await e.member();
    const task = await once(e, first, 25, 'profile'), other = await once(e, one, 10, 'follow-shop');
    if (!task.ok || !other.ok) return expect.fail('refused');
    await e.spent(first, 5);
    await once(e, two, 25, 'profile');
    await once(e, two, 10, 'follow-shop');
    await e.granted(two, 40);
    await merged(e, first, one);
    const { mergeId, points, dropped } = await merged(e, one, two);
    expect([points, dropped], 'also what had moved before').to.deep.equal([0, 30]);
    expect(await e.balance(two)).to.deep.equal([75, 0, 0]);
    await e.grants.reverse(e.at(), other.grantId, 'a mistake');
    expect(await e.balance(two), 'nothing of it was left').to.deep.equal([75, 0, 0]);
    await e.grants.reverse(e.at(), task.grantId, 'a mistake');
    expect(await e.balance(two), 'only what was spent of it before').to.deep.equal([70, 0, 0]);
    await e.expectSound();
    await e.merging.split(e.at(), mergeId);
    expect([await e.balance(one), await e.balance(two)]).to.deep.equal([[0, 0, 0], [70, 0, 0]]);
    await e.expectSound();
  });

  it('share what is left when something was spent between merge and split', async () => {
    const e = make();
    const guest = await e.guest(), member = await e.member();
    await e.granted(guest, 100);
    await e.granted(member, 30, START + DAY);
    const { mergeId } = await merged(e, guest, member, START + DAY);
    await e.spent(member, 110, START + 2 * DAY);
    await e.expectSound();
    await e.merging.split(e.at(START + 3 * DAY), mergeId);
    expect([await e.balance(guest, START + 3 * DAY), await e.balance(member, START + 3 * DAY)]).to.deep.equal([[0, 0, 0], [20, 0, 0]]);
    await e.expectSound();
  });

  it('keep working under the old id: refunds, spends given back, undone grants and late orders reach the one person', async () => {
    const e = make();
    const at = START + 10 * DAY;
    await e.intake.order(e.at(at), order({ id: 'o1', paid: [10_000, 5000], deliveredAt: START }));
    const old = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
    const gift = await e.granted(old, 25, at);
    const spend = await e.spent(old, 40, at);
    const member = await e.member();
    await merged(e, old, member, at);
    expect(await e.balance(member, at)).to.deep.equal([135, 0, 0]);
    await e.points.refund(e.at(at), spend, 'sold out');
    expect(await e.balance(member, at)).to.deep.equal([175, 0, 0]);
    await e.expectSound();
    await e.grants.reverse(e.at(at), gift, 'a mistake');
    await e.intake.refund(e.at(at), refund('o1', [['1', 5000]], at));
    expect(await e.balance(member, at)).to.deep.equal([100, 0, 0]);
    await e.intake.order(e.at(at), order({ id: 'o2', paid: [2000], deliveredAt: START }));
    expect(await e.balance(member, at)).to.deep.equal([120, 0, 0]);
    expect(await e.balance(old, at)).to.deep.equal([0, 0, 0]);
    await e.expectSound();
  });

  it('give no bearer of the former guest a way to the member\'s points', async () => {
    const e = make();
    const guest = await e.guest(), member = await e.member();
    await e.granted(member, 100);
    await merged(e, guest, member);
    const asGuest = { ...e.at(), actor: { kind: 'shopper' as const, personId: guest, guest: true } };
    expect(await e.points.spend(asGuest, { personId: guest, amount: 10, source: 'test.purchase', causeRef: 'c', key: newId() })).to.deep.include({ ok: false, reason: 'guest' });
    expect(await e.points.hold(asGuest, { personId: guest, amount: 10, source: 'test.purchase', causeRef: 'c', key: newId() })).to.deep.include({ ok: false, reason: 'guest' });
    expect(await e.balance(member)).to.deep.equal([100, 0, 0]);
  });

  it('refuse what cannot be', async () => {
    const e = make();
    const guest = await e.guest(), one = await e.member(), two = await e.member(), three = await e.member();
    expect(await codeOf(e.merging.merge(e.at(), one, guest))).to.equal('GX_MERGE_GUEST');
    expect(await codeOf(e.merging.merge(e.at(), newId(), one))).to.equal('GX_NOT_FOUND');
    expect(await e.merging.merge(e.at(), one, one)).to.equal(undefined);
    await e.granted(one, 10);
    const first = await merged(e, one, two);
    const second = await merged(e, two, three);
    expect(await e.balance(three)).to.deep.equal([10, 0, 0]);
    expect(await codeOf(e.merging.split(e.at(), first.mergeId))).to.equal('GX_SPLIT_LATER');
    await e.merging.split(e.at(), second.mergeId);
    expect(await e.balance(two)).to.deep.equal([10, 0, 0]);
    expect(await codeOf(e.merging.split(e.at(START + 31 * DAY), first.mergeId))).to.equal('GX_SPLIT_LATE');
    await e.merging.split(e.at(START + 29 * DAY), first.mergeId);
    expect(await e.balance(one)).to.deep.equal([10, 0, 0]);
    await e.expectSound();
  });

  it('merge once when everybody asks at once, while points keep coming in', async () => {
    const e = make();
    const guest = await e.guest(), member = await e.member();
    await e.granted(guest, 50);
    const results = await Promise.allSettled([
      ...Array.from({ length: 6 }, () => e.merging.merge(e.at(), guest, member)), ...Array.from({ length: 10 }, (_, n) => e.give(guest, 3, START, `late-${n}`)), ...Array.from({ length: 4 }, () => e.spend(member, 5)),
    ]);
    expect(results.slice(0, 6).filter((each) => each.status === 'fulfilled' && each.value !== undefined)).to.have.length(1);
    expect(await e.balance(guest)).to.deep.equal([0, 0, 0]);
    await e.expectSound();
  });

  it('E29: an erased person forfeits the balance with an entry, and what comes later of their orders changes nothing', async () => {
    const e = make();
    const at = START + 10 * DAY;
    await e.intake.order(e.at(at), order({ id: 'o1', paid: [10_000, 7000], deliveredAt: START }));
    const person = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
    await e.granted(person, 20, at, newId(), at + 5 * DAY);
    expect((await e.points.hold(e.at(at), { personId: person, amount: 30, source: 'core.checkout', causeRef: 'c', key: newId() })).ok).to.equal(true);
    const receipt = await e.privacy.erasePerson(e.at(at), person);
    expect([receipt.failed, receipt.erased['points']]).to.deep.equal([{}, { ledger_transaction: 1 }]);
    const { available, pending, held, debt } = await e.points.balance(e.at(at), person);
    expect([available, pending, held, debt]).to.deep.equal([0, 0, 0, 0]);
    await e.expectSound();
    await e.intake.refund(e.at(at), refund('o1', [['1', 10_000]], at));
    await e.intake.refund(e.at(at), refund('o1', [['2', 7000]], at));
    await e.points.mature(e.at(at + 20 * DAY));
    await e.points.expireDue(e.at(at + 400 * DAY));
    await e.expectSound();
    expect((await e.privacy.erasePerson(e.at(at), person)).erased['points'], 'again').to.deep.equal({ ledger_transaction: 0 });
    expect(await codeOf(e.spend(person, 1, at))).to.equal('GX_NOT_FOUND');
  });
});
