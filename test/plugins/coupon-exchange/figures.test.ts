import { expect } from 'chai';
import { onEachServer, type Shopper } from '../../kit/index.js';

interface Rung { readonly step: string; readonly discount: number; readonly minimum: number; readonly cost: number; readonly validDays: number }
interface Report {
  readonly funnel: { readonly issued: number; readonly points: number; readonly states: readonly { readonly state: string; readonly number: number }[] };
  readonly outstanding: readonly { readonly rewardId: string; readonly number: number; readonly worth: number | null; readonly expected: number | null }[];
  readonly timeToUse: readonly { readonly days: number; readonly number: number }[]; readonly runway: readonly { readonly rewardId: string; readonly remaining: number; readonly daysLeft: number | null }[];
}
const API = '/api/admin/plugins/coupon-exchange';
const SHOP = '/api/storefront/plugins/coupon-exchange';

onEachServer('figures of the coupon exchange', {}, (server) => {
  let sku = '';
  before(async () => {
    await server().install('coupon-exchange');
    sku = (await server().services.products.search(server().context(), '', { limit: 1 })).items[0]?.sku ?? '';
  });
  afterEach(() => server().integrity());
  const rich = async (): Promise<Shopper> => {
    const member = await server().shopper();
    await (await server().admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    return member;
  };

  it('counts what was given out, what is open with its cost, how soon it was used and how long stock lasts; and lists the rows', async () => {
    const admin = await server().admin();
    const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, { title: { 'en': '=1+1', 'zh-CN': '=1+1' }, kind: 'amount', discount: 300, minimum: 0, cost: 100, stock: 13, perPerson: 1, validDays: 14 });
    await admin.must('POST', `${API}/rewards/${id}/publish`, {});
    const [one, two, three] = [await rich(), await rich(), await rich()];
    for (const each of [one, two, three]) await each.must('POST', `${SHOP}/redemptions`, { rewardId: id });
    const { items: [mine] } = await one.must<{ items: { id: string; code: string }[] }>('GET', `${SHOP}/redemptions`);
    await server().advance('P2D');
    await server().order(one, [{ sku, quantity: 1 }], [mine!.code]);
    const report = await admin.must<Report>('GET', `${API}/report?days=30`);
    expect(report.funnel).to.deep.include({ issued: 3, points: 300 });
    expect(report.funnel.states.filter(({ number }) => number > 0)).to.deep.equal([{ state: 'issued', number: 2 }, { state: 'used', number: 1 }]);
    expect(report.outstanding.map(({ rewardId, number, worth, expected }) => [rewardId, number, worth, expected])).to.deep.equal([[id, 2, 600, 600]]);
    expect(report.timeToUse).to.deep.equal([{ days: 2, number: 1 }]);
    expect(report.runway.find(({ rewardId }) => rewardId === id)).to.include({ remaining: 10, daysLeft: 100 });
    expect((await admin.must<{ items: unknown[] }>('GET', `${API}/redemptions?rewardId=${id}&state=used&since=${server().context().now - 30 * 86_400_000}`)).items).to.have.length(1);
    expect((await admin.must<{ items: unknown[] }>('GET', `${API}/redemptions?since=${server().context().now + 1}`)).items).to.have.length(0);
    const { steps } = await one.must<{ steps: { step: string }[] }>('GET', `${SHOP}/redemptions/${mine!.id}/steps`);
    expect(steps.map(({ step }) => step)).to.deep.equal(['created', 'assigned', 'used']);
    expect((await two.get(`${SHOP}/redemptions/${mine!.id}/steps`)).status, 'of somebody else').to.equal(404);
    const csv = await admin.get<string>(`${API}/outstanding.csv`);
    expect(JSON.stringify(csv.body)).to.contain("'=1+1");
    for (const query of ['report?days=31', 'report?days=1e2', 'redemptions?since=-1', 'redemptions?since=1e3', 'ladder?margin=0', 'ladder?margin=10000', 'ladder?margin=1e3', 'ladder?margin=４０']) expect((await admin.get(`${API}/${query}`)).status, query).to.equal(422);
  });

  it('proposes a ladder from the shop\'s orders and publishes it in one step, or nothing of it', async () => {
    const admin = await server().admin();
    const buyer = await rich();
    for (const quantity of [1, 1, 2, 2, 3, 4, 5, 6]) await server().order(buyer, [{ sku, quantity }]);
    const found = await admin.must<{ orders: number; median: number; rungs: Rung[]; bars: { count: number }[]; fit: unknown[] }>('GET', `${API}/ladder?margin=4000`);
    expect(found.orders).to.be.at.least(8);
    expect(found.bars.reduce((total, { count }) => total + count, 0)).to.equal(found.orders);
    expect(found.rungs.map(({ step }) => step)).to.include('middle');
    const count = async (): Promise<number> => (await admin.must<{ items: unknown[] }>('GET', `${API}/rewards`)).items.length;
    const before = await count();
    const rungs = found.rungs.map(({ step: _step, ...rung }) => rung);
    for (const bad of [[], null, 'x', [{ ...rungs[0], discount: 0 }], [{ ...rungs[0], discount: 0.1 }], [{ ...rungs[0], cost: 2 ** 53 }], [rungs[0], { ...rungs[0], minimum: 100, discount: 100 }], [{ ...rungs[0], cost: '1e3' }]]) expect((await admin.post(`${API}/ladder`, { rungs: bad })).status, JSON.stringify(bad)).to.equal(422);
    expect(await count()).to.equal(before);
    const { ids } = await admin.must<{ ids: string[] }>('POST', `${API}/ladder`, { rungs });
    expect(await count()).to.equal(before + rungs.length);
    const { items } = await buyer.must<{ items: { id: string; discount: number; minimum: number; cost: number }[] }>('GET', `${SHOP}/rewards`);
    for (const [i, id] of ids.entries()) expect(items.find((each) => each.id === id)).to.include({ discount: rungs[i]!.discount, minimum: rungs[i]!.minimum, cost: rungs[i]!.cost });
  });

  it('tells which coupons lost at a checkout, why, beside which, and how much dearer the order would have been', async () => {
    const admin = await server().admin();
    const buyer = await rich();
    await admin.must('POST', `/api/admin/customers/${buyer.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    const coupons: { id: string; code: string }[] = [];
    for (const discount of [300, 900]) {
      const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, { title: { 'en': `@${discount}`, 'zh-CN': '券' }, kind: 'amount', discount, minimum: 0, cost: 100, stock: null, perPerson: 1, validDays: 14 });
      await admin.must('POST', `${API}/rewards/${id}/publish`, {});
      coupons.push({ id, code: (await buyer.must<{ code: string }>('POST', `${SHOP}/redemptions`, { rewardId: id })).code });
    }
    const order = await server().order(buyer, [{ sku, quantity: 1 }], coupons.map(({ code }) => code));
    expect(order['discount']).to.equal(900);
    const [small, large] = coupons as [(typeof coupons)[number], (typeof coupons)[number]];
    const { losses } = await admin.must<{ losses: { rewardId: string; reason: string; number: number; difference: number }[] }>('GET', `${API}/report?days=30`);
    expect(losses.find(({ rewardId }) => rewardId === small.id)).to.include({ reason: 'stacking', number: 1, difference: 600 });
    expect(losses.some(({ rewardId }) => rewardId === large.id)).to.equal(false);
    const { items } = await admin.must<{ items: { personId: string; order: string; reason: string; beside: string }[] }>('GET', `${API}/losses?since=0&rewardId=${small.id}&reason=stacking`);
    expect(items.map(({ personId, order: number, reason }) => [personId, number, reason])).to.deep.equal([[buyer.personId, order['number'], 'stacking']]);
    expect([items[0]!.beside.startsWith(large.code.slice(0, 7)), items[0]!.beside.includes(large.code)], 'named, and of no use to anybody').to.deep.equal([true, false]);
    const { items: own } = await buyer.must<{ items: { code: string; state: string }[] }>('GET', `${SHOP}/redemptions`);
    expect(own.find(({ code }) => code === small.code)?.state, 'it stays usable').to.equal('issued');
    expect(JSON.stringify((await admin.get<string>(`${API}/losses.csv?since=0`)).body)).to.contain(buyer.personId);
    expect((await admin.must<{ items: unknown[] }>('GET', `${API}/redemptions?usedAfter=0-0&rewardId=${large.id}`)).items).to.have.length(1);
    expect((await admin.must<{ items: unknown[] }>('GET', `${API}/redemptions?usedAfter=1-9&rewardId=${large.id}`)).items).to.have.length(0);
    for (const query of ['losses?since=-1', 'losses?reason=none', 'redemptions?usedAfter=1', 'redemptions?usedAfter=-1-2', 'lift?margin=0', 'lift?margin=1e3']) expect((await admin.get(`${API}/${query}`)).status, query).to.equal(422);
  });

  it('shows a measured reward to a share of members only, always the same ones, and counts what both groups bought', async () => {
    const admin = await server().admin();
    const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, { title: { 'en': '=measured', 'zh-CN': '=measured' }, kind: 'amount', discount: 300, minimum: 0, cost: 100, stock: null, perPerson: 1, validDays: 14, holdout: 5_000 });
    await admin.must('POST', `${API}/rewards/${id}/publish`, {});
    const members = await Promise.all(Array.from({ length: 24 }, rich));
    const sees = async (who: Shopper): Promise<boolean> => (await who.must<{ items: { id: string }[] }>('GET', `${SHOP}/rewards`)).items.some((each) => each.id === id);
    const shown = await Promise.all(members.map(sees));
    expect(await Promise.all(members.map(sees)), 'asked again').to.deep.equal(shown);
    const [first, other] = [members[shown.indexOf(true)]!, members[shown.indexOf(false)]!];
    expect((await other.post(`${SHOP}/redemptions`, { rewardId: id })).status, 'not by its id either').to.equal(404);
    const { code } = await first.must<{ code: string }>('POST', `${SHOP}/redemptions`, { rewardId: id });
    await server().order(first, [{ sku, quantity: 1 }], [code]);
    await server().order(other, [{ sku, quantity: 1 }]);
    interface Group { people: number; buyers: number; marginEach: number }
    const { items: [lift] } = await admin.must<{ items: { rewardId: string; shown: Group; heldOut: Group; each: number | null }[] }>('GET', `${API}/lift?margin=5000`);
    const price = (await server().services.products.bySku(server().context(), sku))!.price;
    const people = shown.filter(Boolean).length;
    expect(lift).to.deep.include({ rewardId: id, each: null, shown: { people, buyers: 1, marginEach: Math.round((price / 2 - 300) / people) }, heldOut: { people: 24 - people, buyers: 1, marginEach: Math.round(price / 2 / (24 - people)) } });
    expect(JSON.stringify((await admin.get<string>(`${API}/lift.csv`)).body)).to.contain("'=measured");
  });
});
