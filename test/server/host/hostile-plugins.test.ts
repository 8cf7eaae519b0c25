import { expect } from 'chai';
import { fixturePlugin, startTestServer } from '../../kit/index.js';
import { engines } from '../../kit/databases.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';

interface Report { readonly id: string; readonly state: string; readonly code?: string; readonly error?: string }
const hostile = ['throws-on-import', 'throws-in-activate', 'bad-entity', 'bad-migration', 'foreign-statement', 'ungranted-service', 'needs-missing'];

for (const engine of engines) {
  describe(`plugins that do wrong while the host starts (${engine})`, () => {
    it('cost only themselves, and the report names each with its reason', async function () {
      this.timeout(30_000);
      const plugins = await Promise.all([...hostile, 'bench-constant'].map((id) => fixturePlugin(id)));
      await using server = await startTestServer({ engine, plugins });
      const { plugins: report } = await (await server.admin()).must<{ plugins: Report[] }>('GET', '/api/admin/system');
      const of = (id: string): Report | undefined => report.find((each) => each.id === id);
      expect(of('bench-constant')).to.include({ state: 'active' });
      expect(of('throws-on-import')).to.include({ state: 'failed', code: 'GX_PLUGIN_IMPORT' });
      expect(of('throws-on-import')?.error).to.contain('I cannot be imported');
      expect(of('throws-in-activate')).to.include({ state: 'failed', code: 'GX_PLUGIN_ACTIVATE' });
      expect(of('throws-in-activate')?.error).to.contain('I cannot be activated');
      expect(of('bad-entity')).to.include({ state: 'failed', code: 'GX_ENTITY_PREFIX' });
      expect(of('bad-migration')).to.include({ state: 'failed', code: 'GX_MIGRATION_FAILED' });
      expect(of('foreign-statement')).to.include({ state: 'failed', code: 'GX_STATEMENT_FOREIGN' });
      expect(of('ungranted-service')).to.include({ state: 'failed', code: 'GX_PLUGIN_SERVICES' });
      expect(of('ungranted-service')?.error).to.contain('points.spend');
      expect(of('needs-missing')).to.include({ state: 'blocked', code: 'GX_PLUGIN_BLOCKED' });
      expect(of('needs-missing')?.error).to.contain('needs-missing → throws-on-import');
      await server.install('bench-constant');
      expect((await (await server.shopper()).get('/api/storefront/plugins/bench-constant/answer')).body).to.deep.equal({ answer: 42 });
      await server.integrity();
    });
  });
}

describe('manifests that are wrong', () => {
  const cases: readonly [string, unknown, string][] = [
    ['another id', manifestOf('somebody-else'), 'GX_MANIFEST_ID'],
    ['another major of the API', manifestOf('bench-constant', { api: '^2.0' }), 'GX_API_RANGE'],
    ['a range that pins nothing', { ...manifestOf('bench-constant'), api: '*' }, 'GX_MANIFEST_INVALID'],
    ['an unknown field', { ...manifestOf('bench-constant'), extra: 1 }, 'GX_MANIFEST_INVALID'],
    ['an unknown capability', manifestOf('bench-constant', { capabilities: [{ name: 'root' as 'db', reason: { en: 'x', 'zh-CN': 'x' } }] }), 'GX_CAPABILITY_UNKNOWN'],
    ['an event of somebody else', manifestOf('bench-constant', { events: { emits: ['order.paid'], handles: [] } }), 'GX_EVENT_PREFIX'],
    ['one language', manifestOf('bench-constant', { locales: ['en'] }), 'GX_LOCALES'],
    ['another widget runtime', manifestOf('bench-constant', { widgetRuntime: 9 }), 'GX_WIDGET_RUNTIME'],
    ['a path that leaves the folder', manifestOf('bench-constant', { widgets: [{ name: 'x', surface: 'admin', slot: 'page', module: '../../secret.js', title: { en: 'x', 'zh-CN': 'x' } }] }), 'GX_MANIFEST_INVALID'],
  ];
  for (const [what, manifest, code] of cases) {
    it(`with ${what} are refused before any code runs`, async () => {
      const source = await fixturePlugin('bench-constant', manifest);
      await using server = await startTestServer({ plugins: [source] });
      const [report] = server.services.host.report();
      expect(report).to.include({ state: 'rejected', code });
      expect(report?.error).to.match(/^Plugin "bench-constant": .+\.$/);
    });
  }
});

describe('a plugin that misbehaves in its routes', () => {
  it('is answered for, named, and leaves the others answering', async () => {
    await using server = await startTestServer({ env: { GUANXI_ROUTE_TIMEOUT_MS: '300' }, plugins: [await fixturePlugin('misbehaves'), await fixturePlugin('bench-constant')] });
    await server.install('misbehaves');
    await server.install('bench-constant');
    const visitor = server.visitor();
    const get = (path: string) => visitor.get<{ code: string; plugin?: string; detail: string }>(`/api/storefront/plugins/misbehaves/${path}`);
    const [hang, thrown, rejected, refused] = await Promise.all([get('hang'), get('throw'), get('reject'), get('refuse')]);
    expect([hang.status, hang.body.code]).to.deep.equal([504, 'GX_PLUGIN_TIMEOUT']);
    for (const answer of [thrown, rejected]) {
      expect([answer.status, answer.body.code, answer.body.plugin]).to.deep.equal([502, 'GX_PLUGIN_FAILED', 'misbehaves']);
      expect(JSON.stringify(answer.body)).to.not.contain('secret');
    }
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'GX_MISBEHAVES_NO']);
    expect((await (await server.shopper()).get('/api/storefront/plugins/bench-constant/answer')).status).to.equal(200);
    expect((await visitor.get('/healthz')).status).to.equal(200);
  });

  it('is gone for a shop the moment it is disabled, and back the moment it is enabled', async () => {
    await using server = await startTestServer({ plugins: [await fixturePlugin('misbehaves')] });
    const path = '/api/storefront/plugins/misbehaves/refuse';
    expect((await server.visitor().get(path)).status).to.equal(404);
    await server.install('misbehaves');
    expect((await server.visitor().get(path)).status).to.equal(409);
    const admin = await server.admin();
    await admin.must('POST', '/api/admin/installs/misbehaves/disable', {});
    expect((await server.visitor().get(path)).status).to.equal(404);
    await admin.must('POST', '/api/admin/installs/misbehaves/enable', {});
    expect((await server.visitor().get(path)).status).to.equal(409);
    const uninstalled = await admin.must<{ state: string; purgeAfter: number }>('DELETE', '/api/admin/installs/misbehaves');
    expect(uninstalled.state).to.equal('uninstalled');
    expect((await server.visitor().get(path)).status).to.equal(404);
    const { items } = await admin.must<{ items: { action: string }[] }>('GET', '/api/admin/audit');
    expect(items.map(({ action }) => action)).to.include.members(['plugin.installed', 'plugin.disabled', 'plugin.enabled', 'plugin.uninstalled']);
  });
});
