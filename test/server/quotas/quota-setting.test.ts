import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig, type Config } from '../../../server/config.js';
import { QuotaService } from '../../../server/quotas/quotas.service.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';
import { installPlugin, openDatabase, ServerProcess } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';

describe('the settings of quotas and stand-ins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-quota-'));
  after(() => { rmSync(folder, { recursive: true, force: true }); });
  const load = (env: Record<string, string>, mode: Config['mode'] = 'test'): Config => loadConfig({ DATA_DIR: folder, ...env }, mode);

  it('are read, and told to be wrong in a sentence', () => {
    expect(load({ GUANXI_QUOTAS: 'rowsPerShop=100, storageMb=0.5' }).quotas).to.include({ rowsPerShop: 100, storageMb: 0.5 });
    expect(load({ GUANXI_STAND_INS: 'API.example.com=localhost:4040' }).standIns).to.deep.equal({ 'api.example.com': { address: '127.0.0.1', port: 4040 } });
    for (const list of ['rows=1', 'rowsPerShop', 'rowsPerShop=many', 'rowsPerShop=-1', 'requestsPerMinute=0.5']) expect(() => load({ GUANXI_QUOTAS: list }), list).to.throw(ConfigError, /GUANXI_QUOTAS is wrong.*Known: .*rowsPerShop/);
    for (const list of ['api.example.com', 'api.example.com=10.0.0.1:80', 'api.example.com=169.254.169.254:80', '=127.0.0.1:1']) expect(() => load({ GUANXI_STAND_INS: list }), list).to.throw(ConfigError, /GUANXI_STAND_INS is wrong/);
  });

  it('have no stand-ins in production', () => {
    const production = { GUANXI_SECRET: 'x'.repeat(40), SHOPIFY_API_KEY: 'k', SHOPIFY_API_SECRET: 's' };
    expect(load(production, 'production').quotas).to.deep.equal({});
    expect(() => load({ ...production, GUANXI_STAND_INS: 'api.example.com=127.0.0.1:1' }, 'production')).to.throw(ConfigError, /for development only/);
  });
});

describe('a quota that is nearly used up', () => {
  it('is in the log once, with who and where, before anybody is refused', async () => {
    const { location, drop } = await serverLocation('sqlite', 'others');
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-quota-'));
    const server = await ServerProcess.start({ DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, DATA_DIR: folder, LOG_LEVEL: 'warn', GUANXI_QUOTAS: 'rowsPerShop=10' },
      { command: [fileURLToPath(new URL('../../fixtures/plugins/hungry/serve.js', import.meta.url))] });
    const warnings = (): string[] => server.output().split('\n').filter((line) => line.includes('80 %'));
    try {
      const admin = await server.admin();
      await installPlugin(admin, 'hungry');
      for (const n of [7, 1, 1]) {
        await admin.must('POST', '/api/admin/plugins/hungry/crumbs', { n, how: 'insert', words: 'crumb' });
        await admin.must('GET', '/api/admin/system/plugins');
        if (n === 7) expect(warnings()).to.deep.equal([]);
      }
    } finally { await server.stop(); await drop(); rmSync(folder, { recursive: true, force: true }); }
    expect(warnings().map((line) => JSON.parse(line) as object)).to.have.length(1);
    expect(JSON.parse(warnings()[0]!)).to.include({ level: 40, plugin: 'hungry', shop: 'demo', quota: 'rowsPerShop', used: 8, granted: 10 });
  });
});

describe('a minute of a quota', () => {
  it('belongs to one plugin in one shop, and ends', async () => {
    const { store, drop } = await openDatabase('sqlite');
    let now = 1_000_000;
    const asking = manifestOf('asking', { limits: { requestsPerMinute: 2 } });
    const quotas = new QuotaService({ store, most: { requestsPerMinute: 3 }, manifest: (id) => (id === 'asking' ? asking : undefined), now: () => now, report: () => { /* nothing to say */ } });
    const count = (shop: number, plugin = 'asking'): number => { let n = 0; try { for (;;) { quotas.request({ id: shop, key: `shop-${shop}` }, plugin); n += 1; } } catch { return n; } };
    expect([count(1), count(2), count(1, 'silent'), count(1)]).to.deep.equal([2, 2, 3, 0]);
    now += 59_999;
    expect(count(1)).to.equal(0);
    now += 1;
    expect(count(1)).to.equal(2);
    await quotas.stop();
    await drop();
  });
});
