import { expect } from 'chai';
import { createSignInToken } from '../../../server/http/admin/session.routes.js';
import { HttpClient, onEachServer, type Shopper } from '../../kit/index.js';

interface Budgets { readonly items: readonly { readonly id: string; readonly spent: number; readonly level: string; readonly title: string }[]; readonly scopes: readonly { readonly scope: string; readonly kind: string }[] }
interface Risk { readonly items: readonly { readonly grantId: string; readonly personId: string; readonly appeal: string | null; readonly clusterId: string }[]; readonly stops: readonly { readonly id: string }[] }
const BAD = [-1, 0, 0.1, '1e3', '１００', null, [5], 2 ** 53, '1e309'];
const LIMIT = { scope: 'kind:points', unit: 'points', period: 'day', ceiling: 40, softPercent: 50, startsAt: 0, useRate: 10_000, unitCost: 0 };

onEachServer('doors of budgets and held rewards', {}, (server) => {
  const give = (person: string, amount: number, key: string) => server().services.grants.grant(server().context(), { personId: person, reward: { kind: 'points', amount }, source: 'test.gift', causeRef: key, key });
  const staff = async (name: string, role: string): Promise<HttpClient> => {
    const token = await createSignInToken(server().services, server().context().shop, name, role);
    return new HttpClient(server().url, (await server().visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token })).bearer);
  };
  let admin: HttpClient;
  let budget: string;
  before(async () => { admin = await server().admin(); });

  it('set a limit, refuse bad ones without a row, and let only operators', async () => {
    for (const ceiling of BAD) expect((await admin.post('/api/admin/budgets', { ...LIMIT, ceiling })).status, JSON.stringify(ceiling)).to.equal(422);
    for (const more of [{ softPercent: 0 }, { softPercent: 101 }, { useRate: 10_001 }, { unitCost: -1 }, { scope: 'no-such-activity' }, { unit: 'kilo' }, { period: 'year' }, { startsAt: -1 }]) expect((await admin.post('/api/admin/budgets', { ...LIMIT, ...more })).status, JSON.stringify(more)).to.equal(422);
    expect((await admin.must<Budgets>('GET', '/api/admin/budgets')).items).to.deep.equal([]);
    for (const role of ['agent', 'auditor']) expect((await (await staff('Zhao', role)).post('/api/admin/budgets', LIMIT)).status, role).to.equal(403);
    budget = (await admin.must<{ id: string }>('POST', '/api/admin/budgets', LIMIT)).id;
    expect((await admin.post<{ code: string }>('/api/admin/budgets', LIMIT)).body.code).to.equal('GX_BUDGET_EXISTS');
  });

  it('count, warn on the home page and in the audit, open to the rewards behind a day, and stop at the limit', async () => {
    const shopper = await server().shopper();
    await give(shopper.personId!, 25, 'first');
    expect((await give(shopper.personId!, 20, 'second')).ok).to.equal(false);
    await server().drain();
    const { items: [row] } = await admin.must<Budgets>('GET', '/api/admin/budgets');
    expect(row).to.deep.include({ spent: 25, level: 'reached' });
    const home = await admin.must<{ attention: readonly { name: string }[] }>('GET', '/api/admin/home');
    expect(home.attention.map(({ name }) => name)).to.include('budgets-reached');
    const { items: audit } = await admin.must<{ items: readonly { action: string }[] }>('GET', '/api/admin/audit');
    expect(audit.map(({ action }) => action)).to.include.members(['budget.created', 'budget.near', 'budget.reached']);
    const { items: [day] } = await admin.must<{ items: readonly { date: string; charged: number }[] }>('GET', `/api/admin/budgets/${budget}/days`);
    expect(day!.charged).to.equal(25);
    expect((await admin.must<{ items: readonly { personId: string }[] }>('GET', `/api/admin/budgets/${budget}/days/${day!.date}`)).items.map(({ personId }) => personId)).to.deep.equal([shopper.personId]);
    const { scope: _scope, unit: _unit, period: _period, ...rules } = LIMIT;
    expect((await admin.put<{ code: string }>(`/api/admin/budgets/${budget}`, { ...rules, ceiling: 24 })).body.code).to.equal('GX_BUDGET_BELOW_SPENT');
    await admin.must('PUT', `/api/admin/budgets/${budget}`, { ...rules, ceiling: 1_000_000 });
    expect((await admin.must<Budgets>('GET', '/api/admin/budgets')).items[0]!.level).to.equal('fine');
    await server().integrity();
  });

  it('E24: hold what many accounts of one browser and mailbox get, show it to the shopper, take the appeal, and let staff decide', async () => {
    const device = 'browser-0123456789abcdef', people: Shopper[] = [];
    for (let n = 0; n < 12; n++) {
      const shopper = await server().shopper({ email: `wei.lin+${n}@gmail.com`, name: `Wei ${n}` });
      await shopper.must('POST', '/api/storefront/me/device', { device });
      people.push(shopper);
    }
    await server().drain();
    for (const bad of ['short', 'no spaces allowed here', 'x'.repeat(65), 7, null, ['a']]) expect((await people[0]!.post('/api/storefront/me/device', { device: bad })).status, JSON.stringify(bad)).to.equal(422);
    for (const [n, person] of people.entries()) expect(await give(person.personId!, 10, `farm-${n}`)).to.deep.include({ ok: true, held: true, until: null });
    const mine = await people[0]!.must<{ items: readonly { id: string; state: string; until: number | null }[] }>('GET', '/api/storefront/me/held');
    expect(mine.items[0]).to.deep.include({ state: 'held', until: null });
    expect((await people[1]!.post(`/api/storefront/me/held/${mine.items[0]!.id}/appeal`, { text: 'Mine' })).status).to.equal(404);
    await people[0]!.must('POST', `/api/storefront/me/held/${mine.items[0]!.id}/appeal`, { text: 'My family shares a tablet' });
    const risk = await admin.must<Risk>('GET', '/api/admin/risk');
    expect(new Set(risk.items.map(({ clusterId }) => clusterId)).size).to.equal(1);
    expect(risk.items[0], 'an appeal comes first').to.deep.include({ personId: people[0]!.personId, appeal: 'My family shares a tablet' });
    const { items: members } = await admin.must<{ items: readonly { email: string }[] }>('GET', `/api/admin/risk/clusters/${risk.items[0]!.clusterId}`);
    expect(members).to.have.length(12);
    expect(members[0]!.email).to.contain('•••');
    expect((await (await staff('Zhao', 'agent')).post(`/api/admin/risk/held/${risk.items[0]!.grantId}/release`, {})).status).to.equal(403);
    expect((await admin.post(`/api/admin/risk/held/${risk.items[1]!.grantId}/refuse`, { reason: '' })).status).to.equal(422);
    await admin.must('POST', `/api/admin/risk/held/${risk.items[0]!.grantId}/release`, {});
    const points = async (shopper: Shopper): Promise<{ available: number; pending: number }> => (await shopper.must<{ points: { available: number; pending: number } }>('GET', '/api/storefront/me')).points;
    expect(await points(people[0]!)).to.deep.include({ available: 10, pending: 0 });
    expect(await points(people[1]!)).to.deep.include({ available: 0, pending: 10 });
    expect(await admin.must('POST', `/api/admin/risk/clusters/${risk.items[0]!.clusterId}/decision`, { release: false, reason: 'Made up accounts' })).to.deep.equal({ decided: 11, left: 0 });
    expect((await people[1]!.must<{ items: readonly { state: string; reason: string }[] }>('GET', '/api/storefront/me/held')).items[0]).to.deep.include({ state: 'refused', reason: 'Made up accounts' });
    await server().integrity();
  });

  it('E30: say at the wheel that a prize is checked first, give the substitute when the budget is used up, show it to whoever comes next, and alarm the merchant', async () => {
    const { services } = server(), ctx = server().context();
    await server().install('interaction-games');
    const { id } = await services.activities.create(ctx, { type: 'interaction-games.wheel', title: 'Prizes', config: {
      prizes: [{ title: { en: 'Ten', 'zh-CN': '十分' }, kind: 'points', amount: 10, quantity: 40 }], blanks: 0, freePerDay: 5, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 2,
    } });
    await services.activities.transition(ctx, id, 'publish');
    await admin.must('POST', '/api/admin/budgets', { ...LIMIT, scope: id, period: 'total', ceiling: 34 });
    interface Played { readonly outcome: string; readonly pointsWon: number; readonly given: { readonly notice?: string } }
    const play = (who: HttpClient): Promise<Played> => who.must<Played>('POST', `/api/storefront/plugins/interaction-games/activities/${id}/plays`, {});
    const pair = [await server().shopper(), await server().shopper()] as const;
    for (const each of pair) await services.risk.note(ctx, each.personId!, { device: 'a-shared-tablet', address: '12 Nanjing Road' });
    const first = await play(pair[0]);
    expect(first).to.deep.include({ outcome: 'won', pointsWon: 10 });
    expect(first.given.notice).to.match(/^奖品正在核查，\d{4}年.+ 后自动到账。$/);
    const others = await Promise.all(Array.from({ length: 8 }, () => server().shopper()));
    const played = await Promise.all(others.map((each) => play(each)));
    expect(played.filter(({ outcome }) => outcome === 'won')).to.have.length(2);
    expect(played.filter(({ outcome, pointsWon }) => outcome === 'fallback' && pointsWon === 2), 'everybody else gets the substitute').to.have.length(6);
    expect(played.filter(({ outcome }) => outcome === 'blank'), 'nobody is told that they lost').to.deep.equal([]);
    const { items: [wheel] } = await others[0]!.must<{ items: readonly { limited: boolean }[] }>('GET', '/api/storefront/plugins/interaction-games/activities');
    expect(wheel!.limited).to.equal(true);
    expect((await admin.must<{ attention: readonly { name: string; count: number }[] }>('GET', '/api/admin/home')).attention).to.deep.include({ name: 'budgets-reached', count: 1, href: '/budgets' });
    const { items } = await admin.must<Budgets>('GET', '/api/admin/budgets');
    const full = items.find(({ title }) => title === 'Prizes');
    expect(full).to.deep.include({ spent: 30, level: 'reached' });
    // Another limit on the same wheel, spread over the day: three hours later there is room for more than one again.
    await admin.must('POST', `/api/admin/budgets/${full!.id}/state`, { state: 'paused' });
    await admin.must('POST', '/api/admin/budgets', { ...LIMIT, scope: id, unit: 'units', ceiling: 30, softPercent: 1, paced: true });
    const isLimited = async (): Promise<boolean> => (await others[0]!.must<{ items: readonly { limited: boolean }[] }>('GET', '/api/storefront/plugins/interaction-games/activities')).items[0]!.limited;
    expect(await isLimited()).to.equal(false);
    let last = '';
    for (let n = 0; last !== 'fallback' && n < 32; n++) last = (await play(others[n % others.length]!)).outcome;
    expect([last, await isLimited()]).to.deep.equal(['fallback', true]);
    await server().advance('PT3H');
    expect(await isLimited()).to.equal(false);
    await server().integrity();
  });

  it('keep the streak of whoever checks in when the points are used up, and say so', async () => {
    const { services } = server(), ctx = server().context();
    const { id } = await services.activities.create(ctx, { type: 'interaction-games.check-in', title: 'Daily', config: { cycle: [4, 4] } });
    await services.activities.transition(ctx, id, 'publish');
    await admin.must('POST', '/api/admin/budgets', { ...LIMIT, scope: id, period: 'total', ceiling: 6 });
    interface Checked { readonly streak: number; readonly earned: number; readonly notice?: string; readonly again: boolean }
    const shopper = await server().shopper(), checkIn = (): Promise<Checked> => shopper.must<Checked>('POST', '/api/storefront/plugins/interaction-games/check-ins', {});
    expect(await checkIn()).to.deep.include({ streak: 1, earned: 4 });
    await server().advance('P1D');
    expect(await checkIn()).to.deep.include({ streak: 2, earned: 0, notice: '积分已发完，连续签到照常计算。', again: false });
    expect(await checkIn()).to.deep.include({ streak: 2, earned: 0, again: true });
    await server().drain();
    expect((await admin.must<{ items: readonly { action: string }[] }>('GET', '/api/admin/audit')).items.map(({ action }) => action)).to.include('budget.reached');
    await server().integrity();
  });

  it('learn address and card at the demo\'s checkout, and hold what two accounts behind them are given', async () => {
    const cart = { lines: [{ sku: 'TEA-LJ01', quantity: 1 }] }, where = { address: '12 Nanjing Rd, Apt 3', card: 'demo-1881' };
    for (const bad of [{ card: '4242424242424242' }, { address: 'x'.repeat(501) }, { address: 7 }]) expect((await server().visitor().post('/demo/api/checkout', { ...cart, email: 'bad@example.test', ...bad })).status, JSON.stringify(bad)).to.equal(422);
    const people: string[] = [];
    for (const [n, address] of ['12 Nanjing Rd, Apt 3', 'apt. 3, 12 NANJING ROAD'].entries()) {
      const shopper = await server().shopper({ email: `buyer${n}@example.test` });
      const { id } = await shopper.must<{ id: string }>('POST', '/demo/api/checkouts', cart);
      await shopper.must('POST', `/demo/api/checkouts/${id}/pay`, { ...where, address });
      people.push(shopper.personId!);
    }
    await server().drain();
    expect(await give(people[1]!, 3, 'neighbour')).to.deep.include({ held: true });
    const { items } = await admin.must<{ items: readonly { personId: string; reasons: readonly { signal: string; count: number }[] }[] }>('GET', '/api/admin/risk');
    expect(items.find(({ personId }) => personId === people[1])!.reasons.map(({ signal, count }) => [signal, count])).to.have.deep.members([['payment', 1], ['address', 1]]);
    await server().integrity();
  });

  it('refuse thresholds that contradict each other or are none', async () => {
    const rules = { watching: true, holdFrom: 5_000, reviewFrom: 8_000, holdHours: 72 };
    for (const more of [{ holdFrom: 9_000 }, { holdFrom: 0 }, { reviewFrom: 10_001 }, { holdHours: 0 }, { holdHours: 1.5 }, { watching: 'yes' }]) expect((await admin.put('/api/admin/risk/rules', { ...rules, ...more })).status, JSON.stringify(more)).to.equal(422);
    await admin.must('PUT', '/api/admin/risk/rules', { ...rules, holdHours: 48 });
  });
});
