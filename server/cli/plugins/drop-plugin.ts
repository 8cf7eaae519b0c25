import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledPlugins } from '../../../plugins/index.js';
import { loadConfig, type Config } from '../../config.js';
import { SystemStatement, type DataLocation, type DataStore } from '../../data/data-store.js';
import { migrate } from '../../data/migrate.js';
import { openDataStore } from '../../data/open-data-store.js';
import type { MigrationClass, PluginDefinition } from '../../plugin-api/index.js';
import { AuditService } from '../../privacy/audit.service.js';
import { PluginPersonalData } from '../../privacy/plugin-personal-data.service.js';
import { migratedPlugins, pluginTables, prefixOf } from '../../privacy/plugin-tables.js';
import { ShopsService } from '../../shops/shops.service.js';
import { CommandError } from '../command-error.js';
import type { CommandIo } from '../program.js';

export interface DropOptions {
  readonly yes?: boolean;
  /** Also while shops still have the plugin, or its time has not run out. */
  readonly force?: boolean;
  /** The npm package or the folder of the plugin's code, for its own `down`s; the package called like the plugin if not given. */
  readonly package?: string;
}
interface Install { readonly shop_id: number; readonly shop_key: string; readonly state: string; readonly purge_after: number | null }

const INSTALLS = new SystemStatement<Install>('SELECT i.shop_id, s.shop_key, i.state, i.purge_after FROM plugin_install i JOIN shop s ON s.id = i.shop_id WHERE i.id = :plugin ORDER BY s.shop_key');
const FORGET: readonly SystemStatement[] = [new SystemStatement('DELETE FROM plugin_install WHERE id = :plugin'), new SystemStatement('DELETE FROM job_due WHERE owner = :plugin')];
const count = (n: number): string => n.toLocaleString('en');

function assertDroppable(id: string, config: Config): void {
  if (!/^[a-z][a-z0-9-]{2,30}$/.test(id)) throw new CommandError(`"${id}" is not the id of a plugin: 3 to 31 small letters, digits and dashes.`);
  if (bundledPlugins.some((each) => each.id === id)) throw new CommandError(`"${id}" comes with Guanxi and would make its tables anew at the next start, so they cannot be dropped.`);
  const listed = config.plugins.find((name) => name.replace(/^@[^/]+\//, '') === id);
  if (listed) throw new CommandError(`GUANXI_PLUGINS still names "${listed}". Remove it there, restart the server, and drop the tables then.`);
}

/** The plugin's migrations, when its code is here; its own way down may know more than its tables' names tell. */
async function codeOf(id: string, named: string | undefined): Promise<readonly MigrationClass[] | undefined> {
  let folder: string;
  try { folder = resolve(createRequire(pathToFileURL(join(process.cwd(), 'package.json'))).resolve(`${named ?? id}/package.json`), '..'); }
  catch {
    if (named === undefined) return undefined;
    folder = resolve(named);
  }
  const file = join(folder, 'dist', 'plugin.js');
  if (!existsSync(file)) throw new CommandError(`${file} is not there. Build the plugin, or leave out --package so that the tables are dropped by their names.`);
  const { default: definition } = await import(pathToFileURL(file).href) as { default?: PluginDefinition };
  if (definition?.manifest.id !== id) throw new CommandError(`${folder} is the plugin "${definition?.manifest.id ?? '?'}", not "${id}".`);
  return definition.migrations?.() ?? [];
}

async function withStore<T>(location: DataLocation, work: (store: DataStore) => Promise<T>): Promise<T> {
  if (location.engine === 'sqlite' && !existsSync(location.file)) throw new CommandError(`There is no database ${location.file}. Set DATA_DIR or DATABASE_URL to the one you mean.`);
  const store = await openDataStore({ location, entities: [] });
  try { return await work(store); } finally { await store.close(); }
}

/** Shows what would go, and refuses what must not. */
async function examine(io: CommandIo, store: DataStore, id: string, { yes, force }: DropOptions): Promise<{ readonly tables: Readonly<Record<string, number>>; readonly shops: readonly number[] }> {
  const [{ rows, others }, installs] = [await pluginTables(store, id), await store.system.many(INSTALLS, { plugin: id })];
  if (!rows.length && !others.length && !installs.length) {
    const known = [...await migratedPlugins(store)];
    throw new CommandError(`There is nothing of "${id}" in this database. ${known.length ? `Plugins with tables: ${known.join(', ')}.` : 'No plugin has tables here.'}`);
  }
  const tables: Record<string, number> = {};
  for (const name of [...rows.map((table) => table.name), ...others]) {
    const [row] = await store.system.many(new SystemStatement<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${name}`));
    tables[name] = row?.n ?? 0;
    io.out(`  ${count(tables[name]).padStart(12)} rows  ${name}`);
  }
  for (const { shop_key: shop, state } of installs) io.out(`  ${state.padStart(17)}  in the shop ${shop}`);
  const kept = installs.filter(({ state, purge_after: until }) => !(state === 'purged' || (state === 'uninstalled' && until !== null && until <= Date.now())));
  if (kept.length && !force) {
    throw new CommandError(`"${id}" is still ${kept.map(({ state, shop_key: shop }) => `${state} in the shop ${shop}`).join(', ')}. Uninstall it there and let its time run out, or say --force to drop it all the same. Nothing was removed.`);
  }
  if (!yes) throw new CommandError(`Nothing was removed. Say --yes to remove these ${Object.keys(tables).length} tables for good; make a backup first.`);
  return { tables, shops: installs.map(({ shop_id: shop }) => shop) };
}

/** What the plugin's own migrations left, children first, then what the host kept of it; each shop that had it gets a line in its audit. */
async function clear(store: DataStore, id: string, tables: Readonly<Record<string, number>>, shopIds: readonly number[]): Promise<number> {
  const { rows, others } = await pluginTables(store, id);
  for (const name of [...rows.map((table) => table.name), ...others]) await store.system.run(new SystemStatement(`DROP TABLE ${name}`));
  await new PluginPersonalData(store).forget(id);
  const shops = new ShopsService(store), audit = new AuditService(store);
  await shops.load();
  for (const shop of shops.all().filter((each) => shopIds.includes(each.id))) {
    await audit.record({ shop, locale: shop.locale, now: Date.now(), actor: { kind: 'staff', id: 'cli', name: 'command line', role: 'owner' } }, 'plugin.dropped', id, { tables });
  }
  for (const statement of FORGET) await store.system.run(statement, { plugin: id });
  await store.notify('install', id);
  return rows.length + others.length;
}

/** Removes the tables of a plugin that is no longer on this host. May be repeated after it was interrupted. Throws CommandError with a sentence. */
export async function dropPlugin(io: CommandIo, id: string, options: DropOptions): Promise<void> {
  const config = loadConfig(io.env, io.env['SHOPIFY_API_KEY'] ? 'production' : 'demo');
  assertDroppable(id, config);
  const { tables, shops } = await withStore(config.location, (store) => examine(io, store, id, options));
  const migrations = await codeOf(id, options.package);
  let undone = 0;
  if (migrations?.length) {
    try { undone = (await migrate(config.location, `${prefixOf(id)}migrations`, migrations, 'down')).length; }
    catch (error) {
      throw new CommandError(`The plugin's own way down failed, and what it had not undone is still there: ${error instanceof Error ? error.message : String(error)} Take the version that made the tables, or remove the package so that they are dropped by their names.`);
    }
  }
  const dropped = await withStore(config.location, (store) => clear(store, id, tables, shops));
  const rows = Object.values(tables).reduce((sum, each) => sum + each, 0);
  io.out(`Removed "${id}": ${Object.keys(tables).length} tables with ${count(rows)} rows${undone ? `, ${undone} ${undone === 1 ? 'migration' : 'migrations'} undone by its own code, ${dropped} ${dropped === 1 ? 'table' : 'tables'} by name` : ''}.`);
}
