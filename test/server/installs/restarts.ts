import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../server/config.js';
import type { Engine } from '../../../server/data/data-store.js';
import type { PluginSource } from '../../../server/host/plugin-source.js';
import { startServer } from '../../../server/main.js';
import { ADMIN_TOKEN, TestServer } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';

/** One database that servers come and go on: a new version of the code, or a second node. */
export interface Ground extends AsyncDisposable { start(plugins: readonly PluginSource[]): Promise<TestServer> }

export async function ground(engine: Engine): Promise<Ground> {
  const { location, drop } = await serverLocation(engine, 'others');
  const folders: string[] = [];
  const running = new Set<TestServer>();
  return {
    async start(plugins) {
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-ground-'));
      folders.push(folder);
      const config = loadConfig({
        PORT: '0', DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_ADMIN_TOKEN: ADMIN_TOKEN, GUANXI_SEED: 'none', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent', GUANXI_COOL_DOWN_MS: '100',
      }, 'test');
      const server: TestServer = new TestServer(engine, await startServer(config, { progress: () => {}, plugins }), async () => { running.delete(server); });
      running.add(server);
      return server;
    },
    async [Symbol.asyncDispose]() {
      for (const server of running) await server.close();
      await drop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
