import { expect } from 'chai';
import { PlanForecast } from '../../../server/planner/entities/plan-forecast.entity.js';
import { addDays } from '../../../server/plugin-api/index.js';
import { HttpClient, onEachServer } from '../../kit/index.js';

interface Finding { readonly code: string; readonly severity: string; readonly activity?: string; readonly text: { readonly en: string; readonly 'zh-CN': string } }
interface Planner {
  readonly mix: { readonly activities: readonly { readonly id: string; readonly type: string; readonly state: string; readonly firstSession: number; readonly winRate: number | null; readonly page: string }[]; readonly offers: readonly { readonly ref: string; readonly cost: number; readonly value: number }[]; readonly members: number };
  readonly findings: readonly Finding[]; readonly simulated: boolean; readonly pack: readonly { readonly plugin: string; readonly part: string; readonly state: string }[]; readonly assumptions: Readonly<Record<string, number>>; readonly settings: { readonly promotionAt: number | null };
}
interface Outcome { readonly totals: Readonly<Record<string, number>>; readonly byDay: Readonly<Record<string, readonly number[]>>; readonly firstSession: number; readonly issuedBy: Readonly<Record<string, number>> }
interface Forecast { readonly id: string; readonly state: string; readonly done: number; readonly total: number; readonly kept: boolean; readonly name: string; readonly error: string | null; readonly outcome: { readonly now: Outcome; readonly tried: Outcome; readonly pack: Outcome } | null; readonly actual: readonly { readonly date: string; readonly issued: number; readonly burned: number; readonly sales: number }[] }

/** Asks until the run has ended, as the page does. */
async function ended(admin: HttpClient, id: string): Promise<Forecast> {
  for (;;) {
    const forecast = await admin.must<Forecast>('GET', `/api/admin/planner/forecasts/${id}`);
    if (forecast.state !== 'running') return forecast;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
}
const codes = (planner: Planner, severity = 'error'): string[] => planner.findings.filter((each) => each.severity === severity).map(({ code }) => code);

onEachServer('planner', { seed: 'none' }, (server) => {
  const look = async (): Promise<Planner> => (await server().admin()).must<Planner>('GET', '/api/admin/planner');

  it('says of an empty shop what is missing, in both languages', async () => {
    const planner = await look();
    expect(codes(planner)).to.deep.equal(['GX_PLAN_NO_EARNING', 'GX_PLAN_NO_SPENDING', 'GX_PLAN_NO_CONTINUOUS', 'GX_PLAN_NO_COLLECTOR']);
    for (const { text } of planner.findings) expect(text.en.length > 20 && text['zh-CN'].length > 8, text.en).to.equal(true);
    expect(planner.pack.every(({ state }) => state === 'off'), 'nothing is installed silently').to.equal(true);
    const applied = await (await server().admin()).must<{ items: Planner['pack'] }>('POST', '/api/admin/planner/pack', { live: true });
    expect(new Set(applied.items.map(({ state }) => state))).to.deep.equal(new Set(['off']));
  });

  it('sets up the default mix in one call, once, and finds no error in it', async () => {
    const admin = await server().admin();
    for (const plugin of ['interaction-games', 'questionnaires', 'coupon-exchange']) await server().install(plugin);
    const drafts = await admin.must<{ items: Planner['pack'] }>('POST', '/api/admin/planner/pack', {});
    const made = drafts.items.filter(({ plugin }) => plugin !== 'membership');
    expect(made.map(({ state }) => state)).to.deep.equal(['created', 'created', 'created', 'created', 'created']);
    const before = await look();
    expect(before.mix.activities.map(({ state }) => state)).to.deep.equal(['draft', 'draft', 'draft']);
    expect(before.mix.offers, 'a draft is no offer').to.deep.equal([]);
    expect((await admin.must<{ items: Planner['pack'] }>('POST', '/api/admin/planner/pack', { live: true })).items.filter(({ plugin }) => plugin !== 'membership').map(({ state }) => state)).to.deep.equal(['present', 'present', 'present', 'present', 'present']);
    expect((await look()).mix.activities).to.have.length(3);
  });

  it('counts what is live, and knows what each activity earns and each reward costs', async () => {
    const admin = await server().admin();
    for (const { id } of (await look()).mix.activities) await admin.must('POST', `/api/admin/activities/${id}/publish`);
    for (const { id } of (await admin.must<{ items: { id: string }[] }>('GET', '/api/admin/plugins/coupon-exchange/rewards')).items) await admin.must('POST', `/api/admin/plugins/coupon-exchange/rewards/${id}/publish`, {});
    const planner = await look();
    expect(planner.mix.offers.map(({ cost, value }) => [cost, value]).sort()).to.deep.equal([[200, 200], [800, 2_000]]);
    const wheel = planner.mix.activities.find(({ type }) => type === 'interaction-games.wheel');
    expect(wheel?.winRate).to.be.closeTo(0.673, 0.001);
    expect(wheel?.page).to.equal('/plugins/interaction-games/games');
    expect(codes(planner)).to.deep.equal([]);
    expect((await admin.must<{ items: Finding[] }>('GET', `/api/admin/planner/blockers/${wheel!.id}`)).items).to.deep.equal([]);
    expect((await admin.get('/api/admin/planner/blockers/nobody')).status).to.equal(404);
    const rewards = '/api/admin/plugins/coupon-exchange/rewards';
    await admin.must('PUT', '/api/admin/installs/coupon-exchange/settings', { values: { shippingCost: 650 } });
    const { id } = await admin.must<{ id: string }>('POST', rewards, { title: { 'en': 'Free shipping', 'zh-CN': '免运费' }, kind: 'free-shipping', discount: 0, minimum: 0, cost: 300, stock: null, perPerson: 1, validDays: 14 });
    await admin.must('POST', `${rewards}/${id}/publish`, {});
    const shipping = async (): Promise<number | undefined> => (await look()).mix.offers.find(({ cost }) => cost === 300)?.value;
    expect(await shipping(), 'what the shop pays for shipping').to.equal(650);
    await admin.must('POST', `${rewards}/${id}/cost`, { amount: 450 });
    expect(await shipping(), 'what the merchant says of this one').to.equal(450);
    await admin.must('POST', `${rewards}/${id}/end`, {});
  });

  it('simulates in the background, with what is tried out and the default pack beside it', async () => {
    const admin = await server().admin();
    const { mix } = await look();
    const checkIn = mix.activities.find(({ type }) => type === 'interaction-games.check-in')!.id;
    const started = await admin.post<Forecast>('/api/admin/planner/forecasts', { days: 60, members: 1_000, population: 'synthetic', whatIf: { points: { [checkIn]: 400 } } });
    expect(started.status).to.equal(202);
    expect([started.body.state, started.body.total]).to.deep.equal(['running', 3_000]);
    const done = await ended(admin, started.body.id);
    expect([done.state, done.done, done.error]).to.deep.equal(['done', 3_000, null]);
    const { now, tried, pack } = done.outcome!;
    expect(tried.issuedBy[checkIn]! / now.issuedBy[checkIn]!, 'four times the points').to.be.closeTo(4, 0.01);
    expect(tried.totals['sales'], 'the same people buy the same').to.equal(now.totals['sales']);
    expect(tried.totals['cost']).to.be.greaterThan(now.totals['cost']!);
    expect(pack.firstSession).to.equal(1);
    for (const { totals } of [now, tried, pack]) expect(totals['issued']).to.equal(totals['burned']! + totals['expired']! + totals['outstanding']!);
    expect((await look()).simulated, 'the verdict now knows the cost').to.equal(true);
  });

  it('keeps a forecast and holds it against what happened', async () => {
    const admin = await server().admin();
    const { items } = await admin.must<{ items: Forecast[] }>('GET', '/api/admin/planner/forecasts');
    const id = items[0]!.id;
    expect((await admin.post(`/api/admin/planner/forecasts/${id}/keep`, { name: ' ' })).status).to.equal(422);
    expect((await admin.must<Forecast>('POST', `/api/admin/planner/forecasts/${id}/keep`, { name: 'Spring' })).name).to.equal('Spring');
    const shopper = await server().shopper();
    const checked = await shopper.must<{ earned: number }>('POST', '/api/storefront/plugins/interaction-games/check-ins', {});
    await server().drain();
    const { actual } = await admin.must<Forecast>('GET', `/api/admin/planner/forecasts/${id}`);
    expect(actual.map(({ issued, burned, sales }) => [issued, burned, sales])).to.deep.equal([[checked.earned, 0, 0]]);
    const csv = await admin.get<string>(`/api/admin/planner/forecast.csv?id=${id}`);
    const lines = csv.body.trim().split('\n');
    expect(lines).to.have.length(1 + 3 * 60);
    expect(lines[1]!.endsWith(`,${checked.earned},0,0,0`), lines[1]).to.equal(true);
    expect((await admin.delete(`/api/admin/planner/forecasts/${id}`)).status).to.equal(204);
    expect((await admin.get(`/api/admin/planner/forecasts/${id}`)).status).to.equal(404);
  });

  it('runs one simulation of a shop at a time, and stops it when asked', async () => {
    const admin = await server().admin();
    const { id } = await admin.must<Forecast>('POST', '/api/admin/planner/forecasts', { days: 365, members: 100_000, population: 'synthetic' });
    const second = await admin.post<{ code: string }>('/api/admin/planner/forecasts', { days: 30 });
    expect([second.status, second.body.code]).to.deep.equal([409, 'GX_PLAN_RUNNING']);
    expect((await admin.post<{ code: string }>(`/api/admin/planner/forecasts/${id}/keep`, { name: 'x' })).body.code).to.equal('GX_PLAN_UNFINISHED');
    expect((await admin.must<Forecast>('POST', `/api/admin/planner/forecasts/${id}/cancel`)).state).to.equal('cancelled');
    expect((await ended(admin, id)).outcome).to.equal(null);
    const next = await admin.must<Forecast>('POST', '/api/admin/planner/forecasts', { days: 30, members: 100 });
    expect((await ended(admin, next.id)).state).to.equal('done');
  });

  it('keeps the date of the promotion and warns of a late start', async () => {
    const admin = await server().admin();
    const at = server().context().now;
    const { id } = (await look()).mix.activities[0]!;
    const copy = await admin.must<{ id: string }>('POST', `/api/admin/activities/${id}/duplicate`);
    await admin.must('PUT', '/api/admin/planner/settings', { promotionAt: at + 3 * 86_400_000, assumptions: { orderValue: 20_000 } });
    const planner = await look();
    expect([planner.settings.promotionAt, planner.assumptions['orderValue']]).to.deep.equal([at + 3 * 86_400_000, 20_000]);
    expect(planner.findings.filter(({ code }) => code === 'GX_PLAN_LATE_START').map(({ activity }) => activity)).to.deep.equal([copy.id]);
    const live = await admin.must<Planner>('GET', '/api/admin/planner?drafts=false');
    expect(live.mix.activities.some(({ state }) => state === 'draft')).to.equal(false);
  });

  it('keeps an activity with an error of its own from being published, and says why in the merchant\'s language', async () => {
    const admin = await server().admin();
    const wheel = (await look()).mix.activities.find(({ type, state }) => type === 'interaction-games.wheel' && state === 'live')!;
    const { id } = await admin.must<{ id: string }>('POST', `/api/admin/activities/${wheel.id}/duplicate`);
    const { config } = await admin.must<{ config: { prizes: object[] } }>('GET', `/api/admin/activities/${id}`);
    const broken = { ...config, prizes: [...config.prizes, { title: { en: 'Tea', 'zh-CN': '茶' }, kind: 'coupon-exchange.coupon', amount: 1, quantity: 5 }] };
    const saved = await server().services.activities.update(server().context(), id, { config: broken });
    expect(saved.state).to.equal('draft');
    for (const [locale, text] of [['en', 'has a prize without saying which reward it is'], ['zh-CN', '有奖品没有指定是哪一种奖励']] as const) {
      const answer = await admin.post<{ code: string; detail: string; blockers: { code: string }[] }>(`/api/admin/activities/${id}/publish`, {}, { headers: { 'accept-language': locale } });
      expect([answer.status, answer.body.code, answer.body.blockers.map(({ code }) => code)]).to.deep.equal([422, 'GX_ACTIVITY_BLOCKED', ['GX_PLAN_DECK']]);
      expect(answer.body.detail).to.include(text);
    }
    expect((await admin.must<{ state: string }>('GET', `/api/admin/activities/${id}`)).state).to.equal('draft');
    await server().services.activities.update(server().context(), id, { config });
    await admin.must('POST', `/api/admin/activities/${id}/publish`);
  });

  it('refuses what would break a budget of the shop, and publishes every draft of a mix that breaks none', async () => {
    const admin = await server().admin();
    const checkIn = (await look()).mix.activities.find(({ type }) => type === 'interaction-games.check-in')!;
    const { id } = await admin.must<{ id: string }>('POST', `/api/admin/activities/${checkIn.id}/duplicate`);
    const budget = await admin.must<{ id: string }>('POST', '/api/admin/budgets', { scope: 'shop', unit: 'points', period: 'total', ceiling: 1_000, softPercent: 80, startsAt: 0, useRate: 10_000, unitCost: 0 });
    const one = await admin.post<{ code: string; blockers: { code: string }[] }>(`/api/admin/activities/${id}/publish`, {});
    expect([one.status, one.body.code, one.body.blockers.map(({ code }) => code)]).to.deep.equal([422, 'GX_ACTIVITY_BLOCKED', ['GX_PLAN_WORST_CASE']]);
    const all = await admin.post<{ code: string; detail: string; findings: { code: string }[] }>('/api/admin/planner/launch', {}, { headers: { 'accept-language': 'zh-CN' } });
    expect([all.status, all.body.code, all.body.findings.map(({ code }) => code)]).to.deep.equal([422, 'GX_PLAN_BLOCKED', ['GX_PLAN_WORST_CASE']]);
    expect(all.body.detail).to.include('最坏情况');
    expect((await admin.must<{ state: string }>('GET', `/api/admin/activities/${id}`)).state).to.equal('draft');
    await admin.must('POST', `/api/admin/budgets/${budget.id}/state`, { state: 'paused' });
    const drafts = (await look()).mix.activities.filter(({ state }) => state === 'draft').map((each) => each.id);
    const { items } = await admin.must<{ items: { id: string; error: string | null }[] }>('POST', '/api/admin/planner/launch', {});
    expect(items.map((each) => each.id).sort()).to.deep.equal(drafts.sort());
    for (const item of items) expect((await admin.must<{ state: string }>('GET', `/api/admin/activities/${item.id}`)).state, item.error ?? '').to.equal(item.error === null ? 'live' : 'draft');
    expect(items.some(({ error }) => error === null)).to.equal(true);
  });

  it('takes a run whose process has died for over', async () => {
    const ctx = server().context(), admin = await server().admin();
    const { id } = await server().services.store.write(ctx, (unit) => unit.insert(PlanForecast, {
      name: '', state: 'running', kept: false, done: 1, total: 9, fromDate: '2026-01-01', days: 30, members: 3, replayed: false, drafts: true, whatIf: {}, mixHash: 'x', startedBy: 'test', aliveAt: Date.now() - 120_000,
    }));
    const next = await admin.must<Forecast>('POST', '/api/admin/planner/forecasts', { days: 30, members: 50, population: 'synthetic' });
    expect((await ended(admin, next.id)).state).to.equal('done');
    expect((await admin.must<Forecast>('GET', `/api/admin/planner/forecasts/${id}`)).state).to.equal('failed');
  });

  it('refuses what is no number, and writes no row', async () => {
    const admin = await server().admin();
    const before = await admin.must<{ items: Forecast[] }>('GET', '/api/admin/planner/forecasts');
    for (const bad of ['-1', '0', '0.1', '1e309', '9007199254740992', '"1e3"', '"１００"', 'null', '[100]']) {
      for (const body of [`{"days":${bad}}`, `{"members":${bad}}`, `{"whatIf":{"costs":{"x":${bad}}}}`]) expect((await admin.send('POST', '/api/admin/planner/forecasts', body)).status, body).to.equal(422);
      for (const body of [`{"promotionAt":null,"assumptions":{"orderValue":${bad}}}`]) expect((await admin.send('PUT', '/api/admin/planner/settings', body)).status, body).to.equal(422);
    }
    expect(await admin.must('GET', '/api/admin/planner/forecasts')).to.deep.equal(before);
  });

  it('lets analysts look and nobody but writers change', async () => {
    expect((await new HttpClient(server().url).get('/api/admin/planner')).status).to.equal(401);
  });
});

onEachServer('planner over a history', { seed: 'small' }, (server) => {
  it('replays who came and what they bought', async () => {
    const admin = await server().admin();
    const started = await admin.must<Forecast & { readonly replayed: boolean; readonly members: number; readonly fromDate: string }>('POST', '/api/admin/planner/forecasts', { days: 60 });
    const { outcome } = await ended(admin, started.id);
    const ctx = server().context();
    const sales = await server().services.orders.daily(ctx, addDays(started.fromDate, -60), addDays(started.fromDate, -1));
    expect(started.replayed).to.equal(true);
    expect(outcome!.now.byDay['sales']!.map((value) => value > 0), 'sold on the days on which it sold').to.deep.equal(sales.map(({ revenue }) => revenue > 0));
    expect(outcome!.now.totals['sales']).to.be.greaterThan(0);
  });
});
