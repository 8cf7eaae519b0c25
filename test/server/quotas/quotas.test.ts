import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays, businessDate, startOfBusinessDate } from '../../../server/plugin-api/index.js';
import type { QuotaUse } from '../../../server/quotas/limits.js';
import { issueStaffToken } from '../../../server/http/shopper-token.js';
import { engines, fixturePlugin, HttpClient, installPlugin, startTestServer, type TestServer } from '../../kit/index.js';
import { chewing } from '../../fixtures/plugins/hungry/plugin.js';

interface Refused { readonly code?: string; readonly detail?: string; readonly plugin?: string; readonly quota?: string; readonly granted?: number; readonly retryAfter?: number; readonly resetsAt?: number }
interface Job { readonly owner: string; readonly name: string; readonly ok: boolean; readonly error: string | null }

for (const engine of engines) {
  describe(`quotas of a plugin (${engine})`, () => {
    let server: TestServer, admin: HttpClient, outside: Server;
    const asked: IncomingHttpHeaders[] = [];
    const start = async (quotas: string): Promise<void> => {
      const { port } = outside.address() as AddressInfo;
      server = await startTestServer({ engine, plugins: [await fixturePlugin('hungry')], env: { GUANXI_QUOTAS: quotas, GUANXI_STAND_INS: `api.example.com=127.0.0.1:${port}` } });
      admin = await server.admin();
      await server.install('hungry');
    };
    const uses = async (): Promise<Readonly<Record<string, QuotaUse>>> => {
      const { plugins } = await admin.must<{ plugins: { id: string; quotas: QuotaUse[] }[] }>('GET', '/api/admin/system/plugins');
      return Object.fromEntries(plugins.find(({ id }) => id === 'hungry')!.quotas.map((each) => [each.name, each]));
    };
    const add = (n: number, how = 'insert', words = 'crumb') => admin.post<Refused>('/api/admin/plugins/hungry/crumbs', { n, how, words });
    /** Five past midnight in the shop: three hours on it is the same day there, and in UTC. */
    const earlyMorning = async (): Promise<void> => {
      const { shop, now } = server.context();
      await server.advance(`PT${Math.ceil((startOfBusinessDate(shop, addDays(businessDate(shop, now), 1)) - now) / 60_000) + 5}M`);
      chewing.runs = 0;
    };
    const count = async (): Promise<number> => (await admin.must<{ n: number }>('GET', '/api/admin/plugins/hungry/crumbs')).n;

    before((done) => { outside = createServer((req, res) => { asked.push(req.headers); res.end('outside'); }).listen(0, '127.0.0.1', done); });
    after((done) => { outside.close(done); });
    afterEach(async () => { chewing.ms = 0; await server.close(); });

    it('are what the manifest asks for, and never more than the host\'s maximum', async () => {
      await start('rowsPerShop=50,storageMb=2');
      const shown = await uses();
      expect(Object.keys(shown)).to.deep.equal(['requestsPerMinute', 'jobMinutesPerDay', 'rowsPerShop', 'storageMb', 'outboundPerMinute']);
      expect(shown['rowsPerShop']).to.deep.include({ used: 0, limit: 1_000, granted: 50, resetsAt: null });
      expect(shown['requestsPerMinute']).to.include({ limit: 1_000, granted: 1_000 });
      const { limits } = await admin.must<{ limits: { name: string; asked: number; granted: number }[] }>('GET', '/api/admin/marketplace/hungry/preview');
      expect(limits).to.deep.include({ name: 'storageMb', asked: 10, granted: 2 });
    });

    it('of requests refuse the next one with who, what and when, and leave everybody else answering', async () => {
      await start('requestsPerMinute=3');
      const visitor = server.visitor();
      const ping = () => visitor.get<Refused>('/api/storefront/plugins/hungry/ping');
      for (let i = 0; i < 3; i++) expect((await ping()).status).to.equal(200);
      const { status, body, headers } = await ping();
      expect(status).to.equal(429);
      expect(body).to.include({ code: 'GX_QUOTA', plugin: 'hungry', quota: 'requestsPerMinute', granted: 3 });
      expect(body.detail).to.match(/"hungry".*3 requests.*demo.*goes on in \d+ s/);
      expect(body.retryAfter).to.be.within(1, 60);
      expect(Number(headers.get('retry-after'))).to.equal(body.retryAfter);
      expect((await visitor.get('/healthz')).status).to.equal(200);
      expect((await uses())['requestsPerMinute']).to.deep.include({ used: 3, granted: 3, estimated: false, resetsAt: body.resetsAt });
      const handler = server.services.host.runs.snapshot(server.context().shop.id)[0]!.handlers.find(({ surface }) => surface === 'route');
      expect(handler, 'a refusal is no failure of the plugin').to.include({ calls: 3, failures: 0 });
    });

    it('of rows refuse new ones by whatever way, and nothing else', async () => {
      await start('rowsPerShop=8');
      await uses();
      for (const how of ['insert', 'statement', 'steps', 'hot']) {
        expect((await add(2, how)).status, how).to.equal(200);
      }
      for (const how of ['insert', 'statement', 'steps', 'hot']) {
        const { status, body } = await add(1, how);
        expect([status, body.code, body.quota], how).to.deep.equal([429, 'GX_QUOTA', 'rowsPerShop']);
      }
      expect(await count()).to.equal(8);
      expect((await admin.put('/api/admin/plugins/hungry/crumbs', {})).status, 'changing').to.equal(200);
      expect((await uses())['rowsPerShop']).to.include({ used: 8, granted: 8 });
    });

    it('of rows count a unit as a whole, and free what is deleted', async () => {
      await start('rowsPerShop=8');
      await uses();
      expect((await add(9, 'insert')).status).to.equal(429);
      expect((await add(9, 'hot')).status).to.equal(429);
      expect(await count()).to.equal(0);
      expect((await add(8, 'hot')).status).to.equal(200);
      expect((await add(1)).status).to.equal(429);
      expect((await admin.delete('/api/admin/plugins/hungry/crumbs')).status).to.equal(200);
      expect((await add(8, 'statement')).status).to.equal(200);
    });

    it('of one shop leave the other shops alone', async () => {
      await start('rowsPerShop=4,requestsPerMinute=40,jobMinutesPerDay=0.0005');
      const { shops, secrets, clock } = server.services;
      const shop = await shops.ensure({ key: 'other', platform: 'demo', name: 'Other', zone: 'UTC', dayStartHour: 0, currency: 'EUR', locale: 'en' }, clock.now());
      const other = new HttpClient(server.url, issueStaffToken(secrets.key('staff-bearer'), { shop: shop.id, staff: 'o', name: 'O', role: 'owner', exp: Date.now() + 60_000 }));
      await installPlugin(other, 'hungry');
      await uses();
      await add(4);
      await earlyMorning();
      chewing.ms = 40;
      for (let hour = 0; hour < 3; hour++) await server.advance('PT1H');
      expect(chewing.runs, 'once in each shop').to.equal(2);
      for (let i = 0; i < 45; i++) await admin.get('/api/admin/plugins/hungry/crumbs');
      expect((await add(1)).status).to.equal(429);
      const { plugins } = await other.must<{ plugins: { quotas: QuotaUse[] }[] }>('GET', '/api/admin/system/plugins');
      const used = Object.fromEntries(plugins[0]!.quotas.map((each) => [each.name, each.used]));
      expect(used).to.include({ rowsPerShop: 0, requestsPerMinute: 0, storageMb: 0 });
      expect((await other.post('/api/admin/plugins/hungry/crumbs', { n: 4, how: 'hot', words: 'mine' })).status).to.equal(200);
      expect((await other.post<Refused>('/api/admin/plugins/hungry/crumbs', { n: 1, how: 'hot', words: 'mine' })).body.detail).to.contain('in the shop other');
    });

    it('of rows are counted where somebody else changed them', async () => {
      await start('rowsPerShop=8');
      await add(8);
      expect((await uses())['rowsPerShop']).to.include({ used: 8, estimated: false });
      await server.services.installs.uninstall(server.context(), 'hungry');
      await server.services.purges.purge(server.context(), 'hungry');
      await server.install('hungry');
      // A full one is counted anew before it is refused, at most once a second.
      for (const began = performance.now(); (await add(1)).status !== 200;) expect(performance.now() - began).to.be.lessThan(10_000);
      expect(await count()).to.equal(1);
    });

    it('of storage refuse new rows when their bytes are used up', async () => {
      await start('storageMb=0.01');
      expect((await add(5, 'insert', randomBytes(1_500).toString('hex'))).status).to.equal(200);
      const { storageMb } = await uses();
      expect(storageMb).to.include({ granted: 0.01, estimated: true });
      expect(storageMb!.used).to.be.within(0.015, 0.02);
      const { status, body } = await add(1);
      expect([status, body.code, body.quota]).to.deep.equal([429, 'GX_QUOTA', 'storageMb']);
    });

    it('of job minutes skip the run, with the reason in the history, until the shop\'s next day', async () => {
      await start('jobMinutesPerDay=0.0005');
      await earlyMorning();
      chewing.ms = 40;
      for (let hour = 0; hour < 3; hour++) await server.advance('PT1H');
      expect(chewing.runs).to.equal(1);
      const { jobs } = await admin.must<{ jobs: Job[] }>('GET', '/api/admin/system');
      const mine = jobs.filter(({ owner }) => owner === 'hungry').slice(0, 3);
      expect(mine.map(({ ok }) => ok)).to.deep.equal([false, false, true]);
      expect(mine[0]?.error).to.match(/^Skipped: .*"hungry".*minutes for jobs of today.*demo.*goes on in 2[0-4] h/);
      const { jobMinutesPerDay } = await uses();
      expect(jobMinutesPerDay!.resetsAt).to.be.within(server.services.clock.now(), server.services.clock.now() + 24 * 3_600_000);
      chewing.ms = 0;
      await server.advance('P1D');
      expect(chewing.runs).to.be.greaterThan(1);
    });

    it('of outbound calls refuse the next one, and calls go where the operator\'s stand-in is', async () => {
      await start('outboundPerMinute=2');
      asked.length = 0;
      const call = (url: string, inside = false) => admin.post<Refused & { text?: string }>('/api/admin/plugins/hungry/calls', { url, inside });
      expect((await call('https://api.example.com/one')).body).to.deep.include({ status: 200, text: 'outside' });
      expect(asked[0]).to.include({ 'host': 'api.example.com', 'user-agent': 'Guanxi (plugin hungry/1.0.0)' });
      expect((await call('https://elsewhere.example.com/')).body).to.include({ code: 'GX_OUTBOUND_HOST', plugin: 'hungry' });
      expect((await call('http://api.example.com/')).status).to.equal(403);
      expect((await call('https://api.example.com/', true)).body, 'inside a unit of work').to.include({ code: 'GX_OUTBOUND_REQUEST' });
      expect((await call('https://api.example.com/two')).status).to.equal(200);
      const { status, body } = await call('https://api.example.com/three');
      expect([status, body.code, body.quota]).to.deep.equal([429, 'GX_QUOTA', 'outboundPerMinute']);
      expect(asked).to.have.length(2);
      expect((await uses())['outboundPerMinute']).to.include({ used: 2, granted: 2 });
      const { plugins } = await admin.must<{ plugins: { outbound: { host: string; calls: number; failures: number; last: string }[] }[] }>('GET', '/api/admin/system/plugins');
      expect(plugins[0]?.outbound.map(({ host, calls, failures, last }) => ({ host, calls, failures, last }))).to.deep.equal([{ host: 'api.example.com', calls: 2, failures: 0, last: '200' }]);
    });
  });
}
