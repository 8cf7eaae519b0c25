import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SystemStatement, type DataStore } from '../../../server/data/data-store.js';
import type { GxError } from '../../../server/plugin-api/index.js';
import { Secrets } from '../../../server/secrets/secrets.service.js';
import { engines, fixturePlugin, installPlugin, ServerProcess, startTestServer, type HttpClient } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';

const SECRET = `sk-live-${randomBytes(12).toString('hex')}`;
const SETTINGS = '/api/admin/installs/hungry/settings';
interface Settings { readonly values: Readonly<Record<string, unknown>> }

/** Everything that the database holds, as text. */
async function everything(store: DataStore): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-secrets-'));
  try {
    if (store.engine === 'sqlite') { await store.backup(join(folder, 'copy.db')); return readFileSync(join(folder, 'copy.db'), 'latin1'); }
    const tables = await store.system.many(new SystemStatement<{ name: string }>('SELECT 1', `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()`));
    const rows = await Promise.all(tables.map(({ name }) => store.system.many(new SystemStatement<{ row: string }>('SELECT 1', `SELECT t::text AS row FROM "${name}" t`))));
    return rows.flat().map(({ row }) => row).join('\n');
  } finally { rmSync(folder, { recursive: true, force: true }); }
}

/** The answers of every admin route that reads and needs nothing in its path. */
async function everyAnswer(admin: HttpClient): Promise<string> {
  const { paths } = await admin.must<{ paths: Record<string, Record<string, unknown>> }>('GET', '/api/openapi.json');
  const reads = Object.entries(paths).filter(([path, methods]) => path.startsWith('/api/admin/') && !path.includes('{') && 'get' in methods).map(([path]) => path);
  expect(reads.length).to.be.greaterThan(20);
  return (await Promise.all(reads.map(async (path) => JSON.stringify((await admin.get(path)).body)))).join('\n');
}

for (const engine of engines) {
  describe(`a secret of a plugin's settings (${engine})`, () => {
    it('reaches the plugin and nobody else: no answer, no audit, no export, no backup', async () => {
      await using server = await startTestServer({ engine, plugins: [await fixturePlugin('hungry')] });
      const admin = await server.admin();
      await server.install('hungry');
      const shopper = await server.shopper();
      const saved = await admin.must<Settings>('PUT', SETTINGS, { values: { apiKey: SECRET, greeting: 'Good morning' } });
      expect(saved.values).to.deep.include({ apiKey: { set: true }, greeting: 'Good morning' });
      expect(server.services.installs.settings(server.context(), server.services.host.manifest('hungry')!)).to.include({ apiKey: SECRET });

      const wrong = await admin.put(SETTINGS, { values: { apiKey: SECRET, greeting: 5 } });
      expect(wrong.status).to.equal(422);
      const { id } = await admin.must<{ id: string }>('POST', `/api/admin/customers/${shopper.personId}/export`, {});
      const said = [saved, wrong.body, await everyAnswer(admin), (await admin.get(`/api/admin/privacy/requests/${id}/package`)).body, (await admin.get(SETTINGS)).body, (await admin.get('/api/admin/marketplace/hungry')).body, await everything(server.services.store)].map((each) => JSON.stringify(each));
      for (const text of said) expect(text.includes(SECRET)).to.equal(false);
      expect(said.join(''), 'the search finds what is not secret').to.contain('Good morning');
    });

    it('is kept when it is left out, and gone when it is emptied', async () => {
      await using server = await startTestServer({ engine, plugins: [await fixturePlugin('hungry')] });
      const admin = await server.admin();
      await server.install('hungry');
      const now = () => server.services.installs.settings(server.context(), server.services.host.manifest('hungry')!)['apiKey'];
      await admin.must('PUT', SETTINGS, { values: { apiKey: SECRET } });
      await admin.must('PUT', SETTINGS, { values: { greeting: 'Hi' } });
      expect(now()).to.equal(SECRET);
      expect((await admin.must<Settings>('PUT', SETTINGS, { values: { apiKey: null } })).values['apiKey']).to.deep.equal({ set: false });
      expect(now()).to.equal(null);
    });
  });
}

describe('what a server says', () => {
  it('holds no secret, also when everything is logged and calls with it fail', async () => {
    const { location, drop } = await serverLocation('sqlite', 'others');
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-secrets-'));
    const server = await ServerProcess.start({ DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, DATA_DIR: folder, LOG_LEVEL: 'trace', GUANXI_STAND_INS: 'api.example.com=127.0.0.1:1' },
      { command: [fileURLToPath(new URL('../../fixtures/plugins/hungry/serve.js', import.meta.url))] });
    try {
      const admin = await server.admin();
      await installPlugin(admin, 'hungry');
      await admin.must('PUT', SETTINGS, { values: { apiKey: SECRET } });
      await admin.put(SETTINGS, { values: { apiKey: SECRET, greeting: 5 } });
      const failed = await admin.post<{ code: string }>('/api/admin/plugins/hungry/calls', { url: `https://api.example.com/path?token=${SECRET}` });
      expect([failed.status, failed.body.code]).to.deep.equal([502, 'GX_PLUGIN_FAILED']);
    } finally { await server.stop(); await drop(); rmSync(folder, { recursive: true, force: true }); }
    expect(server.output(), 'the log').to.contain('GX_OUTBOUND_FAILED').and.contain('api.example.com').and.not.contain(SECRET);
  });
});

describe('the host\'s secret', () => {
  const [old, current] = ['o'.repeat(20) + 'ld-secret-of-the-host', 'n'.repeat(20) + 'ew-secret-of-the-host'];

  it('when it is changed, still opens what the one before sealed, and seals anew with itself', () => {
    const before = new Secrets(old).encrypt('table|row', 'clear');
    const both = new Secrets(current, old);
    expect(both.decrypt('table|row', before)).to.equal('clear');
    const renewed = both.renew('table|row', before);
    expect(new Secrets(current).decrypt('table|row', renewed)).to.equal('clear');
    expect(both.renew('table|row', renewed), 'once is enough').to.equal(renewed);
    expect(both.renew('table|row', 'v1.nonsense')).to.equal('v1.nonsense');
    expect(both.key('staff-bearer')).to.deep.equal(new Secrets(current).key('staff-bearer'));
  });

  it('opens nothing that was moved, changed or sealed with another', () => {
    const sealed = new Secrets(old).encrypt('table|row', 'clear');
    const code = (open: () => unknown): string => { try { open(); return 'opened'; } catch (error) { return (error as GxError).code; } };
    const both = new Secrets(current, old);
    for (const [place, text] of [['table|other', sealed], ['table|row', `${sealed.slice(0, -2)}AA`], ['table|row', sealed.slice(0, 20)], ['table|row', 'v1.'], ['table|row', new Secrets('x'.repeat(40)).encrypt('table|row', 'clear')]] as const) {
      expect(code(() => both.decrypt(place, text)), text).to.equal('GX_SECRET_UNREADABLE');
    }
  });

  it('can be changed under running shops: one start with both, and then the new one alone', async () => {
    const { location, drop } = await serverLocation('sqlite', 'others');
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-secrets-'));
    const on = async (env: Readonly<Record<string, string>>, work: (admin: HttpClient) => Promise<void>): Promise<string> => {
      const server = await ServerProcess.start({ DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, DATA_DIR: folder, ...env }, { command: [fileURLToPath(new URL('../../fixtures/plugins/hungry/serve.js', import.meta.url))] });
      try { await work(await server.admin()); } finally { await server.stop(); }
      return server.output();
    };
    const works = async (admin: HttpClient, wanted: boolean): Promise<void> => {
      // An address that is refused after the plugin has read its settings.
      const { body } = await admin.post<{ code: string }>('/api/admin/plugins/hungry/calls', { url: 'https://elsewhere.example.com/' });
      expect(body.code).to.equal(wanted ? 'GX_OUTBOUND_HOST' : 'GX_PLUGIN_FAILED');
    };
    try {
      await on({ GUANXI_SECRET: old }, async (admin) => { await installPlugin(admin, 'hungry'); await admin.must('PUT', SETTINGS, { values: { apiKey: SECRET } }); await works(admin, true); });
      await on({ GUANXI_SECRET: current }, (admin) => works(admin, false));
      await on({ GUANXI_SECRET: current, GUANXI_SECRET_PREVIOUS: old }, async (admin) => {
        await works(admin, true);
        const { items } = await admin.must<{ items: { action: string; actor: string }[] }>('GET', '/api/admin/audit');
        expect(items.filter(({ actor }) => actor === 'job:core.renew-secrets').map(({ action }) => action)).to.deep.equal(['plugin.settings']);
      });
      await on({ GUANXI_SECRET: current }, (admin) => works(admin, true));
    } finally { await drop(); rmSync(folder, { recursive: true, force: true }); }
  });
});
