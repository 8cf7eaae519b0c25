import { expect } from 'chai';
import { DAY, MINUTE, newId, statement, type DiscountTerms, type Instant } from '../../../server/plugin-api/index.js';
import { KeptFreeLines } from '../../../server/commerce/migrations/1764011401000-kept-free-lines.js';
import { OrdersService } from '../../../server/commerce/orders.service.js';
import { SystemStatement } from '../../../server/data/data-store.js';
import { migrate } from '../../../server/data/migrate.js';
import { forEachEngine, type OpenDatabase } from '../../kit/databases.js';
import { Economy, openEconomy, order, refund, START } from '../economy/economy-fixture.js';

const COUNTED = statement<{ external_id: string; person_id: string; fully_refunded: number }>('SELECT external_id, person_id, fully_refunded FROM shop_order WHERE shop_id = :shop');

forEachEngine('discount codes', (open) => {
  let make: (more?: object) => Economy;
  let e: Economy;
  let person: string;
  before(async () => { make = (await openEconomy(open)).shop; });
  beforeEach(async () => {
    e = make();
    person = (await e.intake.customer(e.at(), { externalId: 'customer', updatedAt: START })).personId;
  });
  afterEach(() => e.expectSound());

  const FIVE_OFF: DiscountTerms = { kind: 'amount', value: 500, minimum: 5900 };
  async function register(terms: DiscountTerms = FIVE_OFF, expiresAt: Instant = START + 14 * DAY): Promise<string> {
    const code = e.codes.generate();
    await e.db.hot(e.at(), code, (ctx) => e.codes.steps.register(ctx, { code, terms, personId: person, expiresAt, owner: 'coupon-exchange', ownerRef: 'redemption-1' }));
    return code;
  }
  const reserve = (code: string, ref: string, now: Instant = START): Promise<{ ok: boolean }> => e.db.hot(e.at(now), code, (ctx) => e.codes.steps.reserve(ctx, code, ref));
  const use = (code: string, ref: string, now: Instant = START): Promise<boolean> => e.db.hot(e.at(now), code, (ctx) => e.codes.steps.use(ctx, code, ref));
  const names = async (): Promise<string[]> => (await e.events()).map(({ name }) => name).filter((name) => name.startsWith('discount.'));

  it('makes codes of 80 random bits that are easy to read', () => {
    const codes = new Set(Array.from({ length: 1000 }, () => e.codes.generate()));
    expect(codes.size).to.equal(1000);
    for (const code of codes) expect(code).to.match(/^GX(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
  });

  it('says what a code takes off, or why it does not apply', async () => {
    const amount = await register();
    const percent = await register({ kind: 'percent', value: 1500, minimum: 0 });
    const shipping = await register({ kind: 'free-shipping', value: 0, minimum: 0 });
    const old = await register(FIVE_OFF, START + DAY);
    const answers = await e.codes.evaluate(e.at(START + 2 * DAY), [amount.toLowerCase(), percent, shipping, old, 'GX-NOPE'], 9999, person);
    expect(answers.map((answer) => (answer.ok ? answer.discount : answer.reason))).to.deep.equal([500, 1499, 0, 'expired', 'unknown']);
    expect(await e.codes.evaluate(e.at(), [amount], 5899, person)).to.deep.equal([{ code: amount, ok: false, reason: 'below-minimum', minimum: 5900 }]);
    expect(await e.codes.evaluate(e.at(), [amount], 9999, await e.member())).to.deep.equal([{ code: amount, ok: false, reason: 'not-yours' }]);
    expect(await e.codes.evaluate(e.at(), [amount], 9999, null)).to.deep.equal([{ code: amount, ok: false, reason: 'not-yours' }]);
    await use(amount, 'order-1');
    expect(await e.codes.evaluate(e.at(), [amount], 9999, person)).to.deep.equal([{ code: amount, ok: false, reason: 'used' }]);
  });

  it('E13: of 50 checkouts at once exactly one gets the code', async () => {
    const code = await register();
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => reserve(code, `order-${n}`)));
    expect(results.filter((result) => result.ok)).to.have.length(1);
    const used = await Promise.all(Array.from({ length: 50 }, (_, n) => use(code, `order-${n}`)));
    expect(used.filter(Boolean)).to.have.length(1);
    expect(await names()).to.deep.equal(['discount.used']);
  });

  it('E13: of 50 paid orders that name the code one uses it', async () => {
    const code = await register();
    await Promise.all(Array.from({ length: 50 }, (_, n) => e.intake.order(e.at(), order({ codes: [code], customer: `c${n}` }))));
    expect(await names()).to.deep.equal(['discount.used']);
  });

  it('E12: keeps a reserved code good for 30 minutes after it expired, and no longer', async () => {
    const early = await register(FIVE_OFF, START + MINUTE);
    const late = await register(FIVE_OFF, START + MINUTE);
    await reserve(early, 'a');
    await reserve(late, 'b');
    expect(await use(early, 'a', START + 29 * MINUTE)).to.equal(true);
    expect(await use(late, 'b', START + 30 * MINUTE)).to.equal(false);
  });

  it('lets go of a code whose checkout was given up', async () => {
    const code = await register();
    await reserve(code, 'a');
    expect(await reserve(code, 'b', START + 29 * MINUTE)).to.deep.equal({ ok: false, reason: 'used' });
    expect(await reserve(code, 'b', START + 30 * MINUTE)).to.include({ ok: true });
    expect(await e.db.hot(e.at(START + 31 * MINUTE), code, (ctx) => e.codes.steps.release(ctx, code, 'abandoned'))).to.equal(true);
    expect(await reserve(code, 'c', START + 32 * MINUTE)).to.include({ ok: true });
    expect(await names()).to.deep.equal([]);
  });

  it('keeps a code used after a partial refund, and releases it once after a full one', async () => {
    const code = await register();
    const id = newId();
    await e.intake.order(e.at(), order({ id, codes: [code] }));
    await e.intake.refund(e.at(), refund(id, [['1', 5000]]));
    expect(await names()).to.deep.equal(['discount.used']);
    const rest = refund(id, [['1', 5000]]);
    await e.intake.refund(e.at(), rest);
    await e.intake.refund(e.at(), rest);
    await e.intake.order(e.at(), order({ id, codes: [code], updatedAt: START + DAY }));
    const released = (await e.events()).filter(({ name }) => name === 'discount.released');
    expect(released).to.have.length(1);
    expect(released[0]!.payload).to.include({ code, owner: 'coupon-exchange', ownerRef: 'redemption-1', cause: 'refund' });
  });

  it('keeps a code used while what it made free is kept, and frees it once that comes back too', async () => {
    for (const [paid, first, amount] of [[[29_900, 0], '1', 29_900], [[0, 0], '2', 0]] as const) {
      const [code, id] = [await register(), newId()];
      await e.intake.order(e.at(), order({ id, paid, codes: [code] }));
      await e.intake.refund(e.at(), refund(id, [[first, amount]]));
      const told = async (): Promise<(readonly [string, unknown])[]> => (await e.events()).filter(({ name, payload }) => payload['code'] === code || name === 'order.refunded').slice(-2).map(({ name, payload }) => [name, payload['full'] ?? payload['code']]);
      expect(await told(), 'one line is kept').to.deep.equal([['discount.used', code], ['order.refunded', false]]);
      await e.intake.refund(e.at(), refund(id, [[first === '1' ? '2' : '1', 0]]));
      expect(await told()).to.deep.equal([['order.refunded', true], ['discount.released', code]]);
    }
    const [code, id] = [await register(), newId()];
    await e.intake.order(e.at(), order({ id, paid: [29_900, 0], codes: [code] }));
    await e.intake.refund(e.at(), { ...refund(id, []), amount: 29_900 });
    expect((await names()).at(-1), 'all the money and no word of pieces is the whole order').to.equal('discount.released');
  });

  it('counts orders anew that were once counted as wholly returned although a free piece was kept', async () => {
    let database: OpenDatabase | undefined;
    const world = await openEconomy(async (options) => (database = await open(options)));
    e = world.shop();
    const story = { kept: [[29_900, 0], [['1', 29_900]]], nothingPaid: [[0, 0], [['2', 0]]], whole: [[29_900, 0], [['1', 29_900], ['2', 0]]], part: [[29_900, 5_000], [['1', 29_900]]] } as const;
    const ids = new Map<string, string>();
    for (const [name, [paid, back]] of Object.entries(story)) {
      const { orderId } = await e.intake.order(e.at(), order({ id: name, paid, customer: name }));
      ids.set(name, orderId);
      await e.intake.refund(e.at(), refund(name, back));
    }
    await e.intake.order(e.at(), order({ id: 'money', paid: [29_900, 0], customer: 'money' }));
    await e.intake.refund(e.at(), { ...refund('money', []), amount: 29_900 });
    const full = async (): Promise<Record<string, number>> => Object.fromEntries((await e.db.read(e.at(), (q) => q.many(COUNTED))).map((row) => [row.external_id, row.fully_refunded]));
    const right = { kept: 0, nothingPaid: 0, whole: 1, part: 0, money: 1 };
    expect(await full()).to.deep.equal(right);
    await e.db.system.run(new SystemStatement("UPDATE shop_order SET fully_refunded = 1 WHERE external_id IN ('kept', 'nothingPaid')"));
    await world.store.close();
    await migrate(database!.location, 'counted_again', [KeptFreeLines]);
    e = new Economy(await world.reopen(), e.shop);
    expect(await full()).to.deep.equal(right);
    const ofKept = (await e.db.read(e.at(), (q) => q.many(COUNTED))).find((row) => row.external_id === 'kept')!.person_id;
    const orders = new OrdersService(e.db);
    expect(await orders.boughtBy(e.at(), ofKept, 'SKU-2'), 'what is kept was bought').to.equal(ids.get('kept'));
    expect(await orders.boughtBy(e.at(), ofKept, 'SKU-1')).to.equal(undefined);
  });

  it('follows its owner into another account, and back when that is undone', async () => {
    const guest = await e.guest();
    const code = e.codes.generate();
    await e.db.hot(e.at(), code, (ctx) => e.codes.steps.register(ctx, { code, terms: FIVE_OFF, personId: guest, expiresAt: START + 14 * DAY, owner: 'coupon-exchange', ownerRef: 'redemption-2' }));
    const asks = async (who: string): Promise<unknown> => (await e.codes.evaluate(e.at(), [code], 9999, who)).map((answer) => (answer.ok ? answer.discount : answer.reason))[0];
    expect(await asks(person)).to.equal('not-yours');
    const { mergeId } = (await e.merging.merge(e.at(), guest, person))!;
    expect([await asks(person), await asks(guest)], 'who still has the guest\'s token is not the member').to.deep.equal([500, 'not-yours']);
    expect(await e.codes.ofPerson(e.at(), person)).to.deep.equal([code]);
    expect((await e.codes.byCode(e.at(), code))?.personId).to.equal(person);
    await e.merging.split(e.at(), mergeId);
    expect([await asks(person), await asks(guest), await e.codes.ofPerson(e.at(), person)]).to.deep.equal(['not-yours', 500, []]);
  });

  it('releases the code of a cancelled order, and its owner makes it usable again', async () => {
    const code = await register();
    const id = newId();
    await e.intake.order(e.at(), order({ id, codes: [code] }));
    await e.intake.order(e.at(), order({ id, codes: [code], cancelledAt: START + DAY, updatedAt: START + DAY }));
    expect(await names()).to.deep.equal(['discount.used', 'discount.released']);
    expect(await reserve(code, 'new')).to.deep.equal({ ok: false, reason: 'unknown' });
    expect(await e.db.hot(e.at(), code, (ctx) => e.codes.steps.restore(ctx, code, START + 40 * DAY))).to.equal(true);
    await e.intake.order(e.at(), order({ id, codes: [code], cancelledAt: START + DAY, updatedAt: START + 2 * DAY }));
    expect(await reserve(code, 'new', START + 3 * DAY)).to.include({ ok: true });
  });

  it('revokes what was not used', async () => {
    const code = await register();
    const revoke = (): Promise<boolean> => e.db.hot(e.at(), code, (ctx) => e.codes.steps.revoke(ctx, code));
    expect(await revoke()).to.equal(true);
    expect(await revoke()).to.equal(false);
    expect(await reserve(code, 'a')).to.deep.equal({ ok: false, reason: 'unknown' });
  });
});
