import { expect } from 'chai';
import { DAY, type PointsProgramme } from '../../../server/plugin-api/index.js';
import { programmeOf } from '../../../server/economy/programme/programme.js';
import { forEachEngine, testShop } from '../../kit/databases.js';
import { asksFirst } from './asks-first.js';
import { Economy, openEconomy, order, refund, START } from './economy-fixture.js';

const rules = (more: Partial<PointsProgramme>): { readonly points: PointsProgramme } => ({ points: { ...programmeOf(testShop()), version: 1, ...more } });

forEachEngine('what a shop does about debt', (open) => {
  let make: (more?: object) => Economy;
  before(async () => { make = (await openEconomy(open)).shop; });

  /** 100 points from an order are spent, then the order is refunded. */
  async function owing(e: Economy): Promise<string> {
    const at = START + 10 * DAY;
    await e.intake.order(e.at(at), order({ id: 'o1', paid: [10_000], deliveredAt: START }));
    const person = (await e.customers.byExternalId(e.at(), 'customer'))!.id;
    await e.spent(person, 90, at);
    await e.intake.refund(e.at(at), refund('o1', [['1', 10_000]], at));
    return person;
  }

  it('gives it up where the rules say so, and the ledger tells how much', async () => {
    const e = make(rules({ debtPolicy: 'write_off' }));
    const person = await owing(e);
    expect(await e.balance(person, START + 10 * DAY)).to.deep.equal([0, 0, 0]);
    const { items } = await e.points.statement(e.at(START + 10 * DAY), person, {});
    expect(items.filter((line) => line.kind === 'write-off')).to.have.length(1);
    await e.granted(person, 30, START + 11 * DAY);
    expect(await e.balance(person, START + 11 * DAY), 'nothing is owed').to.deep.equal([30, 0, 0]);
    await e.expectSound();
  });

  it('lets the next points pay it by default', async () => {
    const e = make();
    const person = await owing(e);
    expect(await e.balance(person, START + 10 * DAY)).to.deep.equal([0, 0, 90]);
    expect(await e.spend(person, 5, START + 10 * DAY)).to.deep.include({ ok: false, reason: 'too-few-points' });
    await e.granted(person, 100, START + 11 * DAY);
    expect(await e.balance(person, START + 11 * DAY)).to.deep.equal([10, 0, 0]);
    await e.expectSound();
  });

  it('asks before the next spend where the rules say so, and settles when the shopper agrees', async () => {
    const { shop } = await openEconomy(open);
    const e = shop(rules({ debtPolicy: 'ask_at_next_redemption' }));
    await asksFirst(e);
    const person = await owing(e);
    const at = START + 11 * DAY;
    await e.granted(person, 100, at);
    expect(await e.balance(person, at), 'kept apart').to.deep.equal([100, 0, 90]);
    expect(await e.spend(person, 10, at)).to.deep.equal({ ok: false, reason: 'debt', available: 100 });
    expect(await e.points.hold(e.at(at), { personId: person, amount: 10, source: 'core.checkout', causeRef: 'c', key: 'k' })).to.deep.include({ ok: false, reason: 'debt' });
    await e.expectSound();
    expect(await e.points.settleDebt(e.at(at), person)).to.equal(90);
    expect(await e.points.settleDebt(e.at(at), person), 'again').to.equal(0);
    expect((await e.spend(person, 10, at)).ok).to.equal(true);
    expect(await e.balance(person, at)).to.deep.equal([0, 0, 0]);
    await e.expectSound();
  });

  it('pays a debt before anything else once the shop no longer asks, also where a node that had not heard of it gave points meanwhile', async () => {
    const asking = make(rules({ debtPolicy: 'ask_at_next_redemption' }));
    const person = await owing(asking), at = START + 11 * DAY;
    const e = new Economy(asking.db, { ...asking.shop, points: rules({}).points });
    await asking.granted(person, 100, at);
    const held = await e.points.hold(e.at(at), { personId: person, amount: 20, source: 'core.checkout', causeRef: 'c', key: 'k' });
    expect(held).to.deep.include({ ok: false, reason: 'too-few-points', available: 10 });
    expect(await e.balance(person, at)).to.deep.equal([10, 0, 0]);
    await e.expectSound();
    const second = make(rules({ debtPolicy: 'ask_at_next_redemption' })), debtor = await owing(second);
    await second.granted(debtor, 100, at);
    const now = new Economy(second.db, { ...second.shop, points: rules({}).points });
    expect(await now.spend(debtor, 10, at)).to.deep.include({ ok: true, available: 0 });
    await now.expectSound();
  });
});
