import { migrate } from '../../server/data/migrate.js';
import { openDataStore } from '../../server/data/open-data-store.js';
import { SystemStatement, type DataLocation, type DataStore } from '../../server/data/data-store.js';
import type { MigrationClass } from '../../server/plugin-api/index.js';

/** Everything that makes up a database besides its rows, one line each. */
const SCHEMA = new SystemStatement<{ line: string }>(
  `SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1`,
  `SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line FROM information_schema.columns WHERE table_schema = current_schema()
   UNION ALL SELECT 'constraint ' || conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
   UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1`);
const COLUMNS = new SystemStatement<{ name: string; part: string; type: string; required: number }>(
  `SELECT m.name AS name, c.name AS part, upper(c.type) AS type, c."notnull" AS required FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'`,
  `SELECT table_name::text AS name, column_name::text AS part, upper(data_type) AS type, CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END AS required FROM information_schema.columns WHERE table_schema = current_schema()`);
const KEYS = new SystemStatement<{ name: string; part: string }>(
  `SELECT m.name AS name, k.name AS part FROM sqlite_master m JOIN pragma_table_info(m.name) k WHERE m.type = 'table' AND k.pk = 1`,
  `SELECT t.relname::text AS name, a.attname::text AS part FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
   WHERE x.indisprimary AND n.nspname = current_schema()`);
const REFERENCES = new SystemStatement<{ name: string; parent: string }>(
  `SELECT DISTINCT m.name AS name, f."table" AS parent FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  `SELECT DISTINCT k.conrelid::regclass::text AS name, k.confrelid::regclass::text AS parent FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace`);

export interface TableShape { readonly columns: ReadonlyMap<string, { readonly type: string; readonly required: boolean }>; /** The first column of the primary key. */ readonly key: string | undefined; readonly parents: readonly string[] }
export interface DatabaseShape { readonly text: string; readonly tables: ReadonlyMap<string, TableShape> }

/** A database as it is, without the named table (a history of migrations, which grows by itself). */
export async function shapeOf({ system }: DataStore, without: string): Promise<DatabaseShape> {
  const [lines, columns, keys, references] = [await system.many(SCHEMA), await system.many(COLUMNS), await system.many(KEYS), await system.many(REFERENCES)];
  const names = [...new Set(columns.map(({ name }) => name))].filter((name) => name !== without);
  return {
    text: lines.map(({ line }) => line).filter((line) => !line.includes(without)).join('\n'),
    tables: new Map(names.map((name) => [name, {
      columns: new Map(columns.filter((each) => each.name === name).map(({ part, type, required }) => [part, { type, required: required === 1 }])),
      key: keys.find((each) => each.name === name)?.part, parents: references.filter((each) => each.name === name).map(({ parent }) => parent),
    }])),
  };
}

/** Migrates a database with one owner's migrations alone and answers how it looks then. */
export async function migratedShape(location: DataLocation, history: string, migrations: readonly MigrationClass[], direction: 'up' | 'down' = 'up'): Promise<DatabaseShape> {
  await migrate(location, history, migrations, direction);
  const store = await openDataStore({ location, entities: [] });
  try { return await shapeOf(store, history); } finally { await store.close(); }
}
