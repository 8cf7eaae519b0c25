import { expect } from 'chai';
import { CommerceIntakeService } from '../../../server/commerce/commerce-intake.service.js';
import { CodeGuessing } from '../../../server/commerce/code-guessing.js';
import { DiscountCodesService } from '../../../server/commerce/discount-codes.service.js';
import * as commerce from '../../../server/commerce/schema.js';
import { ProductOpenings } from '../../../server/commerce/product-openings.js';
import { MemberPrices } from '../../../server/commerce/stacking/member-prices.js';
import { StackingService } from '../../../server/commerce/stacking/stacking.service.js';
import type { DataStore } from '../../../server/data/data-store.js';
import { OrderEarningService } from '../../../server/economy/earning/order-earning.service.js';
import { PointsLedgerService } from '../../../server/economy/points-ledger.service.js';
import * as economy from '../../../server/economy/schema.js';
import { EventDispatcher } from '../../../server/events/event-dispatcher.service.js';
import { OutboxService } from '../../../server/events/outbox.service.js';
import * as events from '../../../server/events/schema.js';
import * as jobs from '../../../server/jobs/schema.js';
import { SchedulerService } from '../../../server/jobs/scheduler.service.js';
import { AuditService } from '../../../server/privacy/audit.service.js';
import { DAY, statement, type Actor, type Shop, type ShopContext } from '../../../server/plugin-api/index.js';
import { DemoClock } from '../../../server/shops/demo/demo-clock.js';
import { createDemoShop, demoRoutes, type DemoParts } from '../../../server/shops/demo/demo-shop.js';
import * as demo from '../../../server/shops/demo/schema.js';
import { ensureDemoShop, seedDemo } from '../../../server/shops/demo/seed-demo.js';
import * as shops from '../../../server/shops/schema.js';
import { ShopsService } from '../../../server/shops/shops.service.js';
import { forEachEngine, type OpenDatabase } from '../../kit/databases.js';

const parts = [shops, demo, commerce, economy, events, jobs];
const COUNT = statement<{ n: number; total: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(total) AS BIGINT) AS total FROM shop_order WHERE shop_id = :shop');
const EARNED = statement<{ n: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ledger_transaction WHERE shop_id = :shop');
const refusal = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: { code?: string }) => error.code ?? String(error));

interface Running extends DemoParts { readonly shop: Shop; readonly ctx: () => ShopContext }

async function start(store: DataStore): Promise<Running> {
  const clock = new DemoClock();
  const list = new ShopsService(store);
  await list.load();
  const shop = await ensureDemoShop(list, { store, clock });
  const contextFor = (_id: number, actor: Actor): Promise<ShopContext> => Promise.resolve({ shop, actor, locale: 'en', now: clock.now() });
  const outbox = new OutboxService(store);
  const dispatcher = new EventDispatcher(store, outbox, contextFor);
  const scheduler = new SchedulerService(store, clock, () => [shop], contextFor);
  const discounts = new DiscountCodesService(store, outbox);
  const intake = new CommerceIntakeService(store, outbox, new OrderEarningService(store), discounts);
  const made = createDemoShop({
    store, clock, intake, discounts, dispatcher, scheduler, stacking: new StackingService(store, new AuditService(store)), memberPrices: new MemberPrices(() => true, () => undefined), openings: new ProductOpenings(() => true, () => undefined), guessing: new CodeGuessing(store), ledger: new PointsLedgerService(store),
    issueBearer: (_shop, personId) => `bearer of ${personId}`,
  });
  return { ...made, shop, ctx: () => ({ shop, actor: { kind: 'visitor' }, locale: 'en', now: clock.now() }) };
}

forEachEngine('demo shop', (open) => {
  let database: OpenDatabase, shop: Running;
  before(async function () {
    this.timeout(120_000);
    database = await open({ entities: parts.flatMap((part) => [...part.entities]), migrations: parts.flatMap((part) => [...part.migrations]) });
    shop = await start(database.store);
  });
  const buyer = async (email: string): Promise<Awaited<ReturnType<DemoParts['customers']['open']>>> => shop.customers.open(shop.ctx(), { email });
  const coupon = async (personId: string): Promise<string> => {
    const code = shop.discounts.generate();
    await shop.store.hot(shop.ctx(), 'coupon', (ctx) => shop.discounts.steps.register(ctx, { code, terms: { kind: 'amount', value: 2000, minimum: 10_000 }, personId, expiresAt: ctx.now + DAY, owner: 'test', ownerRef: '1' }));
    return code;
  };

  it('seeds once, finishes a seed that was cut short, and lets recent orders earn', async function () {
    this.timeout(120_000);
    const seeding = (customers: number, finish?: () => Promise<void>): ReturnType<typeof seedDemo> => seedDemo(shop.shop, shop, () => undefined, { customers, ...(finish ? { finish } : {}) });
    expect(await refusal(seeding(60, () => Promise.reject(Object.assign(new Error('cut short'), { code: 'CUT' }))))).to.equal('CUT');
    const history = await seeding(60);
    if (!history) throw new Error('The second attempt should have seeded.');
    const stored = await shop.store.read(shop.ctx(), (q) => q.one(COUNT));
    expect(stored?.n).to.equal(history.orders.length);
    expect(stored?.total).to.equal(history.orders.reduce((sum, order) => sum + order.total, 0));
    expect((await shop.store.read(shop.ctx(), (q) => q.one(EARNED)))?.n).to.be.above(0);
    expect(await seeding(60)).to.equal(undefined);
    const [member] = await shop.customers.samples(shop.ctx(), 'zh-CN', 0);
    expect((await shop.customers.signIn(shop.ctx(), { customerId: member?.id ?? '' })).personId).to.be.a('string');
  });

  it('finds an account by e-mail however it is written', async () => {
    const first = await buyer('Ann@Example.com');
    expect((await buyer(' ann@example.com ')).id).to.equal(first.id);
    expect((await shop.customers.signIn(shop.ctx(), { email: 'ANN@example.com' })).personId).to.equal(first.personId);
    expect(await refusal(shop.customers.signIn(shop.ctx(), { email: 'nobody@example.com' }))).to.equal('GX_NOT_FOUND');
    expect((await shop.customers.open(shop.ctx(), {})).id).to.not.equal((await shop.customers.open(shop.ctx(), {})).id);
  });

  it('takes a code once, says why afterwards, and leaves nothing behind when it refuses', async () => {
    const ann = await buyer('code@example.com'), eve = await buyer('eve@example.com');
    const code = await coupon(ann.personId);
    const lines = [{ sku: 'TEA-LJ01', quantity: 2 }, { sku: 'STA-WT03', quantity: 3 }];
    const reasons = async (personId: string, cart = lines): Promise<string | undefined> => (await shop.checkout.price(shop.ctx(), { lines: cart, codes: [code.toLowerCase()], personId })).codes[0]?.reason;
    expect(await reasons(ann.personId)).to.equal(undefined);
    expect(await reasons(eve.personId)).to.equal('not-yours');
    expect(await reasons(ann.personId, [{ sku: 'STA-WT03', quantity: 1 }])).to.equal('below-minimum');
    const attempts = await Promise.allSettled(Array.from({ length: 4 }, () => shop.checkout.pay(shop.ctx(), ann, { lines, codes: [code] })));
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).to.have.length(1);
    expect((await shop.orders.ofCustomer(shop.ctx(), ann.id))).to.have.length(1);
    expect(await reasons(ann.personId)).to.equal('used');
    expect(await refusal(shop.checkout.pay(shop.ctx(), eve, { lines, codes: ['NOPE'] }))).to.equal('GX_CODE_REFUSED');
    expect(await shop.orders.ofCustomer(shop.ctx(), eve.id)).to.have.length(0);
  });

  it('earns by line, matures with the clock and gives back with the refund', async () => {
    const ann = await buyer('points@example.com');
    const order = await shop.checkout.pay(shop.ctx(), ann, { lines: [{ sku: 'TEA-LJ01', quantity: 1 }, { sku: 'HOM-MG05', quantity: 2 }], codes: [] });
    const balance = async (): Promise<{ available: number; pending: number }> => { const { available, pending } = await shop.ledger.balance(shop.ctx(), ann.personId); return { available, pending }; };
    expect(await balance()).to.deep.equal({ available: 0, pending: 286 });
    const delivered = await shop.checkout.deliver(shop.ctx(), order.id);
    expect(await shop.checkout.deliver(shop.ctx(), order.id)).to.deep.equal(delivered);
    const before = shop.clock.now();
    const now = await shop.clock.advance(shop.ctx(), 'P8D', shop);
    expect(now - before).to.be.at.least(8 * DAY);
    await shop.checkout.refund(shop.ctx(), order.id, [{ sku: 'HOM-MG05', quantity: 1 }]);
    const after = await balance();
    expect(after.available + after.pending).to.equal(227);
    expect(await refusal(shop.checkout.refund(shop.ctx(), order.id, [{ sku: 'HOM-MG05', quantity: 2 }]))).to.equal('GX_REFUND_TOO_MUCH');
    const rest = await shop.checkout.refund(shop.ctx(), order.id, undefined);
    expect(rest.refunds.reduce((sum, refund) => sum + refund.amount, 0)).to.equal(order.total);
    expect(await refusal(shop.checkout.refund(shop.ctx(), order.id, undefined))).to.equal('GX_REFUND_NOTHING');
    expect(await refusal(shop.checkout.deliver(shop.ctx(), 'none'))).to.equal('GX_NOT_FOUND');
  });

  it('keeps the clock where it was left, and refuses to go back', async () => {
    expect(await refusal(Promise.resolve().then(() => shop.clock.advance(shop.ctx(), '-P1D', shop)))).to.equal('GX_DURATION');
    const [a, b] = await Promise.all([shop.clock.advance(shop.ctx(), 'PT1H', shop), shop.clock.advance(shop.ctx(), 'PT2H', shop)]);
    expect(Math.max(a, b) - Date.now()).to.be.at.least(8 * DAY + 3 * 3_600_000 - 60_000);
    const again = new DemoClock();
    await again.attach(database.store, shop.ctx());
    expect(Math.abs(again.now() - shop.clock.now())).to.be.below(5_000);
  });

  it('declares doors that refuse unknown fields', () => {
    const routes = demoRoutes(shop);
    expect(routes.map((route) => `${route.method} ${route.path}`)).to.include.members(['post /shoppers', 'post /orders', 'get /orders/:id', 'post /orders/:id/deliver', 'post /orders/:id/refund', 'post /clock']);
    const bad: Record<string, readonly unknown[]> = {
      '/shoppers': [{ email: 'no' }, { more: 1 }, null], '/clock': [{}, { advance: 1 }, { advance: 'P1D', x: 1 }],
      '/orders': [{}, { customerId: 'c', lines: [] }, { customerId: 'c', lines: [{ sku: 'a', quantity: 0 }] }, { customerId: 'c', lines: [{ sku: 'a', quantity: 1.5 }] }, { customerId: 'c', lines: [{ sku: 'a', quantity: 1, price: 1 }] }],
      '/orders/:id/refund': [{ lines: [{ quantity: 1 }] }, { lines: [{ sku: 'a', lineId: 'b', quantity: 1 }] }, { lines: [{ sku: 'a', quantity: -1 }] }],
    };
    for (const [path, bodies] of Object.entries(bad)) for (const body of bodies) expect(routes.find((route) => route.path === path)?.body?.safeParse(body).success, `${path} ${JSON.stringify(body)}`).to.equal(false);
  });
});
