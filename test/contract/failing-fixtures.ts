import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../server/plugin-api/index.js';
import type { Variation } from '../fixtures/contract/good-plugin.js';
import { code, manifest, widgets } from '../fixtures/contract/good-parts.js';
import type { ContractOptions } from './contract-lab.js';

/** A plugin that is good but for one thing, the check that must see it, and what it must say. */
export interface Failing { readonly what: string; readonly check: string; readonly codes: readonly `GX_${string}`[]; readonly variation: Variation; readonly options?: ContractOptions }

const changed = (more: object) => (good: Manifest): unknown => ({ ...good, ...more });
const replaced = (from: string, to: string) => (text: string): string => {
  if (!text.includes(from)) throw new Error(`The good plugin does not say "${from}" any more.`);
  return text.replace(from, to);
};
const after = (more: string) => (text: string): string => `${text}\n${more}`;
const { parts } = code;
const routes = (more: string): string => parts.routes.replace(/\}$/, `${more} }`);
const storefront = (path: string, handler: string): string => `router.storefront.route('get', '${path}', { summary: 'x', audience: 'visitor', reply: z.any() }, ${handler});`;
const hello = (body: string): Readonly<Record<string, string>> => ({ 'widgets/hello.js': `import { html } from 'lit';\nimport { PluginElement } from 'guanxi/widgets';\n${body}\n` });
const element = (body: string): Readonly<Record<string, string>> => hello(`export default class extends PluginElement { ${body} }`);

const files: readonly Failing[] = [
  { what: 'another id', check: 'manifest', codes: ['GX_MANIFEST_ID'], variation: { manifest: changed({ id: 'other-notes' }) } },
  { what: 'a field that nobody knows', check: 'manifest', codes: ['GX_MANIFEST_INVALID'], variation: { manifest: changed({ colour: 'red' }) } },
  { what: 'a range that pins no major', check: 'manifest', codes: ['GX_MANIFEST_INVALID'], variation: { manifest: changed({ api: '*' }) } },
  { what: 'a range of another major', check: 'manifest', codes: ['GX_API_RANGE'], variation: { manifest: changed({ api: '^9.0' }) } },
  { what: 'an event without its prefix', check: 'manifest', codes: ['GX_EVENT_PREFIX'], variation: { manifest: changed({ events: { emits: ['order.paid'], handles: [] } }) } },
  { what: 'a contract without its prefix', check: 'manifest', codes: ['GX_CONTRACT_PREFIX'], variation: { manifest: changed({ provides: [{ token: 'notes.book', version: '1.0.0' }] }) } },
  { what: 'a job named twice', check: 'manifest', codes: ['GX_NAME_TWICE'], variation: { manifest: changed({ jobs: [...manifest.jobs, ...manifest.jobs] }) } },
  { what: 'one language', check: 'manifest', codes: ['GX_LOCALES'], variation: { manifest: changed({ locales: ['en'] }) } },
  { what: 'a file that was changed after it was built', check: 'files', codes: ['GX_INTEGRITY_MODIFIED'], variation: { afterwards: (folder) => { writeFileSync(join(folder, 'plugin.js'), '// other\n'); } } },
  { what: 'a file that is not in its list', check: 'files', codes: ['GX_INTEGRITY_EXTRA'], variation: { afterwards: (folder) => { writeFileSync(join(folder, 'extra.js'), '// more\n'); } } },
  { what: 'a widget that defines itself', check: 'files', codes: ['GX_WIDGET_DEFINES'], variation: { files: hello("class Hello extends PluginElement {}\ncustomElements.define('good-hello', Hello);\nexport default Hello;") } },
  { what: 'a widget without a default', check: 'files', codes: ['GX_WIDGET_EXPORT'], variation: { files: hello('export class Hello extends PluginElement {}') } },
  { what: 'a widget over its budget', check: 'files', codes: ['GX_WIDGET_BUDGET'], variation: { manifest: changed({ widgets: manifest.widgets.map((widget) => ({ ...widget, maxBytes: 40 })) }) } },
  { what: 'a copy of a library that must be one', check: 'files', codes: ['GX_SECOND_COPY'], variation: { files: { 'widgets/hello.js': `${widgets['widgets/hello.js']!}\n(globalThis.litElementVersions ??= []).push('9.9.9');` } } },
  { what: 'a package that leaves files out and carries a key', check: 'package', codes: ['GX_PACKAGE_CONTENT', 'GX_PACKAGE_PRIVATE'], variation: { packageJson: { files: ['dist/plugin.js', 'server.key'] }, afterwards: (folder) => { writeFileSync(join(folder, '../server.key'), 'secret'); } } },
  { what: 'a text that one language lacks', check: 'texts', codes: ['GX_TEXT_MISSING'], variation: { files: { 'widgets/locales/storefront.zh-CN.json': '{}' } } },
  { what: 'a text without its placeholder', check: 'texts', codes: ['GX_TEXT_PLACEHOLDERS'], variation: { files: { 'widgets/locales/storefront.zh-CN.json': '{"hello":"你好"}' } } },
  { what: 'a text that only the widget knows', check: 'texts', codes: ['GX_TEXT_MISSING'], variation: { files: element('render() { return html`${this.t("farewell")}`; }') } },
];

const imports: readonly Failing[] = [
  {
    what: 'an import that does everything it must not', check: 'import',
    codes: ['GX_IMPORT_TIMER', 'GX_IMPORT_ENV', 'GX_IMPORT_LISTENER', 'GX_IMPORT_GLOBAL', 'GX_IMPORT_ELEMENTS', 'GX_IMPORT_REACH', 'GX_IMPORT_CONTAINER'],
    variation: {
      before: (text) => `import { injectable } from 'guanxi/plugin';\n${text}\ninjectable({ token: 'notes' })(Notes);
        setInterval(() => {}, 1000).unref(); const home = process.env.HOME; process.on('exit', () => {}); globalThis.goodNotes = 1;
        customElements.define('good-note', class {}); fetch('http://127.0.0.1:9/').catch(() => {});`,
    },
  },
  { what: 'throws on import', check: 'import', codes: ['GX_PLUGIN_IMPORT'], variation: { before: after("throw new Error('no');") } },
  { what: 'a default that its setting refuses', check: 'settings', codes: ['GX_SETTINGS_DEFAULTS'], variation: { manifest: changed({ settings: { days: { kind: 'number', min: 1, max: 9, default: 99, label: { en: 'Days', 'zh-CN': '天数' } } } }) } },
  { what: 'a choice without options', check: 'settings', codes: ['GX_SETTINGS_FIELDS'], variation: { manifest: changed({ settings: { order: { kind: 'choice', default: 'new', label: { en: 'Order', 'zh-CN': '排序' } } } }) } },
];

const starts: readonly Failing[] = [
  { what: 'takes too long to start', check: 'starts', codes: ['GX_ACTIVATE_SLOW'], variation: { code: { activate: '() => new Promise((resolve) => { setTimeout(resolve, 2100); })' } } },
  { what: 'a table without its prefix', check: 'starts', codes: ['GX_ENTITY_PREFIX'], variation: { before: replaced("Table('plg_good_notes_note')", "Table('notes')") } },
  { what: 'rows that belong to no shop', check: 'starts', codes: ['GX_ENTITY_BASE'], variation: { before: replaced('class Note extends ShopEntity {}', 'class Note {}') } },
  { what: 'a statement on a table of somebody else', check: 'starts', codes: ['GX_STATEMENT_FOREIGN'], variation: { code: { statements: "() => [statement('SELECT id FROM person WHERE shop_id = :shop')]" } } },
  { what: 'a migration without a way back', check: 'starts', codes: ['GX_MIGRATION_DOWN'], variation: { code: { migrations: '() => [class Forth { name = "Forth1767225600000"; async up() {} }]' } } },
  { what: 'a handler that its manifest does not name', check: 'starts', codes: ['GX_EVENT_UNDECLARED'], variation: { code: { on: "() => ({ 'order.paid': async () => {} })" } } },
  { what: 'a job that its manifest does not name', check: 'starts', codes: ['GX_JOB_UNDECLARED'], variation: { code: { jobs: '() => ({ tidy: async () => {}, more: async () => {} })' } } },
  { what: 'personal data in a column that does not exist', check: 'starts', codes: ['GX_PERSONAL_DATA'], variation: { manifest: changed({ personalData: [{ entity: 'plg_good_notes_note', subject: 'owner', fields: [], onErase: 'delete' }] }) } },
  { what: 'a service under a name without its prefix', check: 'services', codes: ['GX_TOKEN_PREFIX'], variation: { code: { services: `(app) => { (${parts.services})(app); app.container.register('mailer', { useValue: {} }); }` } } },
  { what: 'an error that hides what is missing', check: 'services', codes: ['GX_CAPABILITY_UNCLEAR'], variation: { code: { services: `(app) => { try { (${parts.services})(app); } catch { throw new Error('It does not work.'); } }` } } },
  { what: 'a capability that is optional in name only', check: 'services', codes: ['GX_CAPABILITY_OPTIONAL'], variation: { manifest: changed({ capabilities: manifest.capabilities.map((each) => ({ ...each, optional: true })) }) } },
  { what: 'a capability that it does not use', check: 'services', codes: ['GX_CAPABILITY_UNUSED'], variation: { manifest: changed({ capabilities: [...manifest.capabilities, { name: 'orders.read', reason: { en: 'x', 'zh-CN': 'x' } }] }) } },
  { what: 'services that can be made once', check: 'services', codes: ['GX_SERVICES_TWICE'], variation: { before: after('let made = false;'), code: { services: `(app) => { if (made) throw new Error('once'); made = true; (${parts.services})(app); }` } } },
];

const more = (up: string, down = ''): Variation => ({ before: (text) => text.replace("indexes: [['personId']] }); }", `indexes: [['personId']] }); ${up} }`).replace("await m.dropTable('plg_good_notes_note'); }", `${down} await m.dropTable('plg_good_notes_note'); }`) });
const tables: readonly Failing[] = [
  { what: 'a way back that leaves a table', check: 'migrations', codes: ['GX_MIGRATION_LEFT'], variation: more("await m.createTable('plg_good_notes_more', { columns: { words: text() } });") },
  { what: 'a way back that leads elsewhere', check: 'migrations', codes: ['GX_MIGRATION_ROUNDTRIP'], variation: { before: (text) => `let ups = 0;\n${more("if (ups++ % 2) await m.createIndex('plg_good_notes_note', ['words']);").before!(text)}` } },
  { what: 'migrations that need the core', check: 'migrations', codes: ['GX_MIGRATION_ALONE'], variation: more("await m.run('INSERT INTO plg_good_notes_note SELECT shop_id, id, id, name, 0, 0 FROM person');") },
  {
    what: 'tables that nobody could assign', check: 'schema', codes: ['GX_SCHEMA_PREFIX', 'GX_SCHEMA_SHOP'],
    variation: more("await m.createTable('extra', { columns: { words: text() } }); await m.run('CREATE TABLE plg_good_notes_raw (n INTEGER PRIMARY KEY)');", "await m.dropTable('extra'); await m.dropTable('plg_good_notes_raw');"),
  },
  { what: 'a key that does not begin with the shop', check: 'schema', codes: ['GX_SCHEMA_SHOP'], variation: more("await m.run('CREATE TABLE plg_good_notes_raw (shop_id INTEGER NOT NULL, n INTEGER PRIMARY KEY)');", "await m.dropTable('plg_good_notes_raw');") },
  { what: 'a relation to the core, and an entity with a column more than its table', check: 'schema', codes: ['GX_SCHEMA_RELATION', 'GX_SCHEMA_DIFFERS'], variation: { before: (text) => after("Field(text())(Note.prototype, 'title');")(replaced("indexes: [['personId']] }", "indexes: [['personId']], references: { personId: 'person' } }")(text)) } },
  { what: 'an entity whose column may be null and whose table\'s may not', check: 'schema', codes: ['GX_SCHEMA_DIFFERS'], variation: { before: replaced("Field(text({ max: 200 }))", "Field(text({ max: 200, nullable: true }))") } },
];

/** The leaks that the test of two shops is there for. */
export const leaks: readonly Failing[] = [
  { what: 'a route that keeps rows for the next caller', check: 'two-shops', codes: ['GX_SHOP_LEAK'], variation: { before: after('let kept;'), code: { routes: routes(storefront('/latest', 'async (ctx) => (kept ??= await notes.list(ctx))')) } } },
  { what: 'a route that finds by id what it kept of any shop', check: 'two-shops', codes: ['GX_SHOP_FOREIGN_ID'], variation: {
    before: after('const book = new Map();'),
    code: { routes: parts.routes.replace('(ctx, { params }) => notes.get(ctx, params.id)', 'async (ctx, { params }) => { if (!book.has(params.id)) book.set(params.id, await notes.get(ctx, params.id)); return book.get(params.id); }') },
  } },
  { what: 'a route that writes with the context of an earlier call', check: 'two-shops', codes: ['GX_SHOP_WRITE'], variation: { before: after('let first;'), code: { routes: parts.routes.replace('(ctx, { body }) => notes.add(ctx,', '(ctx, { body }) => notes.add({ ...(first ??= ctx), once: ctx.once },') } } },
  { what: 'a job that works on the shop it saw first', check: 'two-shops', codes: ['GX_SHOP_WRITE'], variation: { before: after('let first;'), code: { jobs: "(app) => ({ tidy: async (ctx) => { first ??= ctx; await app.container.resolve(Notes).add(first, 'nobody', 'tidied'); } })" } } },
];

const behaviour: readonly Failing[] = [
  ...leaks,
  {
    what: 'routes that count all shops together, break, or cannot be asked, a job and a handler that throw', check: 'two-shops', codes: ['GX_SHOP_DIFFERS', 'GX_ROUTE_FAILED', 'GX_ROUTE_INPUT', 'GX_JOB_FAILED', 'GX_HANDLER_FAILED'],
    variation: {
      before: after('let calls = 0;'),
      code: {
        routes: routes(`${storefront('/calls', 'async () => ({ calls: ++calls })')} ${storefront('/broken', "async () => { throw new Error('no'); }")}
          router.admin.route('get', '/odd', { summary: 'x', query: z.strictObject({ q: z.string().regex(/^xyzzy-[0-9]{5}$/) }), reply: z.any() }, async () => ({}));`),
        jobs: "() => ({ tidy: async () => { throw new Error('no'); } })", on: "() => ({ 'customer.created': async () => { throw new Error('no'); } })",
      },
    },
  },
  { what: 'a handler that does it again', check: 'handlers', codes: ['GX_HANDLER_TWICE'], variation: { code: { on: parts.on.replace(', meta.id)', ')') } } },
  { what: 'a job that does not listen', check: 'jobs', codes: ['GX_JOB_DEAF'], options: { stopMs: 200 }, variation: { code: { jobs: '() => ({ tidy: () => new Promise(() => {}) })' } } },
  { what: 'a hook that does it again', check: 'lifecycle', codes: ['GX_HOOK_TWICE'], variation: { code: { onInstall: "async (ctx, app) => { await app.container.resolve(Notes).add(ctx, 'nobody', 'installed'); }" } } },
  { what: 'a hook that never succeeds', check: 'lifecycle', codes: ['GX_LIFECYCLE_STUCK'], variation: { code: { onInstall: "async () => { throw new Error('no'); }" } } },
  { what: 'a person\'s data that is not declared', check: 'erasure', codes: ['GX_PERSONAL_UNDECLARED', 'GX_EXPORT_PART', 'GX_ERASURE_LEFT'], variation: { manifest: changed({ personalData: [] }) } },
  { what: 'counts under a person\'s bare id', check: 'erasure', codes: ['GX_PERSONAL_COUNTER'], variation: {
    before: (text) => `${more("await m.createTable('plg_good_notes_count', { bare: true, key: ['personId'], columns: { personId: id() } });", "await m.dropTable('plg_good_notes_count');").before!(text)}
      const COUNT = statement('INSERT INTO plg_good_notes_count (shop_id, person_id) VALUES (:shop, :person) ON CONFLICT DO NOTHING');`,
    code: { routes: parts.routes.replace('(ctx, { body }) => notes.add(ctx, shopperOf(ctx), body.words)', "async (ctx, { body }) => { const person = shopperOf(ctx); await app.use('db').hot({ ...ctx, once: undefined }, 'count', function* () { yield* sql.run(COUNT, { person }); }); return notes.add(ctx, person, body.words); }") },
  } },
  { what: 'rows that cannot be erased', check: 'erasure', codes: ['GX_PERSONAL_FAILED'], variation: more('await m.run("CREATE TRIGGER plg_good_notes_keep BEFORE DELETE ON plg_good_notes_note BEGIN SELECT RAISE(ABORT, \'kept\'); END");') },
  { what: 'a hook that holds up the purge', check: 'purge', codes: ['GX_PURGE_STUCK'], variation: { code: { onPurge: "async () => { throw new Error('no'); }" } } },
  { what: 'something that goes on writing', check: 'purge', codes: ['GX_PURGE_LEFT'], variation: { code: { onUninstall: "async (ctx, app) => { let on = true; app.own({ dispose() { on = false; } }); void (async () => { while (on) await app.container.resolve(Notes).add(ctx, 'nobody', 'late').catch(() => { on = false; }); })(); }" } } },
  { what: 'a hook that deletes what is another shop\'s', check: 'purge', codes: ['GX_PURGE_OTHER'], variation: {
    before: after('let last; const ALL = statement("DELETE FROM plg_good_notes_note WHERE shop_id = :shop");'),
    code: { onInstall: 'async (ctx) => { last = ctx; }', onPurge: "async (_ctx, app) => { await app.use('db').hot(last, 'notes', function* () { yield* sql.run(ALL, {}); }); }" },
  } },
  { what: 'a timer and a listener that nobody ends', check: 'disposal', codes: ['GX_DISPOSE_LEFT'], variation: { before: after('let timer;'), code: { activate: "() => { timer = setInterval(() => {}, 60_000); timer.unref(); process.on('SIGUSR2', () => {}); }" } } },
];

const broken: Readonly<Record<string, string>> = {
  'no-element': 'export default class { };',
  roundabout: "class Other extends PluginElement {}\nwindow['custom' + 'Elements'].define('good-other', Other);\nexport default class extends PluginElement { render() { return html`<p>Hi</p>`; } }",
  hasty: 'export default class extends PluginElement { constructor() { super(); this.shop = this.context.shop.name; } }',
  unforgiving: "export default class extends PluginElement { connectedCallback() { super.connectedCallback(); void this.load(); } async load() { this.notes = await this.context.api.get('/nowhere'); } render() { return html`<p>Hi</p>`; } }",
  blank: "export default class extends PluginElement { render() { throw new Error('no'); } }",
  mute: 'export default class extends PluginElement { render() { return html`<button></button>`; } }',
};
const browser: readonly Failing[] = [
  {
    what: 'widgets that are no element, define themselves, want their context at once, bear no refusal, cannot be drawn, and are not for everybody', check: 'widgets',
    codes: ['GX_WIDGET_CLASS', 'GX_WIDGET_DEFINES', 'GX_WIDGET_CONTEXT', 'GX_WIDGET_CONTEXT', 'GX_WIDGET_RENDER', 'GX_WIDGET_AXE'],
    variation: {
      manifest: changed({ widgets: Object.keys(broken).map((name) => ({ name, surface: 'storefront', slot: `contract-${name}`, module: `${name}.js`, title: { en: name, 'zh-CN': name } })) }),
      files: Object.fromEntries(Object.entries(broken).map(([name, text]) => [`widgets/${name}.js`, `import { html } from 'lit';\nimport { PluginElement } from 'guanxi/widgets';\n${text}\n`])),
    },
  },
  { what: 'a setting that no form can show', check: 'settings-form', codes: ['GX_SETTINGS_FORM'], variation: { manifest: changed({ settings: { order: { kind: 'choice', default: 'new', options: [{ value: 'new' }], label: { en: 'Order', 'zh-CN': '排序' } } } }) } },
];

/** At least one for every check of the contract. */
export const failing: readonly Failing[] = [...files, ...imports, ...starts, ...tables, ...behaviour, ...browser];
