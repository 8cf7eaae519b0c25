import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { HttpClient, onEachServer, type Shopper, type TestServer } from '../../kit/index.js';

interface Reward { readonly id: string; readonly state: string; readonly remaining: number | null }
interface Redemption { readonly id: string; readonly code: string; readonly cost: number; readonly available: number; readonly state: string }
interface Problem { readonly code: string }
const ADMIN = '/api/admin/plugins/coupon-exchange/rewards';
const SHOP = '/api/storefront/plugins/coupon-exchange';
/** What a redemption was paid with is lost, and found again. */
const LOSE = new SystemStatement('UPDATE plg_coupon_exchange_redemption SET handled_by = spend_id, spend_id = :lost WHERE id = :id');
const FIND = new SystemStatement('UPDATE plg_coupon_exchange_redemption SET spend_id = handled_by, handled_by = NULL WHERE id = :id');
const SETTINGS = { onRefund: 'restore', restoreDays: 14, pointsBackOnExpiry: true, perWeek: 1 };
const draft = (more: object = {}) => ({ title: { en: '¥2 off', 'zh-CN': '2 元券' }, kind: 'amount', discount: 200, minimum: 0, cost: 100, stock: null, perPerson: 1, validDays: 14, ...more });

async function reward(server: TestServer, more: object = {}): Promise<string> {
  const admin = await server.admin();
  const { id } = await admin.must<Reward>('POST', ADMIN, draft(more));
  await admin.must('POST', `${ADMIN}/${id}/publish`, {});
  return id;
}
async function rich(server: TestServer, points: number): Promise<Shopper> {
  const member = await server.shopper();
  await (await server.admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: points, reason: 'for the test' });
  return member;
}
const redeem = (who: Shopper, rewardId: string, key?: string) => who.post<Redemption & Problem>(`${SHOP}/redemptions`, { rewardId }, key ? { key } : {});
const available = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;

onEachServer('coupon exchange', {}, (server) => {
  let sku = '';
  before(async () => {
    await server().install('coupon-exchange');
    sku = (await server().services.products.search(server().context(), '', { limit: 1 })).items[0]?.sku ?? '';
  });
  afterEach(() => server().integrity());

  it('gives 5 codes to 50 members in one rush for a stock of 5', async function () {
    this.timeout(60_000);
    const id = await reward(server(), { stock: 5 });
    const members = await Promise.all(Array.from({ length: 50 }, () => rich(server(), 100)));
    const answers = await Promise.all(members.map((member) => redeem(member, id)));
    const codes = answers.filter(({ status }) => status === 201).map(({ body }) => body.code);
    expect(codes).to.have.length(5);
    expect(new Set(codes).size).to.equal(5);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).to.deep.equal(new Set(['GX_OUT_OF_STOCK']));
    const left = await Promise.all(members.map(available));
    expect(left.filter((points) => points === 0)).to.have.length(5);
    expect(left.filter((points) => points === 100)).to.have.length(45);
  });

  it('keeps a person\'s limit and purse under parallel wishes', async () => {
    const admin = await server().admin();
    await admin.must('PUT', '/api/admin/installs/coupon-exchange/settings', { values: { ...SETTINGS, perWeek: 5 } });
    const id = await reward(server(), { perPerson: 2 });
    const member = await rich(server(), 1000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(member, id)));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(2);
    expect(await available(member)).to.equal(800);
    const other = await reward(server(), { cost: 801 });
    expect((await redeem(member, other)).body.code).to.equal('GX_TOO_FEW_POINTS');
    expect(await available(member)).to.equal(800);
    await admin.must('PUT', '/api/admin/installs/coupon-exchange/settings', { values: SETTINGS });
  });

  it('gives one person the same reward once a week, and again from Monday on', async () => {
    const [id, other] = [await reward(server(), { perPerson: 9 }), await reward(server())];
    const member = await rich(server(), 1000);
    expect((await redeem(member, id)).status).to.equal(201);
    expect((await redeem(member, id)).body.code).to.equal('GX_REDEMPTION_WEEK');
    expect((await redeem(member, other)).status, 'another reward is another share').to.equal(201);
    expect((await member.must<{ items: { id: string; nextWeek: boolean }[] }>('GET', `${SHOP}/rewards`)).items.find((each) => each.id === id)?.nextWeek).to.equal(true);
    await server().advance('P7D');
    expect((await redeem(member, id)).status).to.equal(201);
    const { items } = await member.must<{ items: { id: string; rewardId: string }[] }>('GET', `${SHOP}/redemptions`);
    const earlier = items.filter(({ rewardId }) => rewardId === id).at(-1)!.id;
    await (await server().admin()).must('POST', `/api/admin/plugins/coupon-exchange/redemptions/${earlier}/cancel`, { reason: 'that of last week' });
    expect((await redeem(member, id)).body.code, 'what comes back of last week leaves this week full').to.equal('GX_REDEMPTION_WEEK');
  });

  it('lets coupons and limits come along when two become one, and go back when they are two again', async () => {
    const [first, second] = [await reward(server(), { perPerson: 1 }), await reward(server(), { perPerson: 1 })];
    const [one, two, three] = [await rich(server(), 500), await rich(server(), 500), await server().shopper()];
    const { merging } = server().services, admin = await server().admin();
    const mine = async (who: Shopper): Promise<readonly string[]> => (await who.must<{ items: { id: string }[] }>('GET', `${SHOP}/redemptions`)).items.map(({ id }) => id);
    const kept = (await redeem(one, first)).body, taken = (await redeem(one, second)).body, own = (await redeem(two, second)).body;
    const merges: string[] = [];
    for (const [from, into] of [[one, two], [two, three]] as const) {
      merges.push((await merging.merge(server().context(), from.personId ?? '', into.personId ?? ''))!.mergeId);
      await server().drain();
    }
    expect(await mine(three)).to.have.members([kept.id, taken.id, own.id]);
    for (const id of [first, second]) expect((await redeem(three, id)).status, 'two accounts of one human have one share').to.equal(409);
    await admin.must('POST', `${ADMIN.replace('/rewards', '/redemptions')}/${taken.id}/cancel`, { reason: 'by mistake' });
    for (const merge of merges.reverse()) {
      await merging.split(server().context(), merge);
      await server().drain();
    }
    expect([await mine(one), await mine(two), await mine(three)].map((ids) => [...ids].sort())).to.deep.equal([[kept.id, taken.id].sort(), [own.id], []]);
    expect((await redeem(one, first)).status, 'the share is used').to.equal(409);
    expect((await redeem(two, second)).status).to.equal(409);
    expect((await redeem(two, first)).status, 'nobody else used it').to.equal(201);
    await server().advance('P7D');
    expect((await redeem(one, second)).status, 'what was taken back meanwhile is theirs again').to.equal(201);
  });

  it('puts more up while shoppers take it, once for each wish, and only by who may give', async () => {
    const admin = await server().admin();
    const id = await reward(server(), { stock: 1 });
    const members = await Promise.all(Array.from({ length: 4 }, () => rich(server(), 100)));
    const answers = await Promise.all([...members.map((member) => redeem(member, id)), ...Array.from({ length: 4 }, () => admin.post(`${ADMIN}/${id}/stock`, { amount: 2 }))]);
    const taken = answers.slice(0, 4).filter(({ status }) => status === 201).length;
    for (let n = 0; n < 2; n++) expect((await admin.post(`${ADMIN}/${id}/stock`, { amount: 3 }, { key: 'more-of-it' })).status).to.equal(200);
    expect(await admin.must('GET', `${ADMIN}/${id}`)).to.include({ stock: 12, remaining: 12 - taken });
    const { token } = await admin.must<{ token: string }>('POST', '/api/admin/colleagues', { name: 'An agent', role: 'agent' });
    const agent = new HttpClient(server().url, (await server().visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token })).bearer);
    const plugin = '/api/admin/plugins/coupon-exchange';
    for (const [method, path, body] of [
      ['POST', '/rewards', draft()], ['PUT', `/rewards/${id}`, draft()], ['POST', `/rewards/${id}/pause`, {}], ['POST', `/rewards/${id}/duplicate`, {}], ['POST', `/rewards/${id}/stock`, { amount: 1 }], ['POST', `/rewards/${id}/codes`, { codes: ['A'] }],
      ['POST', '/default-rewards', {}], ['POST', '/ladder', { rungs: [{ discount: 100, minimum: 0, cost: 1, validDays: 1 }] }],
    ] as const) expect((await agent.send(method, plugin + path, body)).status, path).to.equal(403);
    expect((await agent.post(`${plugin}/redemptions/none/cancel`, { reason: 'asked for' })).status, 'taking back is an agent\'s work').to.equal(404);
  });

  it('answers a repeated wish with the same code', async () => {
    const id = await reward(server());
    const member = await rich(server(), 500);
    const [first, second] = [await redeem(member, id, 'same-wish-1'), await redeem(member, id, 'same-wish-1')];
    expect(second.body).to.deep.equal(first.body);
    expect(second.headers.get('idempotency-replayed')).to.equal('true');
    expect((await member.post<Problem>(`${SHOP}/redemptions`, { rewardId: await reward(server()) }, { key: 'same-wish-1' })).body.code).to.equal('GX_IDEMPOTENCY_MISMATCH');
  });

  it('lets the checkout take a code once and gives it back when the order is refunded', async () => {
    const member = await rich(server(), 100);
    const { body: { code } } = await redeem(member, await reward(server()));
    const order = await server().order(member, [{ sku, quantity: 1 }], [code]);
    expect(order['discount']).to.equal(200);
    const again = await server().visitor().post<Problem>('/demo/api/orders', { customerId: member.customerId, lines: [{ sku, quantity: 1 }], codes: [code] });
    expect(again.status).to.equal(422);
    const mine = async (): Promise<string> => (await member.must<{ items: Redemption[] }>('GET', `${SHOP}/redemptions`)).items[0]?.state ?? '';
    expect(await mine()).to.equal('used');
    await server().refund(order.id);
    expect(await mine()).to.equal('issued');
    expect((await server().order(member, [{ sku, quantity: 1 }], [code]))['discount']).to.equal(200);
  });

  it('ends alike when the news of use and return come twice and in the wrong order', async () => {
    const { outbox, store } = server().services;
    const member = await rich(server(), 200);
    const tell = async (name: string, code: string, orderId: string, more: object = {}): Promise<void> => {
      await store.hot(server().context(), name, (inner) => outbox.steps.emit(inner, name, { code, owner: 'coupon-exchange', ownerRef: 'x', orderId, ...more }));
      await server().drain();
    };
    const stateOf = async (code: string): Promise<string | undefined> => (await member.must<{ items: Redemption[] }>('GET', `${SHOP}/redemptions`)).items.find((each) => each.code === code)?.state;
    const { body: { code: early } } = await redeem(member, await reward(server()));
    await tell('discount.released', early, 'order-1', { cause: 'refund' });
    await tell('discount.used', early, 'order-1');
    expect(await stateOf(early), 'the return was told first').to.equal('issued');
    const { body: { code } } = await redeem(member, await reward(server()));
    const order = await server().order(member, [{ sku, quantity: 1 }], [code]);
    const { items: [known] } = await (await server().admin()).must<{ items: { orderId: string }[] }>('GET', `/api/admin/plugins/coupon-exchange/redemptions?state=used`);
    await server().refund(order.id);
    expect(await stateOf(code)).to.equal('issued');
    expect((await server().order(member, [{ sku, quantity: 1 }], [code]))['discount']).to.equal(200);
    await tell('discount.released', code, known!.orderId, { cause: 'refund' });
    expect(await stateOf(code), 'the same return, told again after the next order').to.equal('used');
  });

  it('never shortens the life of a coupon that an order gives back', async () => {
    const member = await rich(server(), 200);
    const life = async (code: string): Promise<number> => (await member.must<{ items: { code: string; expiresAt: number }[] }>('GET', `${SHOP}/redemptions`)).items.find((each) => each.code === code)!.expiresAt;
    for (const [validDays, grows] of [[60, false], [2, true]] as const) {
      const { body: { code } } = await redeem(member, await reward(server(), { validDays }));
      const before = await life(code);
      await server().refund((await server().order(member, [{ sku, quantity: 1 }], [code])).id);
      expect(await life(code) - before, String(validDays)).to.satisfy((more: number) => (grows ? more > 11 * 86_400_000 : more === 0));
      if (!grows) await server().advance('P20D');
      if (!grows) expect((await server().order(member, [{ sku, quantity: 1 }], [code]))['discount'], 'the shop\'s checkout knows it, too').to.equal(200);
    }
  });

  it('takes a code at one of 20 checkouts at once', async () => {
    const member = await rich(server(), 100);
    const { body: { code } } = await redeem(member, await reward(server()));
    const answers = await Promise.all(Array.from({ length: 20 }, () => server().visitor().post('/demo/api/orders', { customerId: member.customerId, lines: [{ sku, quantity: 1 }], codes: [code] })));
    expect(answers.filter(({ status }) => status < 300)).to.have.length(1);
  });

  it('gives the points back when the shop\'s rule says so', async () => {
    const admin = await server().admin();
    const settings = { ...SETTINGS, onRefund: 'points' };
    await admin.must('PUT', '/api/admin/installs/coupon-exchange/settings', { values: settings });
    const member = await rich(server(), 100);
    const { body: { code } } = await redeem(member, await reward(server()));
    const order = await server().order(member, [{ sku, quantity: 1 }], [code]);
    expect(await available(member)).to.equal(0);
    await server().refund(order.id);
    expect(await available(member)).to.equal(100);
    await admin.must('PUT', '/api/admin/installs/coupon-exchange/settings', { values: { ...settings, onRefund: 'restore' } });
  });

  it('ends an unused code on its day and returns the points', async () => {
    const member = await rich(server(), 100);
    const { body: { code } } = await redeem(member, await reward(server(), { validDays: 2 }));
    await server().advance('P3D');
    expect(await available(member)).to.equal(100);
    expect((await server().visitor().post('/demo/api/orders', { customerId: member.customerId, lines: [{ sku, quantity: 1 }], codes: [code] })).status).to.equal(422);
  });

  it('ends what is due although its person was erased or another breaks, and has that done when it is mended', async () => {
    const [id, right] = [await reward(server(), { validDays: 2 }), await reward(server(), { kind: 'right', discount: 0, validDays: 2 })];
    const [gone, broken, member] = [await rich(server(), 200), await rich(server(), 100), await rich(server(), 100)];
    await redeem(gone, right);
    await redeem(gone, id);
    const { body: { id: lost } } = await redeem(broken, id);
    await redeem(member, id);
    const { services } = server();
    await services.privacy.erasePerson(server().context(), gone.personId ?? '');
    await services.store.system.run(LOSE, { id: lost, lost: 'no-such-spend' });
    await server().advance('P3D');
    const states = async (rewardId: string): Promise<string[]> => (await (await server().admin()).must<{ items: { state: string }[] }>('GET', `/api/admin/plugins/coupon-exchange/redemptions?rewardId=${rewardId}`)).items.map(({ state }) => state).toSorted();
    expect([await states(id), await states(right), await available(member)]).to.deep.equal([['expired', 'expired', 'issued'], ['expired'], 100]);
    await services.store.system.run(FIND, { id: lost });
    await server().advance('P1D');
    expect([await states(id), await available(broken)]).to.deep.equal([['expired', 'expired', 'expired'], 100]);
  });

  it('lets guests look but not redeem', async () => {
    const id = await reward(server());
    const guest = await server().guest();
    const { items } = await guest.must<{ items: { id: string }[] }>('GET', `${SHOP}/rewards`);
    expect(items.map((item) => item.id)).to.contain(id);
    expect((await redeem(guest, id)).body.code).to.equal('GX_MEMBER_ONLY');
  });
});
