import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../data/data-store.js';
import { describeEntities, type DescribedEntities } from '../data/described-entities.js';
import { GxError, ShopEntity, type EntityClass, type PluginDefinition } from '../plugin-api/index.js';
import { prefixOf } from '../privacy/plugin-tables.js';
import type { PluginUnit } from './plugin-unit.js';

/** The entities of all plugins at once; undefined when one of them is bad, so that each plugin has to be looked at by itself: a bad entity cannot stop the others. */
export async function describeAll(engine: Engine, units: readonly PluginUnit[]): Promise<DescribedEntities | undefined> {
  try { return await describeEntities(engine, units.flatMap((unit) => (unit.failed ? [] : [...unit.entities]))); }
  catch { return undefined; }
}

function refuse(code: `GX_${string}`, id: string, message: string): never {
  throw new GxError(code, 500, `Plugin "${id}": ${message}`, { plugin: id });
}

/** Tables of everybody, and the prefixes under which they may lie. */
export interface Tables {
  readonly owners: Map<string, string>;
  /** Ids of all plugins on this host: `plg_games_extra_` belongs to `games-extra`, though it begins like a table of `games`. */
  readonly plugins: readonly string[];
}

/** Whoever has the longest prefix owns a table; only ids that begin with this one and a hyphen could have a longer one. */
function isOwn(id: string, table: string, plugins: readonly string[]): boolean {
  const longer = `${id}-`;
  return table.startsWith(prefixOf(id)) && !plugins.some((other) => other.startsWith(longer) && table.startsWith(prefixOf(other)));
}

/** Checks a plugin's entities, gives it its tables and keeps what was found for the store. */
export async function checkEntities(unit: PluginUnit, { owners, plugins }: Tables, describe: (entities: readonly EntityClass[]) => Promise<DescribedEntities>): Promise<void> {
  if (!unit.entities.length) return;
  for (const entity of unit.entities) if (!(entity.prototype instanceof ShopEntity)) refuse('GX_ENTITY_BASE', unit.id, `the entity ${entity.name} does not extend ShopEntity, so its rows would belong to no shop.`);
  const known = await describe(unit.entities);
  const described = unit.entities.flatMap((entity) => known.get(entity) ?? []);
  for (const { tableName, relations } of described) {
    if (!isOwn(unit.id, tableName, plugins)) refuse('GX_ENTITY_PREFIX', unit.id, `the table "${tableName}" must be called "${prefixOf(unit.id)}…", and begin like no other plugin's.`);
    if (relations.length) refuse('GX_ENTITY_RELATION', unit.id, `the table "${tableName}" has relations; use id columns instead.`);
    const owner = owners.get(tableName);
    if (owner) refuse('GX_TABLE_TAKEN', unit.id, `the table "${tableName}" belongs to "${owner}".`);
    owners.set(tableName, unit.id);
  }
  unit.described = described;
}

function checkStatements(unit: PluginUnit, definition: PluginDefinition, { plugins }: Tables): void {
  for (const each of definition.statements?.() ?? []) {
    for (const table of each.tables) if (!isOwn(unit.id, table, plugins)) refuse('GX_STATEMENT_FOREIGN', unit.id, `a statement names the table "${table}", which is not its own (${each.text.trim().slice(0, 120)}). Use a capability instead.`);
  }
}

const require = createRequire(import.meta.url);
type PluginModule = { readonly default?: PluginDefinition };

/**
 * To require an ES module does at once, and for half the processor's time, what `import()` does in a dozen turns of the event loop; both
 * share one cache. Only a module that waits at its top level has to be imported.
 */
async function moduleAt(url: URL): Promise<PluginModule> {
  try { return require(fileURLToPath(url)) as PluginModule; }
  catch (error) { if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error; }
  return await import(url.href) as PluginModule;
}

/** Imports the plugin's code and checks what it declares, but for its entities. */
export async function loadCode(unit: PluginUnit, tables: Tables): Promise<void> {
  const { default: definition } = await moduleAt(new URL('plugin.js', unit.source.root));
  if (!definition || typeof definition !== 'object' || !definition.manifest) refuse('GX_PLUGIN_EXPORT', unit.id, 'plugin.js must export definePlugin({…}) as its default.');
  if (definition.manifest.id !== unit.id || definition.manifest.version !== unit.manifest?.version) refuse('GX_MANIFEST_STALE', unit.id, 'manifest.json and the code\'s manifest differ. Build the plugin again.');
  unit.entities = definition.entities?.() ?? [];
  checkStatements(unit, definition, tables);
  for (const each of definition.migrations?.() ?? []) if (typeof (each.prototype as { down?: unknown }).down !== 'function') refuse('GX_MIGRATION_DOWN', unit.id, `the migration ${each.name} has no down(). Write one that takes back what up() does; without it the plugin's tables could never be dropped.`);
  unit.definition = definition;
}
