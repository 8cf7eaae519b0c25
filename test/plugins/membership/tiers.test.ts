import { expect } from 'chai';
import { HttpClient, onEachServer, type Shopper } from '../../kit/index.js';
import { ADMIN, available, card, jump, plan, replan, SHOP } from './member-fixture.js';

onEachServer('tiers', {}, (server) => {
  before(() => server().install('membership'));
  afterEach(() => server().integrity());
  const buy = (who: Shopper, quantity = 1) => server().order(who, [{ sku: 'TEA-LJ01', quantity }]);

  it('gives every visitor a card, and a member the first tier', async () => {
    expect(await card(server().visitor())).to.deep.include({ who: 'visitor', rank: 0, points: null });
    expect(await card(await server().guest())).to.deep.include({ who: 'guest', rank: 0, points: 0 });
    const member = await server().shopper();
    const found = await card(member);
    expect(found).to.deep.include({ who: 'member', rank: 0, state: 'normal', next: { key: 'vip', missing: { spend: 100_000, orders: 3, growth: null } } });
    expect(found.tiers.map(({ key, discount }) => [key, discount])).to.deep.equal([['ordinary', 0], ['vip', 500], ['super-vip', 1_000]]);
  });

  it('moves a member up at once with the third order, greets them once, and takes one tier back with what is given back', async () => {
    const member = await server().shopper();
    const orders = [];
    for (let n = 0; n < 3; n++) orders.push(await buy(member));
    const there = await card(member);
    expect(there).to.deep.include({ rank: 1, state: 'normal' });
    expect(there.has.orders).to.equal(3);
    expect(await available(member)).to.equal(100);
    await jump(server(), 1);
    await server().refund(orders[0]!.id);
    expect((await card(member)).rank, 'two orders are not enough').to.equal(0);
    await buy(member);
    expect((await card(member)).rank).to.equal(1);
    expect(await available(member), 'the gift comes once').to.equal(100);
    const { items } = await (await server().admin()).must<{ items: unknown[] }>('GET', `/api/admin/customers/${member.personId ?? ''}/timeline`);
    expect(JSON.stringify(items)).to.contain('Became VIP');
  });

  it('warns before the term ends, waits for the days of grace and lowers by one tier', async () => {
    const member = await server().shopper();
    for (let n = 0; n < 10; n++) await buy(member);
    expect(await card(member)).to.deep.include({ rank: 2, state: 'normal' });
    await jump(server(), 340);
    const warned = await card(member);
    expect(warned).to.deep.include({ rank: 2, state: 'at-risk' });
    expect(warned.keep?.orders).to.equal(10);
    await jump(server(), 30);
    expect(await card(member)).to.deep.include({ rank: 2, state: 'grace' });
    await jump(server(), 30);
    expect(await card(member)).to.deep.include({ rank: 1, state: 'downgraded' });
    await jump(server(), 31);
    expect(await card(member)).to.deep.include({ rank: 1, state: 'normal' });
  });

  it('says who would move and what it costs before a plan is saved, and does just that', async () => {
    const member = await server().shopper();
    await buy(member);
    const admin = await server().admin();
    const { rules, version } = await plan(server());
    Object.assign(rules.tiers[1]!, { entry: { spend: null, orders: 1, growth: null }, entryGift: 40 });
    const preview = await admin.must<{ members: number; up: number; stay: number; down: number; entryGifts: number; samples: { personId: string; name: string | null; from: string; to: string; when: string; orders: number }[] }>('POST', `${ADMIN}/plan/preview`, { rules });
    expect(preview.up).to.be.at.least(1);
    expect(preview.samples.find(({ personId }) => personId === member.personId)).to.deep.include({ name: null, from: 'ordinary', to: 'vip', when: 'up', orders: 1 });
    expect((await card(member)).rank, 'a preview changes nothing').to.equal(0);
    expect((await plan(server())).version).to.equal(version);
    const before = await available(member);
    await admin.must('PUT', `${ADMIN}/plan`, { rules, after: version });
    expect((await card(member)).rank).to.equal(1);
    expect(await available(member)).to.equal(before + 40);
    expect((await admin.put<{ code: string }>(`${ADMIN}/plan`, { rules: { ...rules, graceDays: 3 }, after: version })).body.code).to.equal('GX_PLAN_CHANGED');
    const overview = await admin.must<{ members: number; tiers: { key: string; members: number }[]; flows: { from: string; to: string; members: number }[] }>('GET', `${ADMIN}/overview?days=90`);
    expect(overview.flows.find(({ from, to }) => from === 'ordinary' && to === 'vip')?.members).to.be.at.least(1);
    expect(overview.tiers.reduce((sum, { members }) => sum + members, 0)).to.equal(overview.members);
  });

  it('lists everybody behind a preview, and lowers those of a removed tier to the one below', async () => {
    const admin = await server().admin();
    const { rules, version } = await plan(server());
    const member = await server().shopper({ name: 'Zhao' });
    await buy(member);
    expect((await card(member)).rank).to.equal(1);
    const without = { ...rules, tiers: rules.tiers.filter(({ key }) => key !== 'vip') };
    const preview = await admin.must<{ members: number; up: number; down: number; term: number; stay: number }>('POST', `${ADMIN}/plan/preview`, { rules: without });
    expect(preview.down).to.be.at.least(1);
    expect(preview.up + preview.down + preview.term + preview.stay).to.equal(preview.members);
    const people = await admin.must<{ items: { personId: string; name: string; from: string; to: string; when: string }[] }>('POST', `${ADMIN}/plan/preview/people`, { rules: without, when: 'down' });
    expect(people.items).to.have.length(preview.down);
    expect(people.items.find(({ personId }) => personId === member.personId)).to.deep.include({ name: 'Zhao', from: 'vip', to: 'ordinary', when: 'down' });
    expect((await card(member)).rank, 'nothing is saved').to.equal(1);
    await admin.must('PUT', `${ADMIN}/plan`, { rules: without, after: version });
    expect((await card(member)).rank).to.equal(0);
    const moves = await admin.must<{ items: { personId: string; name: string; from: string; to: string; cause: string }[] }>('GET', `${ADMIN}/moves?from=ordinary&to=vip`);
    expect(moves.items.find(({ personId }) => personId === member.personId), 'what was is not forgotten with the plan').to.deep.include({ name: 'Zhao', cause: 'entry' });
    for (const cursor of ['-1', '1e3', '１']) expect((await admin.post(`${ADMIN}/plan/preview/people`, { rules, when: 'up', cursor })).status).to.equal(422);
    await admin.must('PUT', `${ADMIN}/plan`, { rules, after: version + 1 });
  });

  it('refuses plans that cannot be, and writes nothing', async () => {
    const admin = await server().admin();
    const { rules, version } = await plan(server());
    const { token } = await admin.must<{ token: string }>('POST', '/api/admin/colleagues', { name: 'An agent', role: 'agent' });
    const agent = new HttpClient(server().url, (await server().visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token })).bearer);
    for (const [method, path, body] of [['PUT', '/plan', { rules, after: version }], ['POST', '/tasks/birthday/start', { points: 10 }], ['POST', '/tasks/birthday/pause', {}], ['PUT', '/openings/TEA-LJ01', { opensAt: 0 }], ['DELETE', '/openings/TEA-LJ01', undefined]] as const) {
      expect((await agent.send(method, ADMIN + path, body)).status, path).to.equal(403);
    }
    for (const amount of [-1, 0, 0.1, '1e3', '１００', [1], 2 ** 53, true, {}]) {
      const wrong = structuredClone(rules);
      wrong.tiers[1]!['entry'] = { spend: amount, orders: null, growth: null };
      for (const [method, path, body] of [['POST', `${ADMIN}/plan/preview`, { rules: wrong }], ['PUT', `${ADMIN}/plan`, { rules: wrong, after: version }]] as const) {
        expect((await admin.send(method, path, JSON.stringify(body))).status, `${path} ${JSON.stringify(amount)}`).to.equal(422);
      }
    }
    expect((await admin.send('PUT', `${ADMIN}/plan`, JSON.stringify({ rules, after: version }).replace(/"graceDays":\d+/, '"graceDays":1e309'))).status).to.equal(422);
    for (const change of [(tiers: Record<string, unknown>[]) => { tiers[0]!['entry'] = { spend: 1, orders: null, growth: null }; }, (tiers: Record<string, unknown>[]) => { tiers[2]!['entry'] = tiers[1]!['entry']; }, (tiers: Record<string, unknown>[]) => { tiers[1]!['key'] = 'ordinary'; }]) {
      const wrong = structuredClone(rules);
      change(wrong.tiers);
      expect((await admin.put(`${ADMIN}/plan`, { rules: wrong, after: version })).status).to.equal(422);
    }
    expect((await plan(server())).version).to.equal(version);
  });

  it('counts growth value that redeeming does not lower, and lists members by tier', async () => {
    await replan(server(), (rules) => { rules.tiers[1]!['entry'] = { spend: null, orders: null, growth: 30 }; rules.growth = { perUnit: 0, perOrder: 15, perCheckIn: 2, perSurvey: 10 }; rules.tiers[2]!['entry'] = { spend: null, orders: null, growth: 1_000_000 }; });
    const member = await server().shopper();
    await buy(member);
    expect((await card(member)).next?.missing).to.deep.equal({ spend: null, orders: null, growth: 15 });
    await buy(member);
    expect((await card(member)).rank).to.equal(1);
    const admin = await server().admin();
    const { items } = await admin.must<{ items: { personId: string; tier: string }[] }>('GET', `${ADMIN}/members?tier=vip&limit=200`);
    expect(items.map(({ personId }) => personId)).to.include(member.personId);
    expect(items.every(({ tier }) => tier === 'vip')).to.equal(true);
    expect((await admin.get<string>(`${ADMIN}/members.csv?tier=vip`)).body).to.contain(member.personId ?? 'x');
    const overview = await admin.must<{ tiers: { key: string; members: number }[]; byDay: { date: string; up: number; down: number }[]; told: { birthdays: number; gifts: number } }>('GET', `${ADMIN}/overview`);
    const rows = async <T = unknown>(path: string): Promise<readonly T[]> => (await admin.must<{ items: T[] }>('GET', `${ADMIN}/${path}`)).items;
    expect(await rows(`members?limit=200&tier=${overview.tiers.slice(1).map(({ key }) => key).join(',')}`), 'above the first').to.have.length(overview.tiers.slice(1).reduce((sum, tier) => sum + tier.members, 0));
    expect(await rows('members?limit=200&state=at-risk,grace,normal,downgraded')).to.have.length(overview.tiers.reduce((sum, tier) => sum + tier.members, 0));
    for (const { date, up, down } of overview.byDay.filter((day) => day.up + day.down > 0)) expect([(await rows(`moves?on=${date}&direction=up`)).length, (await rows(`moves?on=${date}&direction=down`)).length], date).to.deep.equal([up, down]);
    const told = await rows<{ gifts: number }>('birthdays?days=90');
    expect([told.length, told.reduce((sum, { gifts }) => sum + gifts, 0)]).to.deep.equal([overview.told.birthdays, overview.told.gifts]);
    for (const query of ['members?state=nonsense', 'members?tier=', 'moves?direction=sideways', 'moves?on=yesterday', 'birthdays?days=1e3']) expect((await admin.get(`${ADMIN}/${query}`)).status, query).to.equal(422);
    expect((await server().visitor().get(`${ADMIN}/members`)).status).to.equal(401);
    expect((await member.get(`${SHOP}/card`)).status).to.equal(200);
  });
});
