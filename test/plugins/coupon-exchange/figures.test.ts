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
});
