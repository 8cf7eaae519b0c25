import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { engines } from '../../kit/databases.js';
import { HttpClient } from '../../kit/http-client.js';
import { installPlugin } from '../../kit/install-plugin.js';
import { ServerProcess } from '../../kit/server-process.js';
import { serverLocation } from '../../kit/server-schema.js';
import { hoardingPackage } from './hoarding-package.js';
import type { Handler } from './what-runs.js';
import { removeWritten, writtenPackage, type PackageWish } from './written-package.js';

const text = { en: 'x', 'zh-CN': '某' };
const widget = (name: string, code = 'export default class extends HTMLElement {}'): PackageWish => ({ manifest: { widgets: [{ name, surface: 'admin', slot: 'page', module: `${name}.js`, title: text }] }, files: { [`widgets/${name}.js`]: code } });
const lit = 'import { html, LitElement } from "lit"; export default class extends LitElement';
const route = (body: string): PackageWish => ({
  before: 'import { z } from "guanxi/plugin";',
  code: `routes: (router) => router.storefront.route('get', '/act', { summary: 'does wrong', audience: 'visitor', reply: z.object({ fine: z.boolean() }) }, async () => { ${body} return { fine: true }; })`,
});
const needs = (id: string, range = '^1.0.0'): PackageWish => ({ manifest: { requires: { plugins: { [id]: range } } } });

/** What keeps each from starting, as the page names it. */
const stopped: Readonly<Record<string, readonly [PackageWish, code: string]>> = {
  'throws-on-import': [{ before: 'throw new Error("not today");' }, 'GX_PLUGIN_IMPORT'],
  'throws-in-constructor': [{ before: 'class Desk { constructor() { throw new Error("no desk"); } }', code: 'services: (app) => { app.container.register("desk", Desk); app.container.resolve("desk"); }' }, 'GX_PLUGIN_SERVICES'],
  'throws-in-activate': [{ code: 'activate: () => { throw new Error("not yet"); }' }, 'GX_PLUGIN_ACTIVATE'],
  'hangs-on-import': [{ before: 'await new Promise(() => {});' }, 'GX_PLUGIN_TIMEOUT'],
  'hangs-in-activate': [{ code: 'activate: () => new Promise(() => {})' }, 'GX_PLUGIN_TIMEOUT'],
  'taken': [widget('tag-card'), 'GX_TAG_TAKEN'],
  'interaction-games': [{}, 'GX_PLUGIN_TAKEN'],
  'bad-entity': [{ before: 'import { Field, integer, ShopEntity, Table } from "guanxi/plugin"; class Row extends ShopEntity {} Table("person")(Row); Field(integer())(Row.prototype, "count");', code: 'entities: () => [Row]' }, 'GX_ENTITY_PREFIX'],
  'bad-migration': [{ before: 'import { migration } from "guanxi/plugin"; const Up = migration("Up", 1764000000001, { up: (m) => m.run("CREATE TABLE plg_bad_migration_x (this is not SQL"), down: async () => {} });', code: 'migrations: () => [Up]' }, 'GX_MIGRATION_FAILED'],
  'circle-one': [needs('circle-two'), 'GX_PLUGIN_CYCLE'],
  'circle-two': [needs('circle-one'), 'GX_PLUGIN_CYCLE'],
  'another-api': [{ manifest: { api: '^2.0' } }, 'GX_API_RANGE'],
  'wrong-range': [needs('questionnaires', '^9.0.0'), 'GX_PLUGIN_VERSION'],
  'tampered': [{ afterwards: (folder) => { writeFileSync(join(folder, 'plugin.js'), 'process.exit(1);'); } }, 'GX_INTEGRITY_MODIFIED'],
};
/** What each does once it runs, and where the page shows it. */
const unruly: Readonly<Record<string, readonly [PackageWish, shown: (run: Run) => boolean]>> = {
  'hangs': [route('await new Promise(() => {});'), ({ handlers }) => handlers.some(({ timeouts }) => timeouts > 0)],
  'throws': [route('throw new Error("wrong");'), ({ handlers }) => handlers.some(({ failures }) => failures > 0)],
  'rejects-detached': [route('void Promise.reject(new Error("nobody waits"));'), ({ handlers }) => handlers.some(({ detached }) => detached > 0)],
  'throws-in-timer': [route('setTimeout(() => { throw new Error("later"); }, 1);'), ({ handlers }) => handlers.some(({ detached }) => detached > 0)],
  'busy-loop': [route('const end = performance.now() + 400; while (performance.now() < end) { /* holds up everybody */ }'), ({ stalls }) => stalls.length > 0],
};
/** Harmless to the server; what they do to a page is shown in the browser. */
const widgets: Readonly<Record<string, PackageWish>> = {
  'taken-tag': widget('card'),
  'widget-constructor': widget('card', `${lit} { constructor() { super(); throw new Error("constructor"); } }`), 'widget-render': widget('card', `${lit} { render() { throw new Error("render"); } }`),
  'widget-later': widget('card', `${lit} { connectedCallback() { super.connectedCallback(); setTimeout(() => { throw new Error("later"); }, 1); } render() { return html\`fine\`; } }`),
  'widget-never': widget('card', `${lit} { getUpdateComplete() { return new Promise(() => {}); } render() { return html\`fine\`; } }`),
};
const bundled = ['reviews-monitor', 'interaction-games', 'questionnaires', 'coupon-exchange'];

interface Run { readonly id: string; readonly state: string; readonly code: string | null; readonly error: string | null; readonly reason: string | null; readonly handlers: readonly Handler[]; readonly stalls: readonly unknown[]; readonly growths: readonly unknown[] }

for (const engine of engines) describe(`every hostile plugin at once on one host (${engine})`, function () {
  this.timeout(120_000);
  let server: ServerProcess, admin: HttpClient, visitor: HttpClient;
  const clean: (() => Promise<void> | void)[] = [removeWritten];
  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-hostile-'));
    clean.push(() => { rmSync(folder, { recursive: true, force: true }); });
    const { location, drop } = await serverLocation(engine, 'bundled');
    clean.push(drop);
    const wishes = Object.entries({ ...widgets, ...Object.fromEntries(Object.entries({ ...stopped, ...unruly }).map(([id, [wish]]) => [id, wish])), 'good-one': route('') });
    const sources = [...await Promise.all(wishes.map(([id, wish]) => writtenPackage(id, wish))), await hoardingPackage()];
    server = await ServerProcess.start({
      DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_PLUGINS: sources.map(({ root }) => dirname(fileURLToPath(root))).join(','),
      GUANXI_PLUGIN_START_MS: '4000', GUANXI_ROUTE_TIMEOUT_MS: '2000', GUANXI_STALL_MS: '200', NODE_OPTIONS: '--max-old-space-size=300', GUANXI_MEMORY_EVERY_MS: '100', GUANXI_MEMORY_SHARE: '0.5', LOG_LEVEL: 'silent',
    });
    clean.push(() => server.kill());
    admin = await server.admin();
    visitor = new HttpClient(server.url);
    for (const id of ['good-one', 'hoards', ...bundled, ...Object.keys(unruly), ...Object.keys(widgets)]) await installPlugin(admin, id);
  });
  after(async () => { for (const each of clean.reverse()) await each(); });

  const page = async (): Promise<readonly Run[]> => (await admin.must<{ plugins: Run[] }>('GET', '/api/admin/system/plugins')).plugins;
  const of = async (id: string): Promise<Run> => (await page()).find((each) => each.id === id)!;
  const act = async (id: string, path = 'act'): Promise<number> => (await visitor.get(`/api/storefront/plugins/${id}/${path}`)).status;
  /** The good plugin, the core, and one of the bundled ones. */
  const othersAnswer = async (): Promise<number[]> => [await act('good-one'), (await visitor.get('/healthz')).status, (await admin.get('/api/admin/customers')).status, (await admin.get('/api/admin/plugins/interaction-games/games')).status];

  it('does not keep the others from starting', async () => {
    for (const id of ['good-one', ...bundled, ...Object.keys(unruly), ...Object.keys(widgets)]) expect((await of(id)).state, id).to.equal('active');
    expect(await othersAnswer()).to.deep.equal([200, 200, 200, 200]);
  });

  for (const [id, [, code]] of Object.entries(stopped)) {
    it(`${id}: named with ${code}, in words and with a sentence`, async () => {
      const run = (await page()).find((each) => each.id === id && each.state !== 'active');
      expect(run).to.include({ code });
      expect(run?.state).to.be.oneOf(['rejected', 'blocked', 'failed']);
      expect(run?.reason).to.match(/^[A-Z\u4e00-\u9fff].{3,}/);
      expect(run?.error).to.match(new RegExp(`^Plugin "${id}": .{20,}\\.\\)?$`, 's'));
    });
  }

  for (const [id, [, shown]] of Object.entries(unruly)) {
    it(`${id}: named by what it did, and the others answer`, async () => {
      for (let n = 0; !shown(await of(id)); n++) {
        if (n > 20) throw new Error(`It is not named: ${JSON.stringify(await of(id))}`);
        await act(id);
      }
      expect(await othersAnswer()).to.deep.equal([200, 200, 200, 200]);
    });
  }

  it('hoards: named, and rests before the memory is full', async () => {
    for (let calls = 0; await act('hoards', 'things') !== 503; calls++) if (calls > 400) throw new Error('It was never stopped.');
    const run = await of('hoards');
    expect(run).to.include({ state: 'degraded' });
    expect(run.growths).to.not.deep.equal([]);
    expect(await othersAnswer()).to.deep.equal([200, 200, 200, 200]);
    expect(server.child.exitCode).to.equal(null);
  });
});
