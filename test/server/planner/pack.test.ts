import { expect } from 'chai';
import { startTestServer, type HttpClient, type TestServer } from '../../kit/index.js';

interface Entry { readonly plugin: string; readonly part: string; readonly state: string; readonly error?: string }
interface Planner { readonly mix: { readonly activities: readonly { readonly type: string; readonly state: string; readonly firstSession: number }[]; readonly offers: readonly { readonly cost: number }[] }; readonly findings: readonly { readonly code: string }[]; readonly simulated: boolean }
interface Forecast { readonly id: string; readonly state: string; readonly outcome: { readonly now: { readonly firstSession: number; readonly totals: Readonly<Record<string, number>> } } | null }

describe('the default pack', () => {
  let server: TestServer, admin: HttpClient;
  before(async () => {
    server = await startTestServer({ seed: 'none' });
    admin = await server.admin();
    for (const plugin of ['membership', 'interaction-games', 'questionnaires', 'coupon-exchange']) await server.install(plugin);
    await admin.must('PUT', '/api/admin/organiser', { legalName: 'Snow Mountain Tea', contact: 'tea@example.test', complaints: '' });
  });
  after(() => server.close());

  it('goes live in one click and passes every rule, those on simulated cost too', async () => {
    const { items } = await admin.must<{ items: Entry[] }>('POST', '/api/admin/planner/pack', { live: true });
    expect(items.map(({ part, state, error }) => `${part} ${state}${error ?? ''}`)).to.deep.equal(['follow', 'birthday', 'profile', 'survey', 'check-in', 'wheel', 'small-coupon', 'large-coupon'].map((part) => `${part} created`));
    const started = await admin.must<Forecast>('POST', '/api/admin/planner/forecasts', { days: 180, members: 8_000, population: 'synthetic' });
    let forecast = started;
    while (forecast.state === 'running') {
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      forecast = await admin.must<Forecast>('GET', `/api/admin/planner/forecasts/${started.id}`);
    }
    const { firstSession, totals } = forecast.outcome!.now;
    expect(firstSession, 'everybody new can redeem something').to.equal(1);
    expect(totals['cost']! / totals['sales']!).to.be.within(0.01, 0.03);
    expect(totals['burned']! / totals['issued']!).to.be.within(0.5, 0.85);
    const planner = await admin.must<Planner>('GET', '/api/admin/planner');
    expect(planner.simulated).to.equal(true);
    expect(planner.findings).to.deep.equal([]);
    expect(planner.mix.activities.every(({ state }) => state === 'live')).to.equal(true);
    expect(planner.mix.activities.reduce((sum, each) => sum + each.firstSession, 0)).to.be.at.least(255);
  });

  it('leaves what is there alone when it is asked again', async () => {
    const before = await admin.must<Planner>('GET', '/api/admin/planner');
    const { items } = await admin.must<{ items: Entry[] }>('POST', '/api/admin/planner/pack', { live: true });
    expect(new Set(items.map(({ state }) => state))).to.deep.equal(new Set(['present']));
    expect((await admin.must<Planner>('GET', '/api/admin/planner')).mix).to.deep.equal(before.mix);
  });
});
