import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { engines } from '../../kit/databases.js';
import { ServerProcess } from '../../kit/server-process.js';
import { serverLocation } from '../../kit/server-schema.js';
import { removeWritten, writtenPackage } from './written-package.js';

interface Started { readonly plugins: readonly { readonly id: string; readonly state: string; readonly code?: string }[] }

for (const engine of engines) describe(`errors that nobody awaits while plugins start (${engine})`, () => {
  after(removeWritten);

  it('name the plugin and end neither the process nor anybody else', async function () {
    this.timeout(60_000);
    const sources = await Promise.all([
      writtenPackage('rejects-on-import', { before: 'void Promise.reject(new Error("stray rejection"));' }),
      writtenPackage('throws-in-a-timer', { code: 'activate: () => { setTimeout(() => { throw new Error("stray timer"); }, 1); }' }),
      writtenPackage('throws-in-an-emitter', { before: 'import { EventEmitter } from "node:events";', code: 'activate: () => { const emitter = new EventEmitter(); setImmediate(() => emitter.emit("error", new Error("stray emitter"))); }' }),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'guanxi-stray-'));
    const { location, drop } = await serverLocation(engine, 'bundled');
    const server = await ServerProcess.start({
      DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, GUANXI_PLUGINS: sources.map(({ root }) => dirname(fileURLToPath(root))).join(','),
    });
    try {
      const { plugins } = await (await server.admin()).must<Started>('GET', '/api/admin/system');
      expect(plugins.map(({ state }) => state), JSON.stringify(plugins)).to.deep.equal(plugins.map(() => 'active'));
      expect(plugins.map(({ id }) => id)).to.include.members(['membership', 'rejects-on-import', 'throws-in-a-timer', 'throws-in-an-emitter']);
      const lines = server.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { plugin?: string; surface?: string; err?: { message: string } });
      for (const [plugin, message] of [['rejects-on-import', 'stray rejection'], ['throws-in-a-timer', 'stray timer'], ['throws-in-an-emitter', 'stray emitter']] as const) {
        expect(lines.find((line) => line.err?.message === message), message).to.deep.include({ plugin, surface: 'boot' });
      }
      expect(await server.stop()).to.equal(0);
    } finally {
      if (server.child.exitCode === null) await server.kill();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
