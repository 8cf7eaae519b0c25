import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { onEachServer, type Shopper, type TestServer } from '../../kit/index.js';

interface Problem { readonly code: string; readonly fields?: Readonly<Record<string, string>> }
interface Redemption { readonly id: string; readonly kind: string; readonly code: string; readonly state: string; readonly available: number; readonly packed: boolean }
interface ToHandle { readonly id: string; readonly order: { readonly number: string } | null; readonly handledBy: string | null }
const API = '/api/admin/plugins/coupon-exchange';
const SHOP = '/api/storefront/plugins/coupon-exchange';
const SEALED = new SystemStatement<{ sealed: string }>('SELECT sealed FROM plg_coupon_exchange_pool_code');
const draft = (kind: string, more: object = {}) => ({ title: { en: kind, 'zh-CN': '奖励' }, kind, discount: 0, minimum: 0, cost: 100, stock: null, perPerson: 1, validDays: 14, ...more });

async function reward(server: TestServer, kind: string, more: object = {}): Promise<string> {
  const admin = await server.admin();
  const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, draft(kind, more));
  await admin.must('POST', `${API}/rewards/${id}/publish`, {});
  return id;
}
async function rich(server: TestServer, points = 100): Promise<Shopper> {
  const member = await server.shopper();
  await (await server.admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: points, reason: 'for the test' });
  return member;
}
const redeem = (who: Shopper, rewardId: string, key?: string) => who.post<Redemption & Problem>(`${SHOP}/redemptions`, { rewardId }, key ? { key } : {});
const mine = async (who: Shopper): Promise<Redemption | undefined> => (await who.must<{ items: Redemption[] }>('GET', `${SHOP}/redemptions`)).items[0];
const available = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;

onEachServer('rewards of every kind', {}, (server) => {
  let product: { sku: string; price: number };
  before(async () => {
    await server().install('coupon-exchange');
    await server().install('interaction-games');
    product = (await server().services.products.search(server().context(), '', { limit: 1 })).items[0]!;
  });
  afterEach(() => server().integrity());
  const buy = (who: Shopper, codes: string[] = [], quantity = 2) => server().order(who, [{ sku: product.sku, quantity }], codes);

  it('gives a product for points alone, or for points and cash: one piece costs what is left, and nothing below 0', async () => {
    const [full, cash] = [await reward(server(), 'product', { sku: product.sku }), await reward(server(), 'product', { sku: product.sku, discount: 990 })];
    const member = await rich(server(), 200);
    const free = (await redeem(member, full)).body;
    expect((await buy(member, [free.code]))['discount']).to.equal(product.price);
    expect((await mine(member))?.state).to.equal('used');
    const cheap = (await redeem(member, cash)).body;
    expect((await buy(member, [cheap.code]))['discount']).to.equal(product.price - 990);
    const stateOf = async (code: string): Promise<string | undefined> => (await member.must<{ items: Redemption[] }>('GET', `${SHOP}/redemptions`)).items.find((each) => each.code === code)?.state;
    const other = (await server().services.products.search(server().context(), '', { limit: 20 })).items.find(({ sku }) => sku !== product.sku)!.sku;
    await (await server().admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    const kept = (await redeem(member, await reward(server(), 'product', { sku: product.sku }))).body.code;
    const { id: mixed } = await server().order(member, [{ sku: product.sku, quantity: 1 }, { sku: other, quantity: 1 }], [kept]);
    await server().refund(mixed, [{ sku: other, quantity: 1 }]);
    expect(await stateOf(kept), 'what it made free is kept').to.equal('used');
    await server().refund(mixed);
    expect(await stateOf(kept)).to.equal('issued');
    const admin = await server().admin();
    for (const [more, field] of [[{}, 'sku'], [{ sku: 'NO-SUCH' }, 'sku'], [{ sku: product.sku, discount: product.price }, 'discount']] as const) {
      const { status, body } = await admin.post<{ details?: { fields: object }; fields?: object }>(`${API}/rewards`, draft('product', more));
      expect(status).to.equal(422);
      expect(JSON.stringify(body)).to.contain(field);
    }
  });

  it('packs a sample with the next paid order, ticked off by staff, and lets it wait again when that order is cancelled', async () => {
    const id = await reward(server(), 'next-order');
    const member = await rich(server());
    const { body: { id: redemption } } = await redeem(member, id);
    const admin = await server().admin();
    const open = async (state = 'issued'): Promise<ToHandle | undefined> => (await admin.must<{ items: ToHandle[] }>('GET', `${API}/to-handle?kind=next-order&state=${state}`)).items.find((each) => each.id === redemption);
    expect((await open())?.order).to.equal(null);
    expect((await admin.post<Problem>(`${API}/redemptions/${redemption}/handle`, {})).body.code, 'there is no parcel yet').to.equal('GX_REDEMPTION_STATE');
    const first = await buy(member);
    expect((await open())?.order?.number).to.equal(first['number']);
    expect((await mine(member))?.packed).to.equal(true);
    await server().refund(first.id);
    expect((await open())?.order, 'a returned order takes nothing along').to.equal(null);
    const second = await buy(member);
    await server().advance('P20D');
    expect((await mine(member))?.state, 'what is in a parcel does not expire').to.equal('issued');
    expect((await open())?.order?.number).to.equal(second['number']);
    await admin.must('POST', `${API}/redemptions/${redemption}/handle`, {});
    expect(await open()).to.equal(undefined);
    expect((await open('used'))?.handledBy).to.be.a('string');
    expect((await admin.post<Problem>(`${API}/redemptions/${redemption}/handle`, {})).body.code).to.equal('GX_REDEMPTION_STATE');
    const { steps } = await admin.must<{ steps: { step: string }[] }>('GET', `${API}/redemptions/${redemption}/steps`);
    expect(steps.map(({ step }) => step)).to.deep.equal(['created', 'assigned', 'attached', 'detached', 'attached', 'handled']);
  });

  it('gives a right that staff tick off once, or that ends with its points back', async () => {
    const id = await reward(server(), 'right', { note: { 'en': 'Show it at the desk', 'zh-CN': '到店出示' } });
    const [one, two] = [await rich(server()), await rich(server())];
    const { body: { id: redemption } } = await redeem(one, id);
    await redeem(two, id);
    const admin = await server().admin();
    const answers = await Promise.all(Array.from({ length: 8 }, () => admin.post(`${API}/redemptions/${redemption}/handle`, {})));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    await server().advance('P15D');
    expect([(await mine(one))?.state, (await mine(two))?.state]).to.deep.equal(['used', 'expired']);
    expect([await available(one), await available(two)]).to.deep.equal([0, 100]);
  });

  it('gives each code of others once, sealed where it is stored, and loads none twice', async () => {
    const id = await reward(server(), 'code', { stock: 99 });
    const admin = await server().admin();
    const members = await Promise.all(Array.from({ length: 12 }, () => rich(server())));
    expect((await redeem(members[0]!, id)).body.code, 'nothing is loaded yet').to.equal('GX_OUT_OF_STOCK');
    const codes = Array.from({ length: 8 }, (_, i) => `CARD-${i}-SECRET`);
    expect(await admin.must('POST', `${API}/rewards/${id}/codes`, { codes })).to.deep.equal({ added: 8, known: 0 });
    expect(await admin.must('POST', `${API}/rewards/${id}/codes`, { codes: [...codes, ' CARD-0-SECRET '] })).to.deep.equal({ added: 0, known: 8 });
    for (const bad of [[], ['x'.repeat(501)], [1], null, 'CARD', [null], [['a']]]) expect((await admin.post(`${API}/rewards/${id}/codes`, { codes: bad })).status, JSON.stringify(bad)).to.equal(422);
    const answers = await Promise.all(members.map((member, i) => redeem(member, id, `pool-wish-${i}`)));
    const given = answers.filter(({ status }) => status === 201).map(({ body }) => body.code);
    expect(given.toSorted()).to.deep.equal(codes);
    const winner = answers.findIndex(({ status }) => status === 201);
    expect((await redeem(members[winner]!, id, `pool-wish-${winner}`)).body.code, 'a repeated wish').to.equal(answers[winner]?.body.code);
    expect((await mine(members[winner]!))?.code).to.equal(answers[winner]?.body.code);
    expect((await admin.must<{ items: { rewardId: string; left: number; given: number; daysLeft: number }[] }>('GET', `${API}/pools`)).items.find((each) => each.rewardId === id)).to.include({ left: 0, given: 8, daysLeft: 0 });
    const stored = await server().services.store.system.many(SEALED);
    expect(stored.length, 'sealed in the database').to.equal(8);
    expect(JSON.stringify(stored)).not.to.contain('CARD-');
    const csv = JSON.stringify(await admin.must('GET', `${API}/redemptions?rewardId=${id}`));
    expect(csv, 'the merchant\'s list').not.to.contain('SECRET');
  });

  it('gives tries at a wheel that come after the free ones and cost nothing', async () => {
    const admin = await server().admin();
    const games = '/api/admin/plugins/interaction-games/games';
    const { id: wheel } = await admin.must<{ id: string }>('POST', games, { type: 'wheel', title: 'Wheel', config: { prizes: [{ title: { 'en': '1 point', 'zh-CN': '1 积分' }, kind: 'points', amount: 1, quantity: 1 }], blanks: 400, freePerDay: 1, costPerTry: 50, paidPerDay: 1, guarantee: null, fallbackPoints: 0 } });
    expect((await admin.post(`${API}/rewards`, draft('draw', { discount: 2, activityId: wheel }))).status, 'a draft of a wheel').to.equal(422);
    await admin.must('POST', `${games}/${wheel}/publish`, {});
    expect((await admin.must<{ wheels: { ref: string }[] }>('GET', `${API}/kinds`)).wheels.map(({ ref }) => ref)).to.contain(wheel);
    const id = await reward(server(), 'draw', { discount: 2, activityId: wheel });
    const member = await rich(server(), 150);
    const isOff = async (): Promise<boolean | undefined> => (await member.must<{ items: { id: string; unavailable: boolean }[] }>('GET', `${SHOP}/rewards`)).items.find((each) => each.id === id)?.unavailable;
    expect(await isOff()).to.equal(false);
    const { id: budget } = await admin.must<{ id: string }>('POST', '/api/admin/budgets', { scope: 'kind:interaction-games.tries', unit: 'units', ceiling: 1, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 0 });
    expect(await isOff(), 'two tries for which there is no room').to.equal(true);
    await admin.must('POST', `/api/admin/budgets/${budget}/state`, { state: 'paused' });
    const play = () => member.post<Problem & { cost: number; triesLeft: { free: number; paid: number } }>(`/api/storefront/plugins/interaction-games/activities/${wheel}/plays`, {});
    expect((await redeem(member, id)).body).to.include({ state: 'used', available: 50 });
    const plays = [(await play()).body, (await play()).body, (await play()).body];
    expect(plays.map(({ cost, triesLeft }) => [cost, triesLeft.free, triesLeft.paid])).to.deep.equal([[0, 2, 1], [0, 1, 1], [0, 0, 1]]);
    expect((await play()).body.cost, 'a paid try is what is left').to.equal(50);
    expect((await play()).body.code).to.equal('GX_NO_TRIES');
    const watched = [await rich(server()), await rich(server())];
    for (const { personId } of watched) await server().services.risk.note(server().context(), personId ?? '', { device: 'shared-phone', address: '7 Fuxing Road' });
    const other = await reward(server(), 'draw', { discount: 1, activityId: wheel });
    expect((await redeem(watched[0]!, other)).body.code, 'a ticket that would be checked first is not sold').to.equal('GX_REWARD_CHECKED');
    expect([await available(watched[0]!), (await mine(watched[0]!)) === undefined]).to.deep.equal([100, true]);
    await admin.must('POST', `${games}/${wheel}/end`, {});
    const late = await rich(server());
    expect((await redeem(late, id)).body.code).to.equal('GX_REWARD_UNAVAILABLE');
    expect(await available(late), 'nothing was taken').to.equal(100);
  });

  it('books a donation at once and offers no credit where no module keeps it', async () => {
    const member = await rich(server());
    expect((await redeem(member, await reward(server(), 'donation', { discount: 500 }))).body).to.include({ state: 'used', available: 0 });
    const { status, body } = await (await server().admin()).post<Problem>(`${API}/rewards`, draft('credit', { discount: 500 }));
    expect([status, body.code]).to.deep.equal([422, 'GX_REWARD_UNAVAILABLE']);
  });

  it('cancels what nobody used, with points, stock and share of the limit back', async () => {
    const id = await reward(server(), 'amount', { discount: 200, stock: 1 });
    const member = await rich(server());
    const { body: { id: redemption, code } } = await redeem(member, id);
    const admin = await server().admin();
    for (const bad of [{}, { reason: '' }, { reason: ' ' }, { reason: null }, { reason: ['x'] }, { reason: 'x'.repeat(201) }]) expect((await admin.post(`${API}/redemptions/${redemption}/cancel`, bad)).status).to.equal(422);
    await admin.must('POST', `${API}/redemptions/${redemption}/cancel`, { reason: 'by mistake' });
    expect((await admin.post<Problem>(`${API}/redemptions/${redemption}/cancel`, { reason: 'again' })).body.code).to.equal('GX_REDEMPTION_STATE');
    expect([await available(member), (await mine(member))?.state]).to.deep.equal([100, 'cancelled']);
    expect((await server().visitor().post('/demo/api/orders', { customerId: member.customerId, lines: [{ sku: product.sku, quantity: 1 }], codes: [code] })).status).to.equal(422);
    expect((await redeem(member, id)).status, 'stock and limit are free again').to.equal(201);
  });

  it('reminds once, three days before the end', async () => {
    const member = await rich(server());
    await redeem(member, await reward(server(), 'right', { validDays: 10 }));
    const told: string[] = [];
    server().services.dispatcher.register({ name: 'reminded', enabled: () => true, handles: { 'coupon-exchange.expiring': async (_ctx, { personId }: { personId: string }) => { told.push(personId); } } });
    await server().advance('P6D');
    expect(told).to.not.include(member.personId);
    await server().advance('P2D');
    expect(told.filter((person) => person === member.personId)).to.have.length(1);
    await server().advance('P1D');
    expect(told.filter((person) => person === member.personId)).to.have.length(1);
    server().services.dispatcher.unregister('reminded');
  });

  it('refuses nonsense at the door of drafts, and writes no row', async () => {
    const admin = await server().admin();
    const count = async (): Promise<number> => (await admin.must<{ items: unknown[] }>('GET', `${API}/rewards`)).items.length;
    const before = await count();
    const nonsense = [-1, 0.1, 2 ** 53, '1e3', '１２', null, [1]];
    for (const value of nonsense) {
      for (const field of ['discount', 'minimum', 'cost', 'perPerson', 'validDays']) expect((await admin.post(`${API}/rewards`, draft('amount', { discount: 100, [field]: value }))).status, `${field} ${JSON.stringify(value)}`).to.equal(422);
    }
    for (const more of [{ kind: 'draw', discount: 0, activityId: 'x' }, { kind: 'draw', discount: 101, activityId: 'x' }, { kind: 'right', discount: 1 }, { kind: 'next-order', minimum: 1 }, { kind: 'donation', discount: 0 }, { kind: 'nonsense' }, { sku: product.sku }, { activityId: 'x' }, { note: { en: 'only one' } }, { partialReturn: 'none' }]) {
      expect((await admin.post(`${API}/rewards`, draft('amount', { discount: 100, ...more }))).status, JSON.stringify(more)).to.equal(422);
    }
    expect(await count()).to.equal(before);
  });
});
