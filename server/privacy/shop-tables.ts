import { SystemStatement, type DataStore } from '../data/data-store.js';

/** Stay after a shop is gone: proof of what was done, without any customer's data. */
export const KEPT_TABLES: ReadonlySet<string> = new Set(['shop', 'audit', 'audit_head', 'privacy_request', 'purge_receipt', 'purge_count']);

const TABLES = new SystemStatement<{ name: string }>(
  `SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'shop_id' ORDER BY m.name`,
  `SELECT t.relname::text AS name FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute s ON s.attrelid = t.oid AND s.attname = 'shop_id'
   WHERE n.nspname = current_schema() AND t.relkind = 'r' ORDER BY 1`);
/** One row per column of a primary key, in its order. */
const KEYS = new SystemStatement<{ name: string; part: string }>(
  `SELECT m.name AS name, k.name AS part FROM sqlite_master m JOIN pragma_table_info(m.name) k WHERE m.type = 'table' AND k.pk > 0 ORDER BY m.name, k.pk`,
  `SELECT t.relname::text AS name, a.attname::text AS part FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_index x ON x.indrelid = t.oid AND x.indisprimary
   JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(attnum, place) ON true JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
   WHERE n.nspname = current_schema() AND t.relkind = 'r' ORDER BY 1, k.place`);
const REFERENCES = new SystemStatement<{ child: string; parent: string }>(
  `SELECT DISTINCT m.name AS child, f."table" AS parent FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  `SELECT DISTINCT child.relname::text AS child, parent.relname::text AS parent FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid
   JOIN pg_class parent ON parent.oid = k.confrelid JOIN pg_namespace n ON n.oid = child.relnamespace WHERE k.contype = 'f' AND n.nspname = current_schema()`);

export interface ShopTable { readonly name: string; readonly key: readonly string[]; readonly refersToItself: boolean }

/**
 * Every table with rows of shops, as the database itself lists them, so that none is forgotten: the core's and the plugins', also of
 * plugins no longer loaded. Children come before the tables they refer to.
 */
export async function shopTables(store: DataStore): Promise<readonly ShopTable[]> {
  const keys = new Map<string, string[]>();
  for (const { name } of await store.system.many(TABLES)) if (!KEPT_TABLES.has(name)) keys.set(name, []);
  for (const { name, part } of await store.system.many(KEYS)) keys.get(name)?.push(part);
  const open = new Set(keys.keys());
  const references = (await store.system.many(REFERENCES)).filter(({ child, parent }) => open.has(child) && open.has(parent));
  const itself = new Set(references.filter(({ child, parent }) => child === parent).map(({ child }) => child));
  const ordered: ShopTable[] = [];
  while (open.size > 0) {
    const free = [...open].filter((name) => !references.some(({ child, parent }) => parent === name && child !== name && open.has(child)));
    // A ring of references has no right order; the database then refuses and says so.
    for (const name of free.length > 0 ? free : [...open]) { open.delete(name); ordered.push({ name, key: keys.get(name) ?? [], refersToItself: itself.has(name) }); }
  }
  return ordered;
}
