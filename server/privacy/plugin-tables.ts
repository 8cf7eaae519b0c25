import { SystemStatement, type DataStore } from '../data/data-store.js';
import { GxError } from '../plugin-api/index.js';
import { shopTables, type ShopTable } from './shop-tables.js';

const HISTORY = /^plg_([a-z0-9_]+)_migrations$/;

/** Tables of all plugins that hold no rows of shops: the migrations' histories, and whatever a migration made by hand. */
const SHOPLESS = new SystemStatement<{ name: string }>(
  `SELECT m.name AS name FROM sqlite_master m WHERE m.type = 'table' AND m.name LIKE 'plg!_%' ESCAPE '!' AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'shop_id') ORDER BY 1`,
  `SELECT t.relname::text AS name FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = current_schema() AND t.relkind = 'r' AND t.relname LIKE 'plg!_%' ESCAPE '!'
   AND NOT EXISTS (SELECT 1 FROM pg_attribute s WHERE s.attrelid = t.oid AND s.attname = 'shop_id') ORDER BY 1`);
const COLUMNS = new SystemStatement<{ name: string; part: string; required: number }>(
  `SELECT m.name AS name, c.name AS part, c."notnull" AS required FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'plg!_%' ESCAPE '!'`,
  `SELECT t.relname::text AS name, a.attname::text AS part, CASE WHEN a.attnotnull THEN 1 ELSE 0 END AS required FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE n.nspname = current_schema() AND t.relkind = 'r' AND t.relname LIKE 'plg!_%' ESCAPE '!'`);
const UNIQUE = new SystemStatement<{ name: string; part: string }>(
  `SELECT DISTINCT m.name AS name, k.name AS part FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) k WHERE m.type = 'table' AND i."unique" = 1 AND m.name LIKE 'plg!_%' ESCAPE '!'`,
  `SELECT DISTINCT t.relname::text AS name, a.attname::text AS part FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_index x ON x.indrelid = t.oid AND x.indisunique
   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey) WHERE n.nspname = current_schema() AND t.relkind = 'r' AND t.relname LIKE 'plg!_%' ESCAPE '!'`);

/** What the database says of a column. */
export interface ColumnFacts { readonly required: boolean; readonly unique: boolean }
/** Columns by name of each table, as the database itself lists them. */
export type TableFacts = ReadonlyMap<string, ReadonlyMap<string, ColumnFacts>>;

/** `plg_reviews_monitor_`: in front of every table of the plugin. */
export const prefixOf = (pluginId: string): string => `plg_${pluginId.replaceAll('-', '_')}_`;

/**
 * The plugin that a table belongs to: of those whose prefix fits, the one with the longest, because `plg_games_extra_play` is not the plugin
 * `games`' when there is a `games-extra`.
 */
export function ownerOf(table: string, pluginIds: Iterable<string>): string | undefined {
  let owner: string | undefined;
  for (const id of pluginIds) if (table.startsWith(prefixOf(id)) && id.length > (owner?.length ?? 0)) owner = id;
  return owner;
}

/** A name that may stand in a statement; every name this product gives is of this form. */
export function assertTableName(name: string): void {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new GxError('GX_TABLE_NAME', 500, `The table "${name}" has a name that this product never gives. Remove it or rename it.`);
}

/** Every plugin that ever migrated this database, from the histories that it left there. */
export async function migratedPlugins(store: DataStore): Promise<ReadonlySet<string>> {
  const ids = (await store.system.many(SHOPLESS)).flatMap(({ name }) => HISTORY.exec(name)?.[1]?.replaceAll('_', '-') ?? []);
  return new Set(ids);
}

export interface PluginTables {
  /** With rows of shops; children before the tables they refer to. */
  readonly rows: readonly ShopTable[];
  /** Without: the migrations' history and what was made by hand. */
  readonly others: readonly string[];
}

/** The tables of one plugin, as the database itself lists them, whether or not its code is here. */
export async function pluginTables(store: DataStore, pluginId: string): Promise<PluginTables> {
  const known = new Set([...await migratedPlugins(store), pluginId]);
  const mine = (name: string): boolean => ownerOf(name, known) === pluginId;
  const rows = (await shopTables(store)).filter(({ name }) => mine(name));
  for (const { name } of rows) assertTableName(name);
  return { rows, others: (await store.system.many(SHOPLESS)).map(({ name }) => name).filter(mine) };
}

/** Columns of every plugin's tables. */
export async function pluginColumns(store: DataStore): Promise<TableFacts> {
  const unique = new Set((await store.system.many(UNIQUE)).map(({ name, part }) => `${name}.${part}`));
  const tables = new Map<string, Map<string, ColumnFacts>>();
  for (const { name, part, required } of await store.system.many(COLUMNS)) {
    const columns = tables.get(name) ?? new Map<string, ColumnFacts>();
    tables.set(name, columns.set(part, { required: required === 1, unique: unique.has(`${name}.${part}`) }));
  }
  return tables;
}
