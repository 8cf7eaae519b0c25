import { expect } from 'chai';
import { HOUR, newId, sql, statement } from '../../../server/plugin-api/index.js';
import { onEachServer, type HttpClient, type Shopper } from '../../kit/index.js';
import { ADMIN, card, replan } from './member-fixture.js';

interface Opening { readonly open: boolean; readonly at: number; readonly forAll: number; readonly because: string | null; readonly first: { readonly at: number; readonly who: string } | null }
const SKU = 'TEA-LJ01';
const PUT = statement('INSERT INTO plg_membership_opening (shop_id, id, sku, opens_at, created_at, updated_at) VALUES (:shop, :id, :sku, :at, :now, :now)');
const DROP = statement('DELETE FROM plg_membership_opening WHERE shop_id = :shop AND opens_at = :at');

onEachServer('priority purchase', {}, (server) => {
  let vip: Shopper, other: Shopper;
  const forAll = (): number => server().context().now + 30 * HOUR;
  const opening = async (who: HttpClient): Promise<Opening | null> => (await who.must<{ opening: Opening | null }>('GET', `/demo/api/price/${SKU}`)).opening;
  const checkout = (who: Shopper) => who.post<{ code?: string; product?: string; at?: number }>('/demo/api/checkouts', { lines: [{ sku: SKU, quantity: 1 }] });
  const open = async (opensAt: number) => (await server().admin()).must<{ items: { sku: string; title: string; opensAt: number; firstAt: number }[] }>('PUT', `${ADMIN}/openings/${SKU}`, { opensAt });
  before(async () => {
    await server().install('membership');
    await replan(server(), (rules) => { rules.tiers[1]!['priorityHours'] = 24; });
    [vip, other] = [await server().shopper(), await server().shopper()];
    for (let n = 0; n < 3; n++) await server().order(vip, [{ sku: SKU, quantity: 1 }]);
    expect((await card(vip)).rank).to.equal(1);
  });
  afterEach(async () => { await (await server().admin()).must('DELETE', `${ADMIN}/openings/${SKU}`); await server().integrity(); });

  it('says on the product from when it can be bought, and lets nobody buy it before', async () => {
    const at = forAll();
    const { items } = await open(at);
    expect(items).to.deep.include({ sku: SKU, title: items[0]!.title, imageUrl: (items[0] as { imageUrl?: string }).imageUrl, opensAt: at, firstAt: at - 24 * HOUR });
    expect(await opening(server().visitor())).to.deep.equal({ open: false, at, forAll: at, because: null, first: { at: at - 24 * HOUR, who: 'VIP' } });
    expect(await opening(vip)).to.deep.equal({ open: false, at: at - 24 * HOUR, forAll: at, because: 'VIP', first: null });
    for (const who of [vip, other]) {
      const { status, body } = await checkout(who);
      expect([status, body.code, body.at]).to.deep.equal([409, 'GX_NOT_OPEN_YET', who === vip ? at - 24 * HOUR : at]);
    }
    expect((await server().visitor().post<{ code: string }>('/demo/api/checkout', { lines: [{ sku: SKU, quantity: 1 }], email: 'new@example.test' })).body.code).to.equal('GX_NOT_OPEN_YET');
  });

  it('lets members with a priority window buy before everybody else, who follow later', async () => {
    await open(server().context().now + 10 * HOUR);
    expect(await opening(vip)).to.deep.include({ open: true, because: 'VIP' });
    expect((await checkout(vip)).status).to.equal(201);
    expect((await checkout(other)).body.code).to.equal('GX_NOT_OPEN_YET');
    await server().advance('PT11H');
    expect(await opening(other)).to.equal(null);
    expect((await checkout(other)).status).to.equal(201);
  });

  it('holds for every product, however many others open sooner', async () => {
    const at = forAll();
    await open(at);
    const soon = server().context().now + HOUR;
    await server().services.store.hot(server().context(), 'openings', function* (ctx) { for (let n = 0; n < 200; n++) yield* sql.run(PUT, { id: newId(), sku: `SOON-${n}`, at: soon, now: ctx.now }); });
    expect(await opening(other)).to.deep.include({ open: false, forAll: at });
    expect((await checkout(other)).body.code).to.equal('GX_NOT_OPEN_YET');
    await server().services.store.hot(server().context(), 'openings', function* () { yield* sql.run(DROP, { at: soon }); });
  });

  it('holds only as long as the module is on, and refuses what is no time or no product', async () => {
    const admin = await server().admin();
    await open(forAll());
    await admin.must('POST', '/api/admin/installs/membership/disable', {});
    expect((await checkout(other)).status).to.equal(201);
    await admin.must('POST', '/api/admin/installs/membership/enable', {});
    expect((await checkout(other)).body.code).to.equal('GX_NOT_OPEN_YET');
    for (const opensAt of [-1, 0.5, '1e3', '１００', null, [1], 2 ** 53, Number.POSITIVE_INFINITY]) expect((await admin.put(`${ADMIN}/openings/${SKU}`, { opensAt })).status, JSON.stringify(opensAt)).to.equal(422);
    expect((await admin.put(`${ADMIN}/openings/NO-SUCH`, { opensAt: forAll() })).status).to.equal(404);
    expect((await server().visitor().put(`${ADMIN}/openings/${SKU}`, { opensAt: 0 })).status).to.equal(401);
  });
});
