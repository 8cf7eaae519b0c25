import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { onEachServer, type Shopper } from '../../kit/index.js';
import { account, balance, rich, SHOP, spend } from './credit-fixture.js';

const REWARDS = '/api/admin/plugins/coupon-exchange/rewards';
const EXCHANGE = '/api/storefront/plugins/coupon-exchange/redemptions';
const USE_OF = statement<{ id: string }>('SELECT id FROM plg_store_credit_use WHERE shop_id = :shop AND code = :code');
/** ¥29. */
const BALM = 'BEA-LB04';

onEachServer('store credit that is spent', {}, (server) => {
  before(async () => { for (const plugin of ['store-credit', 'coupon-exchange']) await server().install(plugin); });
  afterEach(() => server().integrity());
  const points = async (who: Shopper, amount: number): Promise<unknown> => (await server().admin()).must('POST', `/api/admin/customers/${who.personId ?? ''}/adjustments`, { amount, reason: 'for the test' });
  const publish = async (draft: object): Promise<string> => {
    const admin = await server().admin();
    const { id } = await admin.must<{ id: string }>('POST', REWARDS, { title: { 'en': '¥5', 'zh-CN': '5 元' }, discount: 500, minimum: 0, cost: 100, stock: null, perPerson: 5, validDays: 14, ...draft });
    await admin.must('POST', `${REWARDS}/${id}/publish`, {});
    return id;
  };
  const states = async (who: Shopper): Promise<string[]> => (await who.must<{ codes: { state: string }[] }>('GET', '/demo/api/account')).codes.map(({ state }) => state);

  it('goes the whole way: points become credit, credit a code, and the order costs that much less', async () => {
    const who = await server().shopper();
    await points(who, 100);
    expect(await account(who)).to.deep.include({ member: true, balance: 0, open: null, entries: [] });
    const id = await publish({ kind: 'credit' });
    await who.must('POST', EXCHANGE, { rewardId: id });
    await server().drain();
    expect(await balance(who)).to.equal(500);
    const { code } = await spend(who, 500);
    const { quote, id: checkout } = await who.must<{ id: string; quote: { total: number; subtotal: number; shipping: number } }>('POST', '/demo/api/checkouts', { lines: [{ sku: BALM, quantity: 1 }], own: true });
    expect(quote.total).to.equal(quote.subtotal + quote.shipping - 500);
    await who.must('POST', `/demo/api/checkouts/${checkout}/pay`, {});
    await server().drain();
    expect(await account(who)).to.deep.include({ balance: 0, open: null });
    expect((await account(who)).entries.map(({ kind, amount }) => [kind, amount])).to.deep.equal([['use', -500], ['credit', 500]]);
    expect((await who.post<{ reason?: string }>('/demo/api/checkouts', { lines: [{ sku: BALM, quantity: 1 }], codes: [code] })).body).to.not.deep.include({ total: quote.total });
  });

  it('spends the same balance once, whoever asks at the same moment, and answers a repeated request the same', async () => {
    const who = await rich(server(), 500);
    const tries = await Promise.all(Array.from({ length: 6 }, () => who.post<{ code: string }>(`${SHOP}/uses`, { amount: 400 })));
    expect(tries.map(({ status }) => status).toSorted()).to.deep.equal([201, 409, 409, 409, 409, 409]);
    expect(new Set(tries.filter(({ status }) => status === 409).map(({ body }) => body.code))).to.deep.equal(new Set(['GX_CREDIT_CODE_OPEN']));
    expect(await balance(who)).to.equal(100);
    const other = await rich(server(), 500);
    const [one, again] = [await other.post(`${SHOP}/uses`, { amount: 400 }, { key: 'the-same-press' }), await other.post(`${SHOP}/uses`, { amount: 400 }, { key: 'the-same-press' })];
    expect(again.body).to.deep.equal(one.body);
    expect((await other.post(`${SHOP}/uses`, { amount: 0 })).status).to.equal(422);
    expect((await (await rich(server(), 100)).post<{ code: string }>(`${SHOP}/uses`, { amount: 101 })).body.code).to.equal('GX_CREDIT_TOO_LITTLE');
  });

  it('gives back what an order smaller than the code did not take, and the share of each piece that is returned', async () => {
    const who = await rich(server(), 10_000);
    const { code } = await spend(who, 10_000);
    const order = await server().order(who, [{ sku: BALM, quantity: 2 }], [code]);
    expect(await balance(who)).to.equal(10_000 - 5_800);
    await server().refund(order.id, [{ sku: BALM, quantity: 1 }]);
    expect(await balance(who)).to.equal(10_000 - 2_900);
    await server().refund(order.id);
    expect(await balance(who)).to.equal(10_000);
    expect((await account(who)).open).to.equal(null);
    // The news that it was used may come after the news of its return.
    const { services } = server();
    const { id } = (await services.store.read(server().context(), (q) => q.one(USE_OF, { code })))!;
    await services.outbox.emit(server().context(), 'discount.used', { code, owner: 'store-credit', ownerRef: id, orderId: order.id });
    await server().drain();
    expect(await balance(who)).to.equal(10_000);
  });

  it('returns what nobody used: when the code ends, when the shopper wants it back, but not while a checkout holds it', async () => {
    const who = await rich(server(), 500);
    const first = await spend(who, 500);
    const { id } = await who.must<{ id: string }>('POST', '/demo/api/checkouts', { lines: [{ sku: BALM, quantity: 1 }], codes: [first.code] });
    expect((await who.post<{ code: string }>(`${SHOP}/uses/${first.id}/put-back`)).body.code).to.equal('GX_CREDIT_CODE_HELD');
    await who.must('POST', `/demo/api/checkouts/${id}/abandon`, {});
    expect((await (await server().shopper()).post(`${SHOP}/uses/${first.id}/put-back`)).status, 'another\'s').to.equal(404);
    expect(await who.must('POST', `${SHOP}/uses/${first.id}/put-back`, {})).to.deep.equal({ balance: 500 });
    expect(await who.must('POST', `${SHOP}/uses/${first.id}/put-back`, {}), 'asked again').to.deep.equal({ balance: 500 });
    expect(await states(who)).to.deep.equal([]);
    await spend(who, 300);
    await server().advance('P1DT2H');
    expect(await account(who)).to.deep.include({ balance: 500, open: null });
    expect(await states(who), 'the code is gone').to.deep.equal([]);
  });

  it('finds the order that took a code while the module was switched off, and keeps the shopper from nothing', async () => {
    const who = await rich(server(), 5_000), admin = await server().admin();
    const { code } = await spend(who, 4_000);
    await admin.must('POST', '/api/admin/installs/store-credit/disable', {});
    await server().order(who, [{ sku: BALM, quantity: 1 }], [code]);
    await admin.must('POST', '/api/admin/installs/store-credit/enable', {});
    await server().advance('P1DT2H');
    expect(await account(who)).to.deep.include({ balance: 5_000 - 2_900, open: null });
    await spend(who, 100);
  });

  it('returns when the next order was paid without the code, because another coupon took more', async () => {
    const who = await rich(server(), 500);
    await points(who, 100);
    const coupon = await who.must<{ code: string }>('POST', EXCHANGE, { rewardId: await publish({ kind: 'amount', discount: 900 }) });
    const { code } = await spend(who, 500);
    await server().order(who, [{ sku: BALM, quantity: 1 }], [code, coupon.code]);
    expect(await account(who)).to.deep.include({ balance: 500, open: null });
  });
});
