import { SystemStatement, type DataStore } from '../data/data-store.js';

/** Stay after a shop is gone: proof of what was done, without any customer's data. */
export const KEPT_TABLES: ReadonlySet<string> = new Set(['shop', 'audit', 'audit_head', 'privacy_request']);

const TABLES = new SystemStatement<{ name: string }>(
  `SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'shop_id' ORDER BY m.name`,
  `SELECT c.table_name::text AS name FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
   WHERE c.table_schema = current_schema() AND c.column_name = 'shop_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`);
const REFERENCES = new SystemStatement<{ child: string; parent: string }>(
  `SELECT DISTINCT m.name AS child, f."table" AS parent FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  `SELECT DISTINCT child.relname::text AS child, parent.relname::text AS parent FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid
   JOIN pg_class parent ON parent.oid = k.confrelid JOIN pg_namespace n ON n.oid = child.relnamespace WHERE k.contype = 'f' AND n.nspname = current_schema()`);

export interface ShopTable { readonly name: string; readonly refersToItself: boolean }

/**
 * Every table with rows of shops, as the database itself lists them, so that none is forgotten: the core's and the plugins', also of
 * plugins no longer loaded. Children come before the tables they refer to.
 */
export async function shopTables(store: DataStore): Promise<readonly ShopTable[]> {
  const open = new Set((await store.system.many(TABLES)).map((row) => row.name).filter((name) => !KEPT_TABLES.has(name)));
  const references = (await store.system.many(REFERENCES)).filter(({ child, parent }) => open.has(child) && open.has(parent));
  const itself = new Set(references.filter(({ child, parent }) => child === parent).map(({ child }) => child));
  const ordered: ShopTable[] = [];
  while (open.size > 0) {
    const free = [...open].filter((name) => !references.some(({ child, parent }) => parent === name && child !== name && open.has(child)));
    // A ring of references has no right order; the database then refuses and says so.
    for (const name of free.length > 0 ? free : [...open]) { open.delete(name); ordered.push({ name, refersToItself: itself.has(name) }); }
  }
  return ordered;
}
