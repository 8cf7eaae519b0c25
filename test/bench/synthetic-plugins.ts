import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeIntegrity } from '../../server/packages/integrity.js';
import type { PluginSource } from '../../server/host/plugin-source.js';
import type { Manifest } from '../../server/plugin-api/index.js';
import { packageRoot } from '../kit/package-root.js';

/** Where a plugin lies, as it travels between processes. */
export interface Place { readonly id: string; readonly root: string }
export const sourcesOf = (places: readonly Place[]): PluginSource[] => places.map(({ id, root }) => ({ id, root: new URL(root), kind: 'package', onBootFailure: 'continue' }));
/** A route that each of them has. */
export const pathOf = (id: string): string => `/api/storefront/plugins/${id}/hello`;

const idOf = (n: number): string => `made-${String(n).padStart(4, '0')}`;
const both = (words: string): { en: string; 'zh-CN': string } => ({ en: words, 'zh-CN': words });

const manifestOf = (id: string, tables: boolean): Manifest => ({
  id, version: '1.0.0', api: '^1.0', widgetRuntime: 1, listing: { title: both(id), summary: both(`${id} is there to be counted`), icon: 'puzzle', category: 'other' },
  capabilities: tables ? [{ name: 'db', reason: both('keeps notes') }] : [], widgets: [], events: { emits: [], handles: [] }, jobs: [], locales: ['en', 'zh-CN'],
  settings: { greeting: { kind: 'text', label: both('Greeting'), max: 40, default: 'world' } },
});

/** Three classes of its own from its container and three routes, as the yardstick's plugins have them; with `tables` an entity, a statement and a migration besides. */
const codeOf = (id: string, tables: boolean, manifest: string): string => {
  const table = `plg_${id.replaceAll('-', '_')}_note`;
  return `import { definePlugin, Field, integer, migration, ShopEntity, statement, Table, text, z } from 'guanxi/plugin';
const manifest = ${manifest};
class Settings { value = ${Number(id.slice(-4))}; }
class Repo { constructor(settings) { this.settings = settings; } }
class Service { constructor(repo) { this.repo = repo; } hello() { return { hello: 'world', n: this.repo.settings.value }; } }
${tables ? `class Note extends ShopEntity {}
Field(text({ max: 80 }))(Note.prototype, 'label'); Field(integer())(Note.prototype, 'rank'); Table('${table}')(Note);
const CreateNotes = migration('CreateNotes', 1700000000000, { up: (m) => m.createTable('${table}', { columns: { label: text({ max: 80 }), rank: integer() }, indexes: [['rank']] }), down: (m) => m.dropTable('${table}') });
const NOTES = statement('SELECT label FROM ${table} WHERE shop_id = :shop ORDER BY rank LIMIT 20');` : ''}
const plugin = definePlugin({
  manifest,
  ${tables ? 'entities: () => [Note], migrations: () => [CreateNotes], statements: () => [NOTES],' : ''}
  services: ({ container }) => {
    container.registerSingleton(Settings);
    container.register(Repo, { useFactory: (c) => new Repo(c.resolve(Settings)) });
    container.register(Service, { useFactory: (c) => new Service(c.resolve(Repo)) });
  },
  routes: (router, app) => {
    const service = app.container.resolve(Service), perMinute = 100_000_000;
    router.storefront.route('get', '/hello', { summary: 'Hello', audience: 'member', perMinute, reply: z.object({ hello: z.string(), n: z.number() }) }, async () => service.hello());
    router.storefront.route('get', '/item/:id', { summary: 'Item', audience: 'member', perMinute, params: z.object({ id: z.string() }), reply: z.object({ id: z.string() }) }, async (ctx, { params }) => ({ id: params.id }));
    router.storefront.route('post', '/act', { summary: 'Act', audience: 'member', perMinute, reply: z.object({}) }, async () => ({}));
  },
});
export { plugin as default };
`;
};

/** As many packages as asked for, built as `guanxi plugins build` leaves them, in one folder that is removed by `remove`. */
export async function syntheticPlugins(count: number, { tables }: { readonly tables: boolean }): Promise<{ readonly places: readonly Place[]; remove(): void }> {
  const home = mkdtempSync(join(tmpdir(), 'guanxi-synthetic-'));
  mkdirSync(join(home, 'node_modules'));
  symlinkSync(packageRoot, join(home, 'node_modules/guanxi'), 'dir');
  const places: Place[] = [];
  for (let n = 0; n < count; n++) {
    const id = idOf(n), own = join(home, 'node_modules', id), root = pathToFileURL(`${join(own, 'dist')}/`);
    mkdirSync(join(own, 'dist'), { recursive: true });
    const manifest = JSON.stringify(manifestOf(id, tables));
    writeFileSync(join(own, 'package.json'), JSON.stringify({ name: id, version: '1.0.0', type: 'module', license: 'MIT', peerDependencies: { guanxi: '*' } }));
    writeFileSync(join(own, 'dist/manifest.json'), manifest);
    writeFileSync(join(own, 'dist/plugin.js'), codeOf(id, tables, manifest));
    await writeIntegrity(root);
    places.push({ id, root: root.href });
  }
  return { places, remove: () => { rmSync(home, { recursive: true, force: true }); } };
}
