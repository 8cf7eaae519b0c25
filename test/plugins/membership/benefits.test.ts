import { expect } from 'chai';
import { onEachServer, type Shopper } from '../../kit/index.js';
import { ADMIN, available, card, plan } from './member-fixture.js';

onEachServer('what a tier gives', {}, (server) => {
  let vip: Shopper;
  before(async () => {
    await server().install('membership');
    vip = await server().shopper();
    for (let n = 0; n < 3; n++) await server().order(vip, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    expect((await card(vip)).rank).to.equal(1);
  });
  afterEach(() => server().integrity());

  it('takes the tier\'s discount off list prices at the checkout, and only for who has the tier', async () => {
    const fresh = await server().shopper();
    expect((await card(vip)).saved).to.equal(0);
    const [own, other] = [await server().order(vip, [{ sku: 'TEA-LJ01', quantity: 2 }]), await server().order(fresh, [{ sku: 'TEA-LJ01', quantity: 1 }])];
    const goods = async (id: string) => (await server().services.orders.byExternalId(server().context(), id))!.lines.reduce((sum, line) => sum + line.paid, 0);
    expect(await goods(other.id)).to.equal(16_800);
    expect(await goods(own.id)).to.equal(31_920);
    expect([(await card(vip)).saved, (await card(fresh)).saved], 'as the card says').to.deep.equal([1_680, 0]);
    await server().refund(own.id, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    expect((await card(vip)).saved, 'of what is kept').to.equal(840);
  });

  it('multiplies the points of orders', async () => {
    const earned = async (who: Shopper) => {
      const before = (await server().services.ledger.balance(server().context(), who.personId ?? '')).pending;
      await server().order(who, [{ sku: 'TEA-LJ01', quantity: 1 }]);
      return (await server().services.ledger.balance(server().context(), who.personId ?? '')).pending - before;
    };
    expect(await earned(await server().shopper())).to.equal(168);
    expect(await earned(vip)).to.equal(Math.floor(159.6 * 1.2));
  });

  it('stops with the module, and comes back with it', async () => {
    const admin = await server().admin();
    await admin.must('POST', '/api/admin/installs/membership/disable', {});
    const { id } = await server().order(vip, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    expect((await server().services.orders.byExternalId(server().context(), id))!.total).to.equal((await server().services.orders.byExternalId(server().context(), (await server().order(await server().shopper(), [{ sku: 'TEA-LJ01', quantity: 1 }])).id))!.total);
    await admin.must('POST', '/api/admin/installs/membership/enable', {});
    const { orders } = (await card(vip)).has;
    expect(orders, 'what was bought meanwhile counts').to.equal(6);
  });

  it('previews a shop of 10,000 members in one statement', async () => {
    const { rules } = await plan(server());
    const db = server().services.store;
    const { statement } = await import('../../../server/plugin-api/index.js');
    const add = statement("INSERT INTO plg_membership_member (shop_id, id, person_id, tier, rank, state, spent, orders, growth, review_on, plan_version, created_at, updated_at) VALUES (:shop, :id, :id, 'ordinary', 0, 'normal', 0, 0, 0, '9999-12-31', 1, 0, 0)");
    const bought = statement("INSERT INTO plg_membership_purchase (shop_id, order_id, person_id, paid_on, goods, net) VALUES (:shop, :order, :id, :day, 60000, 60000)");
    const day = new Date(server().context().now - 86_400_000).toISOString().slice(0, 10);
    for (let from = 0; from < 10_000; from += 500) {
      await db.write(server().context(), async (unit) => {
        for (let n = from; n < from + 500; n++) { await unit.run(add, { id: `m${n}` }); for (let o = 0; o < n % 4; o++) await unit.run(bought, { id: `m${n}`, order: `o${n}-${o}`, day }); }
      });
    }
    const preview = await (await server().admin()).must<{ members: number; up: number }>('POST', `${ADMIN}/plan/preview`, { rules });
    expect(preview.members).to.be.greaterThan(10_000);
    // Two orders of 600 are enough, so every second of them moves up.
    expect(preview.up).to.equal(5_000);
    expect(await available(vip)).to.equal(100);
  }).timeout(90_000);
});
