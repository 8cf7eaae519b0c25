import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { GxError } from '../plugin-api/index.js';
import type { MigrationClass } from '../plugin-api/migration.js';
import type { DataLocation } from './data-store.js';

/** Fewer than SQLite joins in one statement. */
const AT_ONCE = 200;
type Ask = (text: string) => Promise<readonly { readonly history: string; readonly name: string }[]>;
/** Names of the migrations that have run, by history table. A table that is not there has none. */
export type Applied = ReadonlyMap<string, ReadonlySet<string>>;

async function read(ask: Ask, tables: string, histories: readonly string[]): Promise<Applied> {
  const there = new Set((await ask(tables)).map(({ name }) => name));
  const wanted = histories.filter((history) => there.has(history) && /^[a-z0-9_]+$/.test(history));
  const applied = new Map<string, Set<string>>(wanted.map((history) => [history, new Set()]));
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const text = wanted.slice(at, at + AT_ONCE).map((history) => `SELECT '${history}' AS history, name FROM ${history}`).join(' UNION ALL ');
    for (const { history, name } of await ask(text)) applied.get(history)!.add(name);
  }
  return applied;
}

/**
 * Looks into all histories over one connection, because a hundred owners with nothing to migrate must not cost a hundred connections.
 * Errors: 503 `GX_DATA_UNAVAILABLE`.
 */
export async function appliedMigrations(location: DataLocation, histories: readonly string[]): Promise<Applied> {
  if (!histories.length) return new Map();
  if (location.engine === 'sqlite') {
    const database = new Sqlite(location.file);
    try { return await read((text) => Promise.resolve(database.prepare<[], { history: string; name: string }>(text).all()), `SELECT '' AS history, name FROM sqlite_master WHERE type = 'table'`, histories); }
    finally { database.close(); }
  }
  const client = new pg.Client({ connectionString: location.url, connectionTimeoutMillis: 10_000, application_name: 'guanxi-migrate' });
  try {
    await client.connect();
    return await read(async (text) => (await client.query<{ history: string; name: string }>(text)).rows, `SELECT '' AS history, tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()`, histories);
  } catch (cause) {
    throw new GxError('GX_DATA_UNAVAILABLE', 503, `PostgreSQL cannot tell which migrations have run: ${(cause as Error).message}. Check DATABASE_URL.`, { cause });
  } finally { await client.end(); }
}

/** Whether there is nothing to run. Migrations with the same name are left to the one who runs them, and refused there. */
export function upToDate(applied: ReadonlySet<string> | undefined, migrations: readonly MigrationClass[]): boolean {
  const names = migrations.map((each) => new each().name ?? each.name);
  return new Set(names).size === names.length && names.every((name) => applied?.has(name));
}
