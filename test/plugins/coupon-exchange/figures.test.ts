import { expect } from 'chai';
import { onEachServer, type Shopper } from '../../kit/index.js';

interface Rung { readonly step: string; readonly discount: number; readonly minimum: number; readonly cost: number; readonly validDays: number }
interface Report {
  readonly from: number; readonly at: number; readonly paceFrom: number;
  readonly funnel: { readonly seen: number; readonly seenFrom: string; readonly issued: number; readonly points: number; readonly states: readonly { readonly state: string; readonly number: number }[] };
  readonly outstanding: readonly { readonly rewardId: string; readonly number: number; readonly worth: number | null; readonly expected: number | null }[];
  readonly timeToUse: readonly { readonly days: number; readonly number: number }[]; readonly runway: readonly { readonly rewardId: string; readonly remaining: number; readonly taken: number; readonly pace: number; readonly daysLeft: number | null }[];
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

  /** All rows behind a number, page by page. */
  const rowsOf = async <T = unknown>(path: string): Promise<T[]> => {
    const admin = await server().admin(), found: T[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await admin.must<{ items: T[]; next?: string }>('GET', `${API}/${path}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      found.push(...page.items);
      cursor = page.next;
    }
    return found;
  };

  it('counts what was given out, what is open with its cost, how soon it was used and how long stock lasts; and lists the rows', async () => {
    const admin = await server().admin();
    const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, { title: { 'en': '=1+1', 'zh-CN': '=1+1' }, kind: 'amount', discount: 300, minimum: 0, cost: 100, stock: 13, perPerson: 1, validDays: 14 });
    await admin.must('POST', `${API}/rewards/${id}/publish`, {});
    const [one, two, three] = [await rich(), await rich(), await rich()];
    const guest = await server().guest();
    for (let round = 0; round < 2; round++) for (const each of [one, two, three, guest, server().visitor()]) await each.must('GET', `${SHOP}/rewards`);
    for (const each of [one, two, three]) await each.must('POST', `${SHOP}/redemptions`, { rewardId: id });
    const { items: [mine] } = await one.must<{ items: { id: string; code: string }[] }>('GET', `${SHOP}/redemptions`);
    await server().advance('P2D');
    await one.must('GET', `${SHOP}/rewards`);
    await server().order(one, [{ sku, quantity: 1 }], [mine!.code]);
    const report = await admin.must<Report>('GET', `${API}/report?days=30`);
    expect(report.funnel).to.deep.include({ seen: 5, issued: 3, points: 300 });
    expect(report.funnel.states.filter(({ number }) => number > 0)).to.deep.equal([{ state: 'issued', number: 2 }, { state: 'used', number: 1 }]);
    expect(report.outstanding.map(({ rewardId, number, worth, expected }) => [rewardId, number, worth, expected])).to.deep.equal([[id, 2, 600, 600]]);
    expect(report.timeToUse).to.deep.equal([{ days: 2, number: 1 }]);
    expect(report.runway.find(({ rewardId }) => rewardId === id)).to.include({ remaining: 10, taken: 3, pace: 3, daysLeft: 100 });
    expect((await admin.must<{ items: unknown[] }>('GET', `${API}/redemptions?rewardId=${id}&state=used&since=${server().context().now - 30 * 86_400_000}`)).items).to.have.length(1);
    expect((await admin.must<{ items: unknown[] }>('GET', `${API}/redemptions?since=${server().context().now + 1}`)).items).to.have.length(0);
    const { steps } = await one.must<{ steps: { step: string }[] }>('GET', `${SHOP}/redemptions/${mine!.id}/steps`);
    expect(steps.map(({ step }) => step)).to.deep.equal(['created', 'assigned', 'used']);
    expect((await two.get(`${SHOP}/redemptions/${mine!.id}/steps`)).status, 'of somebody else').to.equal(404);
    const csv = await admin.get<string>(`${API}/outstanding.csv`);
    expect(JSON.stringify(csv.body)).to.contain("'=1+1");
    for (const query of ['report?days=31', 'report?days=1e2', 'redemptions?since=-1', 'redemptions?since=1e3', 'ladder?margin=0', 'ladder?margin=10000', 'ladder?margin=1e3', 'ladder?margin=４０']) expect((await admin.get(`${API}/${query}`)).status, query).to.equal(422);
  });

  it('opens each number to as many rows as it says', async () => {
    const admin = await server().admin(), late = await rich();
    const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, { title: { en: 'Short', 'zh-CN': '短期' }, kind: 'amount', discount: 300, minimum: 0, cost: 100, stock: 2, perPerson: 1, validDays: 1 });
    await admin.must('POST', `${API}/rewards/${id}/publish`, {});
    await late.must('POST', `${SHOP}/redemptions`, { rewardId: id });
    // It is over, and no job has said so yet.
    await server().advance('P1DT1M');
    const report = await admin.must<Report>('GET', `${API}/report?days=30`), { from, at, paceFrom, funnel } = report;
    expect((await rowsOf<{ people: number }>(`views?since=${funnel.seenFrom}&limit=1`)).reduce((sum, { people }) => sum + people, 0)).to.equal(funnel.seen);
    expect(await rowsOf(`redemptions?limit=1&since=${from}`)).to.have.length(funnel.issued);
    for (const { state, number } of funnel.states) expect(await rowsOf(`redemptions?since=${from}&state=${state}`), state).to.have.length(number);
    expect(report.outstanding.map(({ rewardId }) => rewardId), 'what is over is not open').not.to.include(id);
    for (const { rewardId, number } of report.outstanding) expect(await rowsOf(`redemptions?rewardId=${rewardId}&state=issued&expiresAfter=${at}`), rewardId).to.have.length(number);
    for (const { days, number } of report.timeToUse) expect(await rowsOf(`redemptions?state=used&since=${from}&usedAfter=${days}-${days}`), `${days}`).to.have.length(number);
    for (const { rewardId, taken, pace } of report.runway) {
      expect(await rowsOf(`redemptions?rewardId=${rewardId}&state=requested,issued,used,expired,returned`), rewardId).to.have.length(taken);
      expect(await rowsOf(`redemptions?rewardId=${rewardId}&since=${paceFrom}`), rewardId).to.have.length(pace);
    }
    for (const query of ['redemptions?state=used,nonsense', 'redemptions?state=', 'redemptions?expiresAfter=-1', 'views', 'views?since=2026-13-01', 'views?since=x', 'ladder/orders?from=-1', 'ladder/orders?to=1e3', 'lift/people?group=shown', 'lift/people?rewardId=x&group=all']) expect((await admin.get(`${API}/${query}`)).status, query).to.equal(422);
    expect((await admin.get(`${API}/lift/people?rewardId=${id}&group=shown`)).status, 'a reward that is not measured').to.equal(404);
  });

  it('proposes a ladder from the shop\'s orders and publishes it in one step, or nothing of it', async () => {
    const admin = await server().admin();
    const buyer = await rich();
    for (const quantity of [1, 1, 2, 2, 3, 4, 5, 6]) await server().order(buyer, [{ sku, quantity }]);
    const found = await admin.must<{ orders: number; median: number; rungs: Rung[]; bars: { from: number; to: number | null; count: number }[]; fit: { minimum: number; reaching: number; nearly: number; nearFrom: number }[] }>('GET', `${API}/ladder?margin=4000`);
    expect(found.orders).to.be.at.least(8);
    expect(found.bars.reduce((total, { count }) => total + count, 0)).to.equal(found.orders);
    expect(await rowsOf('ladder/orders?from=0')).to.have.length(found.orders);
    for (const { from, to, count } of found.bars) expect(await rowsOf(`ladder/orders?from=${from}${to === null ? '' : `&to=${to}`}`), `from ${from}`).to.have.length(count);
    expect(found.fit.length).to.be.above(0);
    for (const { minimum, reaching, nearly, nearFrom } of found.fit) expect([(await rowsOf(`ladder/orders?from=${minimum}`)).length, (await rowsOf(`ladder/orders?from=${nearFrom}&to=${minimum}`)).length]).to.deep.equal([reaching, nearly]);
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
    const { id: shipping } = await admin.must<{ id: string }>('POST', `${API}/rewards`, { title: { en: 'Free', 'zh-CN': '免运费' }, kind: 'free-shipping', discount: 0, minimum: 0, cost: 100, stock: null, perPerson: 1, validDays: 14, holdout: 5_000, ownCost: 700 });
    await admin.must('POST', `${API}/rewards/${shipping}/publish`, {});
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
    const { items: lifts } = await admin.must<{ items: { rewardId: string; shown: Group; heldOut: Group; each: number | null }[] }>('GET', `${API}/lift?margin=5000`);
    const price = (await server().services.products.bySku(server().context(), sku))!.price;
    const people = shown.filter(Boolean).length;
    expect(lifts.find(({ rewardId }) => rewardId === id)).to.deep.include({ rewardId: id, each: null, shown: { people, buyers: 1, marginEach: Math.round((price / 2 - 300) / people) }, heldOut: { people: 24 - people, buyers: 1, marginEach: Math.round(price / 2 / (24 - people)) } });
    for (const [group, all] of [['shown', people], ['held-out', 24 - people]] as const) {
      const behind = await rowsOf<{ personId: string; orders: number; margin: number }>(`lift/people?margin=5000&rewardId=${id}&group=${group}`);
      expect([behind.length, behind[0]!.personId, behind[0]!.margin], group).to.deep.equal([all, (group === 'shown' ? first : other).personId, Math.round(group === 'shown' ? price / 2 - 300 : price / 2)]);
      expect(await rowsOf(`lift/people?rewardId=${id}&group=${group}&buyers=yes`)).to.have.length(1);
    }
    expect(JSON.stringify((await admin.get<string>(`${API}/lift.csv`)).body)).to.contain("'=measured");
    let sent: Shopper | undefined, free = '';
    for (const member of members) {
      if (sent || member === first || member === other) continue;
      const { status, body } = await member.post<{ code: string }>(`${SHOP}/redemptions`, { rewardId: shipping });
      if (status === 201) [sent, free] = [member, body.code];
    }
    await server().order(sent!, [{ sku, quantity: 1 }], [free]);
    expect((await rowsOf<{ personId: string; margin: number }>(`lift/people?margin=5000&rewardId=${shipping}&group=shown&buyers=yes`)).find(({ personId }) => personId === sent!.personId)?.margin, 'shipping has its price').to.equal(Math.round(price / 2 - 700));
  });
});
