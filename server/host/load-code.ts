import { DataSource } from 'typeorm';
import { GxError, ShopEntity, type PluginDefinition } from '../plugin-api/index.js';
import { ownerOf, prefixOf } from '../privacy/plugin-tables.js';
import type { PluginUnit } from './plugin-unit.js';

/** TypeORM checks entities only while it connects; this does the same offline, so that a bad entity cannot stop the others. */
class OfflineMetadata extends DataSource {
  static async check(entities: readonly (new () => unknown)[]): Promise<{ tableName: string; columns: { databaseName: string }[]; relations: unknown[]; target: unknown }[]> {
    const source = new OfflineMetadata({ type: 'better-sqlite3', database: ':memory:', entities: entities as (new () => object)[] });
    await source.buildMetadatas();
    return source.entityMetadatas.map((metadata) => ({ tableName: metadata.tableName, columns: metadata.columns, relations: metadata.relations, target: metadata.target }));
  }
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

const isOwn = (id: string, table: string, plugins: readonly string[]): boolean => ownerOf(table, [...plugins, id]) === id;

async function checkEntities(unit: PluginUnit, { owners, plugins }: Tables): Promise<void> {
  if (!unit.entities.length) return;
  for (const entity of unit.entities) if (!(entity.prototype instanceof ShopEntity)) refuse('GX_ENTITY_BASE', unit.id, `the entity ${entity.name} does not extend ShopEntity, so its rows would belong to no shop.`);
  for (const metadata of await OfflineMetadata.check(unit.entities)) {
    if (!isOwn(unit.id, metadata.tableName, plugins)) refuse('GX_ENTITY_PREFIX', unit.id, `the table "${metadata.tableName}" must be called "${prefixOf(unit.id)}…", and begin like no other plugin's.`);
    if (metadata.relations.length) refuse('GX_ENTITY_RELATION', unit.id, `the table "${metadata.tableName}" has relations; use id columns instead.`);
    const owner = owners.get(metadata.tableName);
    if (owner) refuse('GX_TABLE_TAKEN', unit.id, `the table "${metadata.tableName}" belongs to "${owner}".`);
    owners.set(metadata.tableName, unit.id);
  }
}

function checkStatements(unit: PluginUnit, definition: PluginDefinition, { plugins }: Tables): void {
  for (const each of definition.statements?.() ?? []) {
    for (const table of each.tables) if (!isOwn(unit.id, table, plugins)) refuse('GX_STATEMENT_FOREIGN', unit.id, `a statement names the table "${table}", which is not its own (${each.text.trim().slice(0, 120)}). Use a capability instead.`);
  }
}

/** Imports the plugin's code and checks what it declares, before it may touch the database. */
export async function loadCode(unit: PluginUnit, tables: Tables): Promise<void> {
  const { default: definition } = await import(new URL('plugin.js', unit.source.root).href) as { default?: PluginDefinition };
  if (!definition || typeof definition !== 'object' || !definition.manifest) refuse('GX_PLUGIN_EXPORT', unit.id, 'plugin.js must export definePlugin({…}) as its default.');
  if (definition.manifest.id !== unit.id || definition.manifest.version !== unit.manifest?.version) refuse('GX_MANIFEST_STALE', unit.id, 'manifest.json and the code\'s manifest differ. Build the plugin again.');
  unit.entities = definition.entities?.() ?? [];
  await checkEntities(unit, tables);
  checkStatements(unit, definition, tables);
  for (const each of definition.migrations?.() ?? []) if (typeof (each.prototype as { down?: unknown }).down !== 'function') refuse('GX_MIGRATION_DOWN', unit.id, `the migration ${each.name} has no down(). Write one that takes back what up() does; without it the plugin's tables could never be dropped.`);
  unit.definition = definition;
}
