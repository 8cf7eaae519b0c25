import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../../server/config.js';
import type { PluginReport, PluginSource } from '../../../server/host/plugin-source.js';
import { problemTitle } from '../../../server/http/problem-texts.js';
import { startServer } from '../../../server/main.js';
import { engines } from '../../kit/databases.js';
import { fixturePlugin, startTestServer } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';
import { removeWritten, writtenPackage, type PackageWish } from './written-package.js';
// After the host's own modules: it demands that reflect-metadata is there.
import { container } from 'tsyringe';

const table = (name: string): string => `import { migration, Table, Field, ShopEntity, integer, statement } from 'guanxi/plugin'; class Row extends ShopEntity {} Table('${name}')(Row); Field(integer())(Row.prototype, 'count');`;
const text = { en: 'x', 'zh-CN': '某' };
const word = [{ name: 'word', title: text }] as const;

/** What each does wrong once it runs, how its start ends, and words of the sentence. */
const failing: Readonly<Record<string, readonly [PackageWish, 'failed', string, string]>> = {
  'import-throws': [{ before: 'throw new TypeError("not today");' }, 'failed', 'GX_PLUGIN_IMPORT', 'not today'],
  'import-hangs': [{ before: 'await new Promise(() => {});' }, 'failed', 'GX_PLUGIN_TIMEOUT', '"load"'],
  'constructor-throws': [{ before: 'class Desk { constructor() { throw new Error("no desk"); } }', code: 'services: (app) => { app.container.register("desk", Desk); app.container.resolve("desk"); }' }, 'failed', 'GX_PLUGIN_SERVICES', 'no desk'],
  'activate-hangs': [{ code: 'activate: () => new Promise(() => {})' }, 'failed', 'GX_PLUGIN_TIMEOUT', '"activate"'],
  'activate-rejects': [{ code: 'activate: () => Promise.reject(new Error("out of order"))' }, 'failed', 'GX_PLUGIN_ACTIVATE', 'out of order'],
  'no-definition': [{ files: { 'plugin.js': 'export const plugin = {};' } }, 'failed', 'GX_PLUGIN_EXPORT', 'definePlugin'],
  'stale-manifest': [{ files: { 'manifest.js': 'export const manifest = { id: "stale-manifest", version: "0.9.0" };' } }, 'failed', 'GX_MANIFEST_STALE', 'Build the plugin again'],

  'listens-to-process': [{ before: 'process.on("uncaughtException", () => {});' }, 'failed', 'GX_IMPORT_EFFECTS', '"uncaughtException"'],
  'sets-globals': [{ before: 'globalThis.everybodysPlugin = 1;' }, 'failed', 'GX_IMPORT_EFFECTS', 'globalThis.everybodysPlugin'],
  'registers-globally': [{ before: 'import { createRequire } from "node:module"; createRequire(import.meta.resolve("guanxi/plugin"))("tsyringe").container.register("everybodys", { useValue: 1 });' }, 'failed', 'GX_IMPORT_EFFECTS', 'global container'],
  'changes-environment': [{ before: 'process.env.TZ = "Mars/Olympus";' }, 'failed', 'GX_IMPORT_EFFECTS', 'environment'],

  'plain-entity': [{ before: 'class Row {}', code: 'entities: () => [Row]' }, 'failed', 'GX_ENTITY_BASE', 'ShopEntity'],
  'core-table': [{ before: table('person'), code: 'entities: () => [Row]' }, 'failed', 'GX_ENTITY_PREFIX', 'plg_core_table_'],
  'linked-table': [{ before: `${table('plg_linked_table_row')} import { createRequire } from "node:module"; createRequire(import.meta.resolve("guanxi/plugin"))("typeorm").ManyToOne(() => Row)(Row.prototype, "parent");`, code: 'entities: () => [Row]' }, 'failed', 'GX_ENTITY_RELATION', 'use id columns'],
  'same-table': [{ before: `${table('plg_same_table_row')} class Other extends ShopEntity {} Table('plg_same_table_row')(Other);`, code: 'entities: () => [Row, Other]' }, 'failed', 'GX_TABLE_TAKEN', 'plg_same_table_row'],
  'neighbour': [{ before: table('plg_neighbour_two_row'), code: 'entities: () => [Row]' }, 'failed', 'GX_ENTITY_PREFIX', 'plg_neighbour_two_row'],
  'neighbour-two': [{ code: 'activate: () => Promise.reject(new Error("only here for its name"))' }, 'failed', 'GX_PLUGIN_ACTIVATE', 'its name'],
  'spy': [{ before: `${table('plg_spy_row')} const SPY = statement('SELECT * FROM plg_spy_cam_row WHERE shop_id = :shop');`, code: 'statements: () => [SPY]' }, 'failed', 'GX_STATEMENT_FOREIGN', 'plg_spy_cam_row'],
  'spy-cam': [{ code: 'activate: () => Promise.reject(new Error("only here for its name"))' }, 'failed', 'GX_PLUGIN_ACTIVATE', 'its name'],
  'no-down': [{ before: 'class Up1764000000001 { name = "Up1764000000001"; async up() {} }', code: 'migrations: () => [Up1764000000001]' }, 'failed', 'GX_MIGRATION_DOWN', 'down()'],
  'no-down-either': [{ before: 'import { migration } from "guanxi/plugin"; const Up = migration("Up", 1764000000001, { async up() {} });', code: 'migrations: () => [Up]' }, 'failed', 'GX_MIGRATION_DOWN', 'down()'],

  'undeclared-event': [{ code: 'on: () => ({ "order.paid": async () => {} })' }, 'failed', 'GX_EVENT_UNDECLARED', 'order.paid'],
  'undeclared-job': [{ code: 'jobs: () => ({ sweep: async () => {} })' }, 'failed', 'GX_JOB_UNDECLARED', 'sweep'],
  'missing-job': [{ manifest: { jobs: [{ name: 'sweep', schedule: '0 1 * * *' }] } }, 'failed', 'GX_JOB_MISSING', 'sweep'],
  'impossible-job': [{ manifest: { jobs: [{ name: 'sweep', schedule: '0 3 30 2 *' }] }, code: 'jobs: () => ({ sweep: async () => {} })' }, 'failed', 'GX_JOB_SCHEDULE', '30 2'],
  'empty-target': [{ code: 'contributes: () => ({ importTargets: { sheet: null } })' }, 'failed', 'GX_PLUGIN_REGISTER', 'could not be registered'],
  'undeclared-kind': [{ code: 'contributes: () => ({ rewardKinds: { word: { issue: async () => ({}), revoke: async () => {}, options: async () => [] } } })' }, 'failed', 'GX_CONTRIBUTION_UNDECLARED', '"word" to rewardKinds'],
  'undeclared-type': [{ code: 'contributes: () => ({ activityTypes: { word: {} } })' }, 'failed', 'GX_CONTRIBUTION_UNDECLARED', '"word" to activityTypes'],
  'undeclared-attribute': [{ code: 'contributes: () => ({ segmentAttributes: { word: async () => new Map() } })' }, 'failed', 'GX_CONTRIBUTION_UNDECLARED', '"word" to segmentAttributes'],
  'missing-kind': [{ manifest: { rewardKinds: word } }, 'failed', 'GX_CONTRIBUTION_MISSING', '"word" under rewardKinds'],
  'unfilled-contract': [{ manifest: { provides: [{ token: 'unfilled-contract.desk', version: '1.0.0' }] } }, 'failed', 'GX_CONTRACT_UNFILLED', 'unfilled-contract.desk'],
  'late-contract': [{ manifest: { provides: [{ token: 'late-contract.desk', version: '1.0.0' }] }, code: 'services: (app) => app.provide({ name: "late-contract.desk" }, {}), activate: (app) => app.provide({ name: "late-contract.desk" }, {})' }, 'failed', 'GX_CONTRACT_LATE', 'late-contract.desk'],
  'contract-twice': [{ manifest: { provides: [{ token: 'contract-twice.desk', version: '1.0.0' }] }, code: 'services: (app) => { app.provide({ name: "contract-twice.desk" }, {}); app.provide({ name: "contract-twice.desk" }, {}); }' }, 'failed', 'GX_CONTRACT_TAKEN', 'contract-twice.desk'],
  'contract-nothing': [{ manifest: { provides: [{ token: 'contract-nothing.desk', version: '1.0.0' }] }, code: 'services: (app) => app.provide({ name: "contract-nothing.desk" }, null)' }, 'failed', 'GX_CONTRACT_SERVICE', 'null'],
  'wrong-contract': [{ code: 'services: (app) => app.provide({ name: "bench-constant.answer" }, {})' }, 'failed', 'GX_CONTRACT_UNDECLARED', 'under provides'],
  'uses-stranger': [{ code: 'services: (app) => { app.contract({ name: "bench-constant.answer" }); }' }, 'failed', 'GX_CONTRACT_UNDECLARED', 'requires.plugins'],
  'route-nonsense': [{ code: 'routes: (router) => router.admin.route("get", "no-slash", { summary: "x", reply: {} }, async () => ({}))' }, 'failed', 'GX_ROUTE_PATH', 'no-slash'],
};

for (const engine of engines) {
  describe(`plugins that fail while they start (${engine})`, () => {
    let report: readonly PluginReport[], listeners: readonly unknown[];
    const told: { readonly id: string; readonly code: string | null; readonly error: string | null; readonly reason: string | null }[] = [];
    const events = (): unknown[] => ['uncaughtException', 'unhandledRejection', 'warning'].map((name) => process.listenerCount(name));

    before(async function () {
      this.timeout(60_000);
      listeners = events();
      const plugins = await Promise.all(Object.entries(failing).map(([id, [wish]]) => writtenPackage(id, wish)));
      await using server = await startTestServer({ engine, env: { GUANXI_PLUGIN_START_MS: '400' }, plugins: [...plugins, await fixturePlugin('bench-constant')] });
      report = server.services.host.report();
      await server.install('bench-constant');
      expect((await (await server.shopper()).get('/api/storefront/plugins/bench-constant/answer')).body).to.deep.equal({ answer: 42 });
      told.push(...(await (await server.admin()).must<{ plugins: typeof told }>('GET', '/api/admin/system/plugins')).plugins);
      await server.integrity();
    });
    after(removeWritten);

    for (const [id, [, state, code, words]] of Object.entries(failing)) {
      it(`${id}: ${code}`, () => {
        const own = report.find((each) => each.id === id);
        expect(own).to.include({ state, code });
        expect(own?.error).to.match(new RegExp(`^Plugin "${id}": .{20,}\\.$`, 's')).and.contain(words);
        expect(told.find((each) => each.id === id)).to.include({ code, error: own?.error, reason: problemTitle(code, 500, 'zh-CN') });
      });
    }
    it('and leave nothing behind in the process', () => {
      expect(events()).to.deep.equal(listeners);
      expect(globalThis).to.not.have.property('everybodysPlugin');
      expect(container.isRegistered('everybodys')).to.equal(false);
      expect(process.env['TZ']).to.not.equal('Mars/Olympus');
    });
  });

  describe(`a migration that breaks in the middle (${engine})`, () => {
    after(removeWritten);
    const create = (steps: string): PackageWish => ({
      before: `import { migration, integer, statement } from 'guanxi/plugin';
        const First = migration('First', 1764000000001, { up: (m) => m.createTable('plg_half_way_first', { columns: { count: integer() } }), down: (m) => m.dropTable('plg_half_way_first') });
        const Second = migration('Second', 1764000000002, { up: async (m) => { await m.createTable('plg_half_way_second', { columns: { count: integer() } }); ${steps} }, down: (m) => m.dropTable('plg_half_way_second') });`,
      code: 'migrations: () => [First, Second]',
    });

    it('leaves nothing half done, and the next start carries on', async function () {
      this.timeout(30_000);
      const { location, drop } = await serverLocation(engine, 'others');
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-half-'));
      const start = (plugins: readonly PluginSource[]) => startServer(loadConfig({
        PORT: '0', DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_SEED: 'none', LOG_LEVEL: 'silent',
      }, 'test'), { plugins, progress: () => {} });
      const reportOf = async (wish: PackageWish): Promise<PluginReport> => {
        const running = await start([await writtenPackage('half-way', wish)]);
        try { return running.services.host.report()[0]!; } finally { await running.close(); }
      };
      try {
        const broken = await reportOf(create('await m.run("INSERT INTO nowhere VALUES (1)");'));
        expect(broken).to.include({ state: 'failed', code: 'GX_MIGRATION_FAILED' });
        expect(broken.error).to.contain('nowhere');
        // Were the second table still there, creating it again would fail; were the first migration forgotten, it would fail too.
        expect(await reportOf(create(''))).to.include({ state: 'active', code: undefined });
      } finally { await drop(); rmSync(folder, { recursive: true, force: true }); }
    });

    it('does not disturb those before and after it, nor do their temporary tables each other', async function () {
      this.timeout(30_000);
      const scratching = (id: string): Promise<PluginSource> => writtenPackage(id, {
        before: `import { migration, integer } from 'guanxi/plugin';
          const First = migration('First', 1764000000001, { up: async (m) => { await m.createTable('plg_${id.replaceAll('-', '_')}_row', { columns: { count: integer() } }); await m.run('CREATE TEMPORARY TABLE scratch (count INTEGER)'); }, down: (m) => m.dropTable('plg_${id.replaceAll('-', '_')}_row') });`,
        code: 'migrations: () => [First]',
      });
      await using server = await startTestServer({ engine, plugins: [await scratching('first-scratch'), await scratching('second-scratch'), await writtenPackage('half-way', create('await m.run("INSERT INTO nowhere VALUES (1)");')), await scratching('third-scratch')] });
      expect(server.services.host.report().map(({ id, state, error }) => [id, state, error?.includes('nowhere') ?? false])).to.deep.equal([['first-scratch', 'active', false], ['second-scratch', 'active', false], ['half-way', 'failed', true], ['third-scratch', 'active', false]]);
    });
  });
}
