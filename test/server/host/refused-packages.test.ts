import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PluginReport } from '../../../server/host/plugin-source.js';
import { fixturePlugin, startTestServer } from '../../kit/index.js';
import { engines } from '../../kit/databases.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';
import { removeWritten, writtenPackage, type PackageWish } from './written-package.js';

const text = { en: 'x', 'zh-CN': '某' };
const widget = (code: string, more: object = {}): PackageWish => ({
  manifest: { widgets: [{ name: 'card', surface: 'storefront', slot: 'product-below', module: 'card.js', title: text, ...more }] }, files: { 'widgets/card.js': code },
});
const noise = (bytes: number): string => Array.from({ length: bytes / 6 }, (_, at) => Math.sin(at).toString(36).slice(3, 9)).join('');
/** Would leave a trace if any of it ran. */
const trace = 'process.emit("guanxi-test-trace", import.meta.url);';

/** What is wrong with each, and the code that says so. The name is the plugin's id. */
const rejected: Readonly<Record<string, readonly [PackageWish, string]>> = {
  'no-list': [{ afterwards: (folder) => { rmSync(join(folder, 'integrity.json')); } }, 'GX_INTEGRITY_MISSING'],
  'broken-list': [{ afterwards: (folder) => { writeFileSync(join(folder, 'integrity.json'), '{"files":{}}'); } }, 'GX_INTEGRITY_INVALID'],
  'modified-file': [{ afterwards: (folder) => { writeFileSync(join(folder, 'plugin.js'), `${trace}\nexport default {};`); } }, 'GX_INTEGRITY_MODIFIED'],
  'added-file': [{ afterwards: (folder) => { writeFileSync(join(folder, 'more.js'), ''); } }, 'GX_INTEGRITY_EXTRA'],
  'absent-file': [{ files: { 'readme.txt': 'hello' }, afterwards: (folder) => { rmSync(join(folder, 'readme.txt')); } }, 'GX_INTEGRITY_ABSENT'],
  'link-outside': [{ afterwards: (folder) => { symlinkSync('/etc/hostname', join(folder, 'name.txt')); } }, 'GX_PATH_ESCAPE'],

  'own-lit': [{ beside: { 'node_modules/lit/package.json': '{"name":"lit"}' } }, 'GX_SECOND_COPY'],
  'deep-tsyringe': [{ dependencies: { deep: '1' }, beside: { 'node_modules/deep/node_modules/tsyringe/package.json': '{"name":"tsyringe"}' } }, 'GX_SECOND_COPY'],
  'bundled-typeorm': [{ before: 'globalThis.typeormMetadataArgsStorage ??= {};' }, 'GX_SECOND_COPY'],
  'bundled-lit': [widget('(globalThis.litHtmlVersions ??= []).push("3.3.0"); export default class {}'), 'GX_SECOND_COPY'],
  'other-guanxi': [{ guanxi: 'copy' }, 'GX_SECOND_COPY'],
  'no-guanxi': [{ guanxi: 'nowhere' }, 'GX_HOST_UNRESOLVED'],

  'takes-container': [{ before: 'import { container } from "tsyringe"; container.register("x", { useValue: 1 });' }, 'GX_IMPORT_FOREIGN'],
  'takes-server': [{ before: 'import "guanxi/testing";' }, 'GX_IMPORT_FOREIGN'],
  'undeclared-package': [{ before: 'import "uuid";' }, 'GX_IMPORT_UNDECLARED'],
  'leaves-folder': [{ before: 'import "../../../secret.js";' }, 'GX_PATH_ESCAPE'],
  'absolute-import': [{ before: 'import "file:///etc/secret.js";' }, 'GX_PATH_ESCAPE'],
  'deep-escape': [{ before: 'import "./more/inner.js";', files: { 'more/inner.js': 'export * from "../../package.json";' } }, 'GX_PATH_ESCAPE'],
  'missing-import': [{ before: 'import "./nowhere.js";' }, 'GX_IMPORT_MISSING'],
  'not-code': [{ files: { 'plugin.js': 'import { from' } }, 'GX_IMPORT_SYNTAX'],

  'defines-itself': [widget('class Card extends HTMLElement {} customElements.define("defines-itself-card", Card); export default Card;'), 'GX_WIDGET_DEFINES'],
  'defines-late': [{ ...widget(''), files: { 'widgets/card.js': 'export default class {}', 'widgets/chunks/late.js': 'const c = window.customElements; c.define("x-y", class extends HTMLElement {});' } }, 'GX_WIDGET_DEFINES'],
  'fat-widget': [widget(`export default class {} export const fat = "${noise(40_000)}";`), 'GX_WIDGET_BUDGET'],
  'over-its-own': [widget(`export default class {} export const fat = "${noise(6_000)}";`, { maxBytes: 1_000 }), 'GX_WIDGET_BUDGET'],
  'no-widget-file': [{ ...widget(''), files: {} }, 'GX_WIDGET_MISSING'],
  'no-widget-class': [widget('export const Card = class {};'), 'GX_WIDGET_EXPORT'],
  'widget-imports': [widget('import "lodash"; export default class {}'), 'GX_WIDGET_IMPORT'],
  'storefront-kit': [widget('import "guanxi/kit"; export default class {}'), 'GX_WIDGET_IMPORT'],
  'widget-escapes': [widget('import "../plugin.js"; export default class {}'), 'GX_PATH_ESCAPE'],
  'widget-nonsense': [widget('import { from'), 'GX_WIDGET_SYNTAX'],

  ...Object.fromEntries(['core', 'demo', 'order', 'customer', 'discount', 'grant', 'plugin', 'guide', 'guanxi-points'].map((id) => [id, [{}, 'GX_PLUGIN_RESERVED']] as const)),

  'huge-manifest': [{ manifestText: JSON.stringify({ ...manifestOf('huge-manifest'), more: 'x'.repeat(300_000) }) }, 'GX_MANIFEST_SIZE'],
  'no-manifest': [{ manifestText: 'manifest = {}' }, 'GX_MANIFEST_UNREADABLE'],
  'needs-any': [{ manifest: { requires: { plugins: { 'bench-constant': '>=1.0.0' } } } }, 'GX_REQUIRE_RANGE'],
  'needs-nonsense': [{ manifest: { requires: { optional: { 'bench-constant': 'latest' } } } }, 'GX_REQUIRE_RANGE'],
  'needs-itself': [{ manifest: { requires: { plugins: { 'needs-itself': '^1.0.0' } } } }, 'GX_REQUIRE_SELF'],
  'needs-twice': [{ manifest: { requires: { plugins: { 'bench-constant': '^1.0.0' }, optional: { 'bench-constant': '^1.0.0' } } } }, 'GX_REQUIRE_TWICE'],
  'foreign-contract': [{ manifest: { provides: [{ token: 'bench-constant.answer', version: '1.0.0' }] } }, 'GX_CONTRACT_PREFIX'],
  'no-host-name': [{ manifest: { capabilities: [{ name: 'net:https://api.example.com', reason: text }] } }, 'GX_NET_HOST'],
  'deaf': [{ manifest: { events: { emits: [], handles: ['something'] } } }, 'GX_EVENT_UNKNOWN'],
  'two-jobs': [{ manifest: { jobs: [{ name: 'clean', schedule: '0 1 * * *' }, { name: 'clean', schedule: '0 2 * * *' }] } }, 'GX_NAME_TWICE'],
};

for (const engine of engines) {
  describe(`packages that are refused before any of their code runs (${engine})`, () => {
    let report: readonly PluginReport[], answers: unknown;
    const traces: string[] = [];
    const of = (id: string): PluginReport | undefined => report.find((each) => each.id === id);

    before(async function () {
      this.timeout(60_000);
      const listen = (url: string): void => { traces.push(url); };
      const plugins = await Promise.all(Object.entries(rejected).map(([id, [wish]]) => writtenPackage(id, { ...wish, before: `${wish.before ?? ''}\n${trace}` })));
      process.on('guanxi-test-trace', listen);
      try {
        await using server = await startTestServer({ engine, plugins: [...plugins, await fixturePlugin('bench-constant'), await writtenPackage('bench-constant'), await writtenPackage('bench', { manifest: { widgets: [] } })] });
        report = server.services.host.report();
        await server.install('bench-constant');
        answers = (await (await server.shopper()).get('/api/storefront/plugins/bench-constant/answer')).body;
        await server.integrity();
      } finally { process.off('guanxi-test-trace', listen); }
    });
    after(removeWritten);

    for (const [id, [, code]] of Object.entries(rejected)) {
      it(`${id}: ${code}`, () => {
        expect(of(id)).to.include({ state: 'rejected', code });
        expect(of(id)?.error, 'a sentence with the culprit and the way out').to.match(new RegExp(`^Plugin "${id}": .{20,}\\.\\)?$`, 's'));
      });
    }
    it('a second plugin with the same id: GX_PLUGIN_TAKEN', () => {
      expect(report.filter((each) => each.id === 'bench-constant').map(({ state, code }) => [state, code])).to.deep.equal([['active', undefined], ['rejected', 'GX_PLUGIN_TAKEN']]);
    });
    it('and none of their code ran, and the others answer', () => {
      expect(traces).to.deep.equal([]);
      expect(of('bench')).to.include({ state: 'active' });
      expect(answers).to.deep.equal({ answer: 42 });
    });
  });
}

describe('packages that are good enough', () => {
  after(removeWritten);
  it('start, and what a reviewer should know is told', async () => {
    const sources = [
      await writtenPackage('reads-files', { before: 'import { readFileSync } from "node:fs"; import { createHash } from "node:crypto"; void import(`./${"x"}.js`).catch(() => {}); void readFileSync; void createHash;' }),
      await writtenPackage('no-picture', { manifest: { listing: { ...manifestOf('no-picture').listing, screenshots: [{ file: 'page.png', alt: text }] } } }),
      await writtenPackage('future', { manifest: { capabilities: [{ name: 'telepathy' as 'db', reason: text, optional: true }] }, code: 'services: (app) => { if (app.useOptional("telepathy") !== undefined) throw new Error("no"); }' }),
      await writtenPackage('with-dependency', { dependencies: { tiny: '1' }, beside: { 'node_modules/tiny/package.json': '{"name":"tiny","type":"module","exports":"./index.js"}', 'node_modules/tiny/index.js': 'export const tiny = 1;' }, before: 'import { tiny } from "tiny"; if (tiny !== 1) throw new Error("no");' }),
    ];
    await using server = await startTestServer({ plugins: sources });
    expect(server.services.host.report().map(({ id, state, warnings }) => [id, state, warnings.map(({ code }) => code)])).to.deep.equal([
      ['reads-files', 'active', ['GX_IMPORT_REACH', 'GX_IMPORT_COMPUTED']], ['no-picture', 'active', ['GX_PICTURE']], ['future', 'active', ['GX_CAPABILITY_UNKNOWN']], ['with-dependency', 'active', []],
    ]);
  });

  it('are stopped, with those that require them, when the browser runtime lacks what a widget imports', async () => {
    const panel = (code: string): PackageWish => widget(code, { surface: 'admin', slot: 'page' });
    await using server = await startTestServer({ plugins: [
      await writtenPackage('far-ahead', panel('import "lit/directives/not-yet.js"; export default class {}')), await writtenPackage('far-too', widget('import "lit/directives/not-yet.js"; export default class {}')),
      await writtenPackage('follows', { manifest: { requires: { plugins: { 'far-ahead': '^1.0.0' } } } }), await writtenPackage('in-time', panel('import "lit/directives/repeat.js"; import "guanxi/kit"; export default class {}')),
    ] });
    const [ahead, too, follows, inTime] = server.services.host.report();
    for (const each of [ahead, too]) {
      expect(each).to.include({ state: 'failed', code: 'GX_WIDGET_IMPORT' });
      expect(each?.error).to.contain('lit/directives/not-yet.js');
    }
    expect(follows).to.include({ state: 'blocked', code: 'GX_PLUGIN_BLOCKED' });
    expect(inTime).to.include({ state: 'active' });
  });

  it('keep a widget\'s tag from whoever comes later', async () => {
    const first = await writtenPackage('inner-shop', widget('export default class {}'));
    const wish = widget('export default class {}', { name: 'shop-card' });
    const second = await writtenPackage('inner', wish);
    await using server = await startTestServer({ plugins: [first, second] });
    const [, refused] = server.services.host.report();
    expect(refused).to.include({ id: 'inner', state: 'rejected', code: 'GX_TAG_TAKEN' });
    expect(refused?.error).to.contain('<inner-shop-card>').and.contain('"inner-shop"');
  });
});
