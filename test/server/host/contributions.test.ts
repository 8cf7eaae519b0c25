import { expect } from 'chai';
import type { PluginSource } from '../../../server/host/plugin-source.js';
import { engines, startTestServer, type TestServer } from '../../kit/index.js';
import { removeWritten, writtenPackage, type PackageWish } from './written-package.js';

const text = { en: 'x', 'zh-CN': '某' };
const entry = '{ id: "1", at: ctx.now - 1000, icon: "star", title: { en: "told", "zh-CN": "说" } }';
const tile = '{ name: "answer", label: { en: "Answer", "zh-CN": "答案" }, value: 42, format: "count" }';
const attribute = [{ name: 'mood', title: text, kind: 'number' }] as const;
const contributing = (timeline: string, tiles: string, values: string): PackageWish => ({
  manifest: { segmentAttributes: attribute },
  code: `contributes: () => ({ timeline: async (ctx) => ${timeline}, tiles: async (ctx) => ${tiles}, segmentAttributes: { mood: async (ctx, ids) => ${values} } })`,
});
const everything: PackageWish = {
  manifest: { activityTypes: [{ name: 'quiz', title: text }], rewardKinds: [{ name: 'cake', title: text }], segmentAttributes: attribute },
  before: 'import { z } from "guanxi/plugin";',
  code: `contributes: () => ({
    activityTypes: { quiz: { config: z.object({}) } }, rewardKinds: { cake: { *issue() { return {}; }, *revoke() {}, options: async () => [] } },
    importTargets: { recipes: { title: { en: 'Recipes', 'zh-CN': '菜谱' }, fields: [], take: async () => ({ taken: 0, unchanged: 0, skipped: [] }) } },
    timeline: async (ctx) => [${entry}], tiles: async () => [${tile}], segmentAttributes: { mood: async (ctx, ids) => new Map(ids.map((id) => [id, 7])) },
  })`,
};

/** Everything a merchant sees of contributions, by the plugin that it comes from. */
async function seen(server: TestServer): Promise<Record<string, string[]>> {
  const admin = await server.admin();
  const person = (await server.guest()).personId ?? '';
  const { activities, importTargets, installs } = server.services;
  const [timeline, home, attributes, kinds] = await Promise.all([
    admin.must<{ items: { plugin: string }[] }>('GET', `/api/admin/customers/${person}/timeline`), admin.must<{ tiles: { plugin: string }[] }>('GET', '/api/admin/home'),
    admin.must<{ items: { plugin: string; known: boolean }[] }>('GET', `/api/admin/customers/${person}/attributes`),
    server.services.grants.kinds(server.context()),
  ]);
  return {
    timeline: timeline.items.map((each) => each.plugin).filter((plugin) => plugin !== 'core'), tiles: home.tiles.map((each) => each.plugin),
    attributes: attributes.items.map((each) => `${each.plugin}${each.known ? '' : ' failed'}`), kinds: kinds.map(({ kind }) => kind).filter((kind) => kind.includes('.')),
    types: activities.registeredTypes().map(({ type }) => type), imports: importTargets.kinds((owner) => installs.isEnabled(server.context().shop.id, owner)).flatMap(({ owner }) => (owner === null ? [] : [owner])),
  };
}

for (const engine of engines) describe(`what plugins add to places of the core (${engine})`, () => {
  after(removeWritten);
  const start = (plugins: readonly PluginSource[]): Promise<TestServer> => startTestServer({ engine, plugins });

  it('is contained: one that throws, hangs or lies costs only its own', async function () {
    this.timeout(40_000);
    const sources = [
      await writtenPackage('fine', contributing(`[${entry}]`, `[${tile}]`, 'new Map(ids.map((id) => [id, 7]))')),
      await writtenPackage('throws', contributing('Promise.reject(new Error("no"))', 'Promise.reject(new Error("no"))', 'Promise.reject(new Error("no"))')),
      await writtenPackage('hangs', contributing('new Promise(() => {})', 'new Promise(() => {})', 'new Promise(() => {})')),
      await writtenPackage('lies', contributing('[null]', '[null]', 'new Map([["somebody else", 1], ["x", NaN]])')),
    ];
    await using server = await start(sources);
    for (const { id } of sources) await server.install(id);
    const found = await seen(server);
    expect(found['timeline']).to.deep.equal(['fine']);
    expect(found['tiles']).to.deep.equal(['fine']);
    expect(found['attributes']).to.have.members(['fine', 'throws failed', 'hangs failed', 'lies failed']);
    await server.integrity();
  });

  it('counts only where the plugin is switched on, and is gone when it stops', async () => {
    await using server = await start([await writtenPackage('baker', everything)]);
    const whole = { timeline: ['baker'], tiles: ['baker'], attributes: ['baker'], kinds: ['baker.cake'], types: ['baker.quiz'], imports: ['baker'] };
    const nothing = { timeline: [], tiles: [], attributes: [], kinds: [], imports: [] };
    expect(await seen(server)).to.deep.include(nothing);
    await server.install('baker');
    expect(await seen(server)).to.deep.equal(whole);
    await (await server.admin()).must('POST', '/api/admin/installs/baker/disable', {});
    expect(await seen(server)).to.deep.include(nothing);
    await (await server.admin()).must('POST', '/api/admin/installs/baker/enable', {});
    await server.services.host.halt('baker', new Error('pulled out'));
    expect(await seen(server)).to.deep.equal({ ...nothing, types: [] });
    expect(server.services.host.report()[0]).to.include({ id: 'baker', state: 'failed', error: 'Plugin "baker": it failed: pulled out. Ask its author for a version that starts, or remove it.' });
  });

  it('keeps a name from whoever comes later, and names both', async () => {
    await using server = await start([await writtenPackage('baker', everything), await writtenPackage('cook', { code: 'contributes: () => ({ importTargets: { recipes: { title: { en: "x", "zh-CN": "x" }, fields: [], take: async () => ({}) } } })' }), await writtenPackage('clerk', { code: 'contributes: () => ({ importTargets: { orders: { title: { en: "x", "zh-CN": "x" }, fields: [], take: async () => ({}) } } })' })]);
    const [baker, cook, clerk] = server.services.host.report();
    expect(baker).to.include({ state: 'active' });
    for (const [report, owner] of [[cook, '"baker"'], [clerk, '"core"']] as const) {
      expect(report).to.include({ state: 'failed', code: 'GX_IMPORT_KIND_TAKEN' });
      expect(report?.error).to.contain(`Plugin "${report?.id}"`).and.contain(owner);
    }
  });
});
