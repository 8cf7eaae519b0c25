import Database from 'better-sqlite3';
import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { DataLocation } from '../../../server/data/data-store.js';
import { engines } from '../../kit/databases.js';
import { ServerProcess } from '../../kit/server-process.js';
import { serverLocation } from '../../kit/server-schema.js';
import { lifeOf } from './lives-fixture.js';

const runner = fileURLToPath(new URL('./serve-lives.js', import.meta.url));

/** What a dead process had claimed is free again after a minute; here at once. */
async function aMinutePasses(location: DataLocation): Promise<void> {
  const text = `UPDATE outbox_event SET run_at = 0 WHERE state = 'waiting'`;
  if (location.engine === 'sqlite') {
    const database = new Database(location.file);
    try { database.exec(text); } finally { database.close(); }
    return;
  }
  const client = new pg.Client({ connectionString: location.url });
  await client.connect();
  try { await client.query(text); } finally { await client.end(); }
}
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (const began = performance.now(); !await done(); await new Promise((resolve) => { setTimeout(resolve, 20); })) if (performance.now() - began > 20_000) throw new Error('It did not come to that.');
}

for (const engine of engines) {
  describe(`a process that is killed in the middle of a hook (${engine})`, () => {
    it('leaves an install that the next one brings to its end, hook by hook', async function () {
      this.timeout(90_000);
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-hook-'));
      const { location, drop } = await serverLocation(engine, 'others');
      const diary = join(folder, 'diary');
      const told = (): string[] => (existsSync(diary) ? readFileSync(diary, 'utf8').trim().split('\n') : []);
      const start = (lives: object): Promise<ServerProcess> => ServerProcess.start({ DATA_DIR: folder, DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, LIVES: JSON.stringify({ diary, ...lives }) }, { command: [runner] });
      let server = await start({ hanging: ['onInstall'] });
      try {
        const installed = await lifeOf(await server.admin()).install();
        expect([installed.body.state, installed.body.working]).to.deep.equal(['installing', true]);
        await until(() => told().length === 1);
        await server.kill();
        await aMinutePasses(location);
        server = await start({ hanging: ['onEnable'] });
        await until(() => told().length === 3);
        expect((await lifeOf(await server.admin()).item()).state).to.equal('installing');
        await server.kill();
        await aMinutePasses(location);
        server = await start({});
        const life = lifeOf(await server.admin());
        await until(async () => (await life.item()).state === 'enabled');
        expect(told()).to.deep.equal(['onInstall', 'onInstall', 'onEnable', 'onEnable']);
        expect((await life.notes()).status).to.equal(200);
        expect(await server.stop()).to.not.equal(undefined);
      } finally {
        server.child.kill('SIGKILL');
        await drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
