import { expect } from 'chai';
import { newId } from '../../../server/plugin-api/index.js';
import { onEachServer, type HttpClient, type Shopper } from '../../kit/index.js';

interface Problem { readonly code: string }
interface Redemption { readonly id: string; readonly rewardId: string; readonly code: string; readonly state: string; readonly expiresAt: number; readonly cost: number }
interface Offer { readonly id: string; readonly only: readonly string[] | null; readonly until: number | null }
interface Checkout { readonly id: string; readonly quote: { readonly codes: readonly { code: string; amount: number }[] } }
const API = '/api/admin/plugins/coupon-exchange';
const SHOP = '/api/storefront/plugins/coupon-exchange';
const SETTINGS = { onRefund: 'restore', restoreDays: 14, pointsBackOnExpiry: true, weekly: true, perWeek: 1 };
/** ¥168 and ¥59. */
const TEA = { sku: 'TEA-LJ01', quantity: 1 }, MUG = { sku: 'HOM-MG05', quantity: 1 };
const TEA_PRICE = 16_800, SHIPPING = 1_200;
const draft = (more: object = {}) => ({ title: { 'en': '¥2 off', 'zh-CN': '2 元券' }, kind: 'amount', discount: 200, minimum: 0, cost: 100, stock: 9, perPerson: 1, validDays: 14, ...more });

onEachServer('seasons, prizes and limits of rewards', {}, (server) => {
  let admin: HttpClient;
  before(async () => { await server().install('coupon-exchange'); admin = await server().admin(); });
  afterEach(() => server().integrity());
  const reward = async (more: object = {}): Promise<string> => {
    const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, draft(more));
    await admin.must('POST', `${API}/rewards/${id}/publish`, {});
    return id;
  };
  const rich = async (points = 100): Promise<Shopper> => {
    const member = await server().shopper();
    await admin.must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: points, reason: 'for the test' });
    return member;
  };
  const redeem = (who: HttpClient, rewardId: string) => who.post<Redemption & Problem>(`${SHOP}/redemptions`, { rewardId });
  const offers = async (who: HttpClient): Promise<{ ending: { number: number; at: number } | null; items: readonly Offer[] }> => who.must('GET', `${SHOP}/rewards`);
  const offered = async (who: HttpClient, id: string): Promise<Offer | undefined> => (await offers(who)).items.find((each) => each.id === id);
  const mine = async (who: HttpClient): Promise<readonly Redemption[]> => (await who.must<{ items: Redemption[] }>('GET', `${SHOP}/redemptions`)).items;
  const available = async (who: HttpClient): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
  const remaining = async (id: string): Promise<number> => (await admin.must<{ remaining: number }>('GET', `${API}/rewards/${id}`)).remaining;
  const settle = (values: object): Promise<unknown> => admin.must('PUT', '/api/admin/installs/coupon-exchange/settings', { values: { ...SETTINGS, ...values } });
  const dayIn = (days: number): string => new Date(server().context().now + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

  it('offers a reward from its first to its last day, and lets nothing of it live longer than the sale', async () => {
    const [tomorrow, yesterday, now] = [await reward({ startsOn: dayIn(1) }), await reward({ startsOn: dayIn(-2), endsOn: dayIn(-1) }), await reward({ startsOn: dayIn(0), endsOn: dayIn(0), lastUseOn: dayIn(2) })];
    const over = await reward({ lastUseOn: dayIn(-1) });
    const member = await rich(200);
    for (const id of [tomorrow, yesterday, over]) {
      expect(await offered(member, id)).to.equal(undefined);
      expect((await redeem(member, id)).body.code).to.equal('GX_REWARD_CLOSED');
      expect([await available(member), await remaining(id)], 'nothing was taken').to.deep.equal([200, 9]);
    }
    expect((await offered(member, now))?.until).to.be.a('number');
    const { expiresAt } = (await redeem(member, now)).body;
    expect(new Date(expiresAt + 8 * 3_600_000).toISOString().slice(0, 10), 'it ends with the last day').to.equal(dayIn(2));
    expect(await admin.must('GET', `${API}/rewards/${now}`)).to.include({ startsOn: dayIn(0), endsOn: dayIn(0), lastUseOn: dayIn(2) });
    for (const bad of [{ startsOn: '2026-13-01' }, { startsOn: 'tomorrow' }, { endsOn: 20261101 }, { lastUseOn: ['2026-11-01'] }, { startsOn: '2026-11-02', endsOn: '2026-11-01' }, { startsOn: '2026-11-02', lastUseOn: '2026-11-01' }, { startsOn: '9999-01-01' }]) expect((await admin.post(`${API}/rewards`, draft(bad))).status, JSON.stringify(bad)).to.equal(422);
  });

  it('keeps a coupon to its products', async () => {
    const id = await reward({ skus: [TEA.sku, TEA.sku], discount: 500 });
    const member = await rich();
    expect((await offered(member, id))?.only).to.have.length(1);
    const { code } = (await redeem(member, id)).body;
    const price = async (lines: readonly object[]): Promise<number> => (await member.must<{ quote: { discount: number } }>('POST', '/demo/api/checkouts', { lines, codes: [code] })).quote.discount;
    expect([await price([MUG]), await price([TEA, MUG])]).to.deep.equal([0, 500]);
    for (const [bad, field] of [[{ skus: [] }, 'skus'], [{ skus: ['NO-SUCH'] }, 'skus'], [{ kind: 'free-shipping', discount: 0, skus: [TEA.sku] }, 'skus'], [{ skus: TEA.sku }, 'skus'], [{ skus: Array.from({ length: 51 }, (_, i) => `S-${i}`) }, 'skus']] as const) {
      const { status, body } = await admin.post(`${API}/rewards`, draft(bad));
      expect([status, JSON.stringify(body).includes(field)], JSON.stringify(bad)).to.deep.equal([422, true]);
    }
  });

  const KIND = 'coupon-exchange.coupon';
  const prize = (who: Shopper, ref: string, more: object = {}) => server().services.grants.grant(server().context(), { personId: who.personId ?? '', reward: { kind: KIND, amount: 1, ref }, source: 'test.prize', causeRef: ref, key: newId(), ...more });

  it('counts prizes in money budgets by what they cost, and gives the substitute from the moment one is reached', async () => {
    const id = await reward({ prizeOnly: true, discount: 800 }), member = await rich();
    await admin.must('POST', '/api/admin/budgets', { scope: `kind:${KIND}:${id}`, unit: 'money', ceiling: 2_000, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 1 });
    for (let n = 0; n < 2; n++) expect(await prize(member, id)).to.include({ ok: true });
    expect(await prize(member, id)).to.deep.equal({ ok: false, reason: 'budget' });
    expect(await prize(member, id, { fallback: { kind: 'points', amount: 5 } })).to.deep.include({ ok: true, fallback: true });
    expect([await remaining(id), await available(member)]).to.deep.equal([7, 105]);
    const spent = async (scope: string): Promise<number | undefined> => (await admin.must<{ items: { scope: string; spent: number }[] }>('GET', '/api/admin/budgets')).items.find((each) => each.scope === scope)?.spent;
    expect(await spent(`kind:${KIND}:${id}`)).to.equal(1_600);
    // A tenth of the least that an order is worth; a piece of tea without its cash part.
    for (const [more, cost] of [[{ kind: 'percent', discount: 1_000, minimum: 90_000_000 }, 9_000_000], [{ kind: 'product', sku: TEA.sku, discount: 990 }, TEA_PRICE - 990]] as const) {
      const other = await reward({ prizeOnly: true, ...more });
      await admin.must('POST', '/api/admin/budgets', { scope: `kind:${KIND}:${other}`, unit: 'money', ceiling: 100_000_000, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 1 });
      expect(await prize(member, other)).to.include({ ok: true });
      expect(await spent(`kind:${KIND}:${other}`), more.kind).to.equal(cost);
    }
  });

  /** A money budget of two and a half of what one should cost, with an estimate that nobody should need: it must stop at the third. */
  const costs = async (id: string, cost: number, unitCost = 1): Promise<void> => {
    const winner = await rich(), scope = `kind:${KIND}:${id}`;
    await admin.must('POST', '/api/admin/budgets', { scope, unit: 'money', ceiling: Math.floor(cost * 2.5), softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost });
    expect([(await prize(winner, id)).ok, (await prize(winner, id)).ok, await prize(winner, id)]).to.deep.equal([true, true, { ok: false, reason: 'budget' }]);
    expect((await admin.must<{ items: { scope: string; spent: number }[] }>('GET', '/api/admin/budgets')).items.find((each) => each.scope === scope)?.spent).to.equal(cost * 2);
  };
  const setCost = (id: string, amount: unknown) => admin.post<Problem & { ownCost: number | null }>(`${API}/rewards/${id}/cost`, { amount });

  it('stops a money budget at the right prize of every kind: by what the merchant says one costs, else by what it gives', async () => {
    const codes = (id: string): Promise<unknown> => admin.must('POST', `${API}/rewards/${id}/codes`, { codes: Array.from({ length: 5 }, (_, n) => `CARD-${id}-${n}`) });
    const plain = { prizeOnly: true, discount: 0 };
    for (const [more, cost] of [
      [{ kind: 'right', ownCost: 450 }, 450], [{ kind: 'next-order', ownCost: 320 }, 320], [{ kind: 'next-order', sku: MUG.sku }, 5_900], [{ kind: 'next-order', sku: MUG.sku, ownCost: 2_100 }, 2_100],
      [{ kind: 'product', sku: TEA.sku, ownCost: 8_000 }, 8_000], [{ kind: 'free-shipping', ownCost: 700 }, 700], [{ kind: 'donation', discount: 1_000 }, 1_000],
    ] as const) await costs(await reward({ ...plain, ...more }), cost);
    const pool = await reward({ ...plain, kind: 'code', ownCost: 4_800 });
    await codes(pool);
    await costs(pool, 4_800);
    // Of a pool whose price nobody has told the budget's estimate counts, from then on what is told; also while it is live.
    const [untold, later] = [await reward({ ...plain, kind: 'code' }), await reward({ ...plain, kind: 'code' })];
    for (const id of [untold, later]) await codes(id);
    await costs(untold, 250, 250);
    expect((await setCost(later, 600)).body).to.include({ ownCost: 600 });
    await costs(later, 600);
    const copy = await admin.must<{ ownCost: number }>('POST', `${API}/rewards/${later}/duplicate`, {});
    expect(copy.ownCost).to.equal(600);
    for (const bad of [-1, 0.5, '600', 100_000_001, undefined, [600]]) expect((await setCost(later, bad)).status, JSON.stringify(bad)).to.equal(422);
    expect((await admin.post(`${API}/rewards`, draft({ ownCost: 5 }))).status, 'what money off costs follows from it').to.equal(422);
    expect((await setCost(await reward({ prizeOnly: true }), 5)).body.code).to.equal('GX_REWARD_COST');
  });

  it('counts free shipping by what orders paid for it, or by the shop\'s own setting', async () => {
    const shipping = { prizeOnly: true, discount: 0, kind: 'free-shipping', stock: null };
    const [early, buyer] = [await reward(shipping), await rich()];
    await costs(early, 30, 30);
    await server().order(buyer, [MUG]);
    await costs(await reward(shipping), SHIPPING);
    await settle({ shippingCost: 900 });
    await costs(await reward(shipping), 900);
    const known = await reward(shipping);
    await setCost(known, 0);
    await setCost(known, null);
    await costs(known, 900);
    // What is live already follows in the night.
    const counted = async (): Promise<number | null> => (await admin.must<{ costEach: number | null }>('GET', `${API}/rewards/${early}`)).costEach;
    expect(await counted()).to.equal(null);
    await server().advance('P1D');
    expect(await counted()).to.equal(900);
    await settle({ shippingCost: 0 });
  });

  it('keeps the last coupon for whom it was promised to while that is checked, and frees it when it is refused', async () => {
    const [one, two, other] = [await rich(), await rich(), await rich()];
    for (const { personId } of [one, two]) await server().services.risk.note(server().context(), personId ?? '', { device: 'one-tablet', address: '12 Nanjing Road' });
    const id = await reward({ prizeOnly: true, stock: 1 });
    const held = await prize(one, id);
    expect(held).to.include({ ok: true, held: true });
    expect([await remaining(id), (await mine(one)).length], 'set aside, not given').to.deep.equal([0, 0]);
    for (const who of [other, two]) expect(await prize(who, id)).to.deep.equal({ ok: false, reason: 'out-of-stock' });
    const grantId = held.ok ? held.grantId : '';
    await admin.must('POST', `/api/admin/risk/held/${grantId}/refuse`, { reason: 'Two accounts' });
    expect(await remaining(id)).to.equal(1);
    const again = await prize(two, id);
    await admin.must('POST', `${API}/rewards/${id}/end`, {});
    await admin.must('POST', `/api/admin/risk/held/${again.ok ? again.grantId : ''}/release`, {});
    expect([(await mine(two)).map(({ rewardId }) => rewardId), await remaining(id)], 'also when the reward has ended since').to.deep.equal([[id], 0]);
    const ending = await reward({ prizeOnly: true, stock: 1, lastUseOn: dayIn(1) });
    const budget = { scope: `kind:${KIND}:${ending}`, unit: 'money', ceiling: 200, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 1 };
    await admin.must('POST', '/api/admin/budgets', budget);
    expect(await prize(one, ending, { fallback: { kind: 'points', amount: 7 } })).to.include({ held: true });
    const [had, points] = [(await mine(one)).length, await available(one)];
    await server().advance('P4D');
    expect([(await mine(one)).length, await available(one), await remaining(ending)], 'the sale ended before the check did').to.deep.equal([had, points + 7, 1]);
    const { items: budgets } = await admin.must<{ items: { scope: string; spent: number }[] }>('GET', '/api/admin/budgets');
    expect(budgets.find(({ scope }) => scope === budget.scope)?.spent).to.equal(0);
    const last = await reward({ prizeOnly: true, stock: 1 });
    expect(await prize(one, last)).to.include({ held: true });
    await server().services.privacy.erasePerson(server().context(), one.personId ?? '');
    expect(await prize(other, last), 'who is erased keeps nothing').to.include({ ok: true });
  });

  it('lets somebody use after signing in what they won as a guest, also what was still being checked', async () => {
    const [guest, member, id] = [await server().guest(), await rich(), await reward({ prizeOnly: true })];
    const won = await prize(guest, id);
    await server().services.risk.note(server().context(), guest.personId ?? '', { device: 'one-tablet', address: '12 Nanjing Road' });
    const held = await prize(guest, id);
    expect([won, held].map((each) => each.ok && each.held === true)).to.deep.equal([false, true]);
    const price = async (): Promise<readonly unknown[]> => (await member.must<Checkout>('POST', '/demo/api/checkouts', { lines: [TEA], codes: [won.ok ? String(won.outcome['code']) : ''] })).quote.codes.map(({ amount }) => amount);
    await server().services.merging.merge(server().context(), guest.personId ?? '', member.personId ?? '');
    await server().drain();
    await admin.must('POST', `/api/admin/risk/held/${held.ok ? held.grantId : ''}/release`, {});
    expect((await mine(member)).filter(({ rewardId }) => rewardId === id)).to.have.length(2);
    expect(await price()).to.deep.equal([200]);
  });

  it('gives prizes to who wins them and a welcome to each new member once, and neither for points', async () => {
    const [won, welcome] = [await reward({ prizeOnly: true }), await reward({ prizeOnly: true, welcome: true, stock: 2 })];
    const member = await rich();
    expect([await offered(member, won), (await redeem(member, won)).status]).to.deep.equal([undefined, 404]);
    expect(await available(member)).to.equal(100);
    const kinds = await server().services.grants.kinds(server().context());
    expect(kinds.find(({ kind }) => kind === 'coupon-exchange.coupon')?.options.map(({ ref }) => ref)).to.include.members([won, welcome]);
    await server().drain();
    expect((await mine(member)).map(({ rewardId, state, cost }) => [rewardId, state, cost])).to.deep.equal([[welcome, 'issued', 0]]);
    await server().shopper({ email: 'twice@example.test' });
    const again = await server().shopper({ email: 'twice@example.test' });
    await server().drain();
    expect(await mine(again)).to.have.length(1);
    const late = await server().shopper();
    await server().drain();
    expect([(await mine(late)).length, await remaining(welcome)], 'no more than its stock').to.deep.equal([0, 0]);
    for (const bad of [{ kind: 'draw', discount: 1, activityId: 'x', prizeOnly: true }, { prizeOnly: true, holdout: 1_000 }, { holdout: 5_001 }, { holdout: -1 }, { holdout: 0.1 }, { welcome: 1 }]) expect((await admin.post(`${API}/rewards`, draft(bad))).status, JSON.stringify(bad)).to.equal(422);
  });

  it('gives no points back for a code that an open checkout holds, and all of them when the checkout is left', async () => {
    // The job that ends coupons runs at 25 past: it does so between the end of these and their payment.
    await server().advance(`PT${(80 - new Date(server().context().now).getUTCMinutes()) % 60}M`);
    const id = await reward({ validDays: 1, perPerson: 2 });
    const [payer, leaver] = [await rich(), await rich()];
    const codes = [(await redeem(payer, id)).body, (await redeem(leaver, id)).body];
    await server().advance('PT23H50M');
    const open = (who: Shopper, code: string): Promise<Checkout> => who.must<Checkout>('POST', '/demo/api/checkouts', { lines: [TEA], codes: [code] });
    const checkout = await open(payer, codes[0]!.code);
    await open(leaver, codes[1]!.code);
    expect((await mine(payer))[0]?.state).to.equal('reserved');
    const { items } = await admin.must<{ items: Redemption[] }>('GET', `${API}/redemptions?rewardId=${id}`);
    expect(items.map(({ state }) => state)).to.deep.equal(['reserved', 'reserved']);
    const life = await admin.must<{ steps: { step: string }[]; canCancel: boolean; heldUntil: number | null }>('GET', `${API}/redemptions/${codes[0]!.id}/steps`);
    expect([life.steps.map(({ step }) => step), life.canCancel, life.heldUntil !== null]).to.deep.equal([['created', 'assigned', 'reserved'], false, true]);
    expect((await admin.post<Problem>(`${API}/redemptions/${codes[0]!.id}/cancel`, { reason: 'by mistake' })).body.code).to.equal('GX_REDEMPTION_HELD');
    await server().advance('PT20M');
    expect(await available(payer), 'expired, but held').to.equal(0);
    const { order } = await payer.must<{ order: { total: number } }>('POST', `/demo/api/checkouts/${checkout.id}/pay`, {});
    await server().advance('PT2H');
    expect([order.total, (await mine(payer))[0]?.state, await available(payer)], 'paid with, so no points return').to.deep.equal([TEA_PRICE - 200 + SHIPPING, 'used', 0]);
    expect([(await mine(leaver))[0]?.state, await available(leaver)]).to.deep.equal(['expired', 100]);
  });

  it('numbers redemptions anew after one was taken back, and writes down who did it', async () => {
    await settle({ weekly: false });
    const id = await reward({ perPerson: 3 });
    const member = await rich(500);
    const first = (await redeem(member, id)).body, second = await redeem(member, id);
    expect(second.status, 'twice a week, as the shop wants it').to.equal(201);
    await admin.must('POST', `${API}/redemptions/${first.id}/cancel`, { reason: 'wrong one' });
    expect([(await redeem(member, id)).status, (await redeem(member, id)).status, (await redeem(member, id)).body.code]).to.deep.equal([201, 201, 'GX_REDEMPTION_LIMIT']);
    expect([await available(member), await remaining(id)]).to.deep.equal([200, 6]);
    const audit = await admin.must<{ items: { action: string; target: string }[] }>('GET', '/api/admin/audit?limit=20');
    expect(audit.items.some(({ action, target }) => action.endsWith('redemption.cancelled') && target === first.id), JSON.stringify(audit.items[0])).to.equal(true);
    await settle({});
  });

  it('counts two accounts of one human as one', async () => {
    await settle({ weekly: false });
    const id = await reward({ perPerson: 2 });
    const [one, two] = [await rich(200), await rich(200)];
    await redeem(one, id);
    await redeem(two, id);
    await server().services.merging.merge(server().context(), one.personId!, two.personId!);
    await server().drain();
    expect([(await redeem(two, id)).body.code, (await mine(two)).filter(({ rewardId }) => rewardId === id).length]).to.deep.equal(['GX_REDEMPTION_LIMIT', 2]);
    await settle({});
  });

  it('says on the storefront what ends within three days', async () => {
    const member = await rich();
    await redeem(member, await reward({ validDays: 10 }));
    expect((await offers(member)).ending).to.equal(null);
    await admin.must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    await redeem(member, await reward({ validDays: 3 }));
    const { ending } = await offers(member);
    expect(ending?.number).to.equal(1);
    expect(ending?.at).to.be.above(server().context().now);
  });

  it('begins with five usual rewards as drafts', async () => {
    const { ids } = await admin.must<{ ids: string[] }>('POST', `${API}/default-rewards`, {});
    const { items } = await admin.must<{ items: { id: string; kind: string; discount: number; minimum: number; cost: number; validDays: number; state: string; sku: string | null }[] }>('GET', `${API}/rewards`);
    const made = ids.map((id) => items.find((each) => each.id === id)!);
    expect(made.map(({ kind, discount, minimum, cost, state }) => [kind, discount, minimum, cost, state])).to.deep.equal([
      ['amount', 200, 0, 200, 'draft'], ['amount', 500, 5900, 300, 'draft'], ['amount', 2000, 19_900, 800, 'draft'], ['next-order', 0, 0, 600, 'draft'], ['product', 990, 0, 500, 'draft'],
    ]);
    expect(made.slice(0, 3).map(({ validDays }) => validDays)).to.deep.equal([14, 14, 30]);
    expect(made[4]!.sku).to.be.a('string');
  });
});
