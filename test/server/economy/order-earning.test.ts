import { expect } from 'chai';
import { EarnRulesService } from '../../../server/economy/earning/earn-rules.service.js';
import { DAY, newId } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, order, refund, START, type Economy } from './economy-fixture.js';

forEachEngine('points from orders', (open) => {
  let make: (more?: object) => Economy;
  let e: Economy;
  let person: string;
  before(async () => { make = (await openEconomy(open)).shop; });
  beforeEach(async () => {
    e = make();
    person = (await e.intake.customer(e.at(), { externalId: 'customer', name: 'Wei', updatedAt: START })).personId;
  });
  afterEach(() => e.expectSound());
  const earnedBack = async (): Promise<number[]> => (await e.points.statement(e.at(), person, {})).items.filter((line) => line.kind === 'reversal').map((line) => -(line.available + line.pending)).reverse();

  it('earns one point per unit paid, pending until delivery and 7 days', async () => {
    const id = newId();
    await e.intake.order(e.at(), order({ id, paid: [12_345, 699], shipping: 900 }));
    expect(await e.balance(person)).to.deep.equal([0, 130, 0]);
    await e.intake.order(e.at(), order({ id, paid: [12_345, 699], shipping: 900, deliveredAt: START + 2 * DAY, updatedAt: START + 2 * DAY }));
    expect(await e.points.mature(e.at(START + 9 * DAY - 1))).to.equal(0);
    expect(await e.points.mature(e.at(START + 9 * DAY))).to.equal(130);
    expect(await e.balance(person)).to.deep.equal([130, 0, 0]);
  });

  it('does not wait for ever for a delivery: paid and 15 days', async () => {
    await e.intake.order(e.at(), order({ paid: [5000] }));
    expect(await e.points.mature(e.at(START + 15 * DAY - 1))).to.equal(0);
    expect(await e.points.mature(e.at(START + 15 * DAY))).to.equal(50);
  });

  it('makes points available at once when the delivery is told late', async () => {
    await e.intake.order(e.at(START + 20 * DAY), order({ paid: [5000], deliveredAt: START + DAY, updatedAt: START + 20 * DAY }));
    expect(await e.balance(person, START + 20 * DAY)).to.deep.equal([50, 0, 0]);
  });

  it('counts currencies without minor units whole', async () => {
    await e.intake.order(e.at(), order({ paid: [120], currency: 'JPY' }));
    expect(await e.balance(person)).to.deep.equal([0, 120, 0]);
  });

  it('gives nothing for unpaid, test, past and nobody\'s orders', async () => {
    await e.intake.order(e.at(), order({ paidAt: null }));
    await e.intake.order(e.at(), order({ test: true }));
    await e.intake.order(e.at(), order(), { history: true });
    const { customer: _nobody, ...anonymous } = order();
    await e.intake.order(e.at(), anonymous);
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('E5: thirds refunded take back 33, 34 and 33 of 100 points, and leave nothing', async () => {
    const id = newId();
    await e.intake.order(e.at(), order({ id }));
    for (const amount of [3333, 3334, 3333]) await e.intake.refund(e.at(), refund(id, [['1', amount]]));
    expect(await earnedBack()).to.deep.equal([33, 34, 33]);
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('E4: paid twice, refunded twice, refund before its order: one result', async () => {
    const id = newId();
    const back = refund(id, [['1', 4000]], START + DAY, 'refund-1');
    await e.intake.refund(e.at(), back);
    await e.intake.order(e.at(), order({ id }));
    await e.intake.order(e.at(), order({ id }));
    await e.intake.refund(e.at(), back);
    expect(await e.balance(person)).to.deep.equal([0, 60, 0]);
    expect((await e.events()).map(({ name }) => name)).to.deep.equal(['customer.created', 'order.paid', 'order.refunded']);
  });

  it('E6: points spent, then refunded: debt, which the next earning pays', async () => {
    const id = newId();
    await e.intake.order(e.at(), order({ id, deliveredAt: START }));
    await e.points.mature(e.at(START + 7 * DAY));
    await e.spent(person, 80, START + 8 * DAY);
    await e.intake.refund(e.at(START + 9 * DAY), refund(id, [['1', 10_000]]));
    expect(await e.balance(person)).to.deep.equal([0, 0, 80]);
    await e.granted(person, 100, START + 10 * DAY);
    expect(await e.balance(person)).to.deep.equal([20, 0, 0]);
    const { items } = await e.points.statement(e.at(), person, {});
    expect(items.map((line) => line.kind)).to.deep.equal(['debt', 'grant', 'reversal', 'spend', 'mature', 'earn']);
  });

  it('takes from the refunded line first, then the newest points, so that the oldest are kept', async () => {
    await e.granted(person, 10, START);
    const id = newId();
    await e.intake.order(e.at(), order({ id, paid: [5000, 3000], deliveredAt: START }));
    await e.points.mature(e.at(START + 7 * DAY));
    await e.granted(person, 10, START + 8 * DAY);
    await e.spent(person, 30, START + 8 * DAY);
    // Spent: the gift of START and 20 of the order. Refunding line 1 takes what is left of its own lot, then the newest gift.
    await e.intake.refund(e.at(START + 9 * DAY), refund(id, [['1', 5000]]));
    expect((await e.balance(person))[0]).to.equal(20);
  });

  it('takes everything back when an order is cancelled, also after partial refunds', async () => {
    const id = newId();
    await e.intake.order(e.at(), order({ id, paid: [1000, 999] }));
    await e.intake.refund(e.at(), refund(id, [['1', 500]]));
    await e.intake.order(e.at(), order({ id, paid: [1000, 999], cancelledAt: START + DAY, updatedAt: START + DAY }));
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('treats money given back without naming goods as a full refund when nothing is left', async () => {
    const id = newId();
    await e.intake.order(e.at(), order({ id }));
    await e.intake.refund(e.at(), { ...refund(id, []), amount: 4000 });
    expect(await e.balance(person)).to.deep.equal([0, 100, 0]);
    await e.intake.refund(e.at(), { ...refund(id, []), amount: 6000 });
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('follows an edited order: a line removed, a line added', async () => {
    const id = newId();
    await e.intake.order(e.at(), order({ id, paid: [1000, 2000] }));
    await e.intake.order(e.at(), order({ id, paid: [1000], updatedAt: START + 1 }));
    expect(await e.balance(person)).to.deep.equal([0, 10, 0]);
    await e.intake.order(e.at(), order({ id, paid: [1000, 2000, 500], updatedAt: START + 2 }));
    expect(await e.balance(person)).to.deep.equal([0, 35, 0]);
  });

  it('keeps of what kind goods were when they were paid for: what is called otherwise later begins to earn nothing and loses nothing', async () => {
    const rules = new EarnRulesService(e.db, e.audit);
    const called = (one: string, other: string, updatedAt: number) => Promise.all([['SKU-1', one], ['SKU-2', other]].map(([sku, category]) =>
      e.intake.product(e.at(), { externalId: sku!, title: sku!, category: category!, status: 'active', updatedAt, variants: [{ externalId: sku!, sku: sku!, price: 100, currency: 'CNY' }] })));
    await called('Tea', 'Books', START);
    const { at: _at, actor: _actor, version, ...rule } = (await rules.versions(e.at()))[0]!;
    await rules.save(e.at(), version, { ...rule, startsAt: null, excluded: { skus: [], types: ['Books'] } });
    const id = newId();
    await e.intake.order(e.at(), order({ id, paid: [5000, 3000] }));
    expect(await e.balance(person)).to.deep.equal([0, 50, 0]);
    await called('Books', 'Tea', START + 1);
    await e.intake.order(e.at(), order({ id, paid: [5000, 3000], deliveredAt: START + DAY, updatedAt: START + DAY }));
    expect(await e.balance(person)).to.deep.equal([0, 50, 0]);
    await e.intake.refund(e.at(), refund(id, [['1', 2500]]));
    await e.intake.refund(e.at(), refund(id, [['2', 1000]]));
    expect(await e.balance(person)).to.deep.equal([0, 25, 0]);
  });

  it('settles 30 deliveries of one order at once to one earning', async () => {
    const snapshot = order();
    await Promise.all(Array.from({ length: 30 }, () => e.intake.order(e.at(), snapshot)));
    expect(await e.balance(person)).to.deep.equal([0, 100, 0]);
    expect((await e.events()).filter(({ name }) => name === 'order.paid')).to.have.length(1);
  });

  it('settles an order and its refund that come at the same moment', async () => {
    for (let n = 0; n < 10; n++) {
      const id = newId();
      await Promise.all([e.intake.refund(e.at(), refund(id, [['1', 10_000]])), e.intake.order(e.at(), order({ id }))]);
    }
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });
});
