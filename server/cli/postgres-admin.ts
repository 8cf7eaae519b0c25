import pg from 'pg';

/** Runs one short conversation with PostgreSQL outside the store, for commands that look at or clear a whole database. */
export async function withPostgres<T>(url: string, talk: (query: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try { return await talk(async (text) => (await client.query<Record<string, unknown>>(text)).rows); } finally { await client.end(); }
}

/** Tables of the current schema that are Guanxi's: those that belong to a shop, the list of shops, what plugins declared, and the migrations' histories. */
export const OWN_TABLES = `SELECT t.table_name AS name FROM information_schema.tables t WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
  AND (t.table_name IN ('shop', 'host_secret', 'plugin_personal_data') OR t.table_name = 'core_migrations' OR t.table_name LIKE 'plg\\_%' OR EXISTS (
    SELECT 1 FROM information_schema.columns c WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.column_name = 'shop_id')) ORDER BY 1`;
