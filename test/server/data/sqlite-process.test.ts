import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { SystemStatement, type DataLocation } from '../../../server/data/data-store.js';
import { migrate } from '../../../server/data/migrate.js';
import { openDataStore } from '../../../server/data/open-data-store.js';
import type { GxError } from '../../../server/plugin-api/index.js';
import { createLocation, engines, testContext } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitStock, KitTaken, kitEntities, kitMigrations } from './kit-tables.js';

const child = (file: string, round: number, mode: string): ChildProcess =>
  spawn(process.execPath, [fileURLToPath(new URL('./crash-writer.js', import.meta.url)), file, String(round), mode], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Lines the child wrote, complete ones only. */
function lines(process_: ChildProcess): { readonly all: string[]; readonly until: (n: number) => Promise<void> } {
  const all: string[] = [];
  let rest = '';
  process_.stdout!.on('data', (chunk: Buffer) => { const parts = (rest + chunk.toString()).split('\n'); rest = parts.pop()!; all.push(...parts); });
  return { all, until: async (n) => { while (all.length < n && process_.exitCode === null) await sleep(5); } };
}

(engines.includes('sqlite') ? describe : describe.skip)('sqlite and processes', () => {
  let location: DataLocation & { engine: 'sqlite' };
  let drop: () => Promise<void>;
  before(async () => {
    const made = await createLocation('sqlite');
    location = made.location as typeof location;
    drop = made.drop;
    await migrate(location, 'core_migrations', kitMigrations);
  });
  after(() => drop());

  it('refuses a second process, names the first, and starts at once when that was killed', async () => {
    const first = child(location.file, 0, 'hold');
    await lines(first).until(1);
    for (const attempt of [() => openDataStore({ location, entities: [] }), () => migrate(location, 'core_migrations', kitMigrations)]) {
      const error = await failure(attempt()) as GxError;
      expect(error.code).to.equal('GX_DATA_LOCKED');
      expect(error.message).to.contain(`pid ${first.pid}`).and.to.contain('DATA_DIR');
    }
    first.kill('SIGKILL');
    await once(first, 'exit');
    const store = await openDataStore({ location, entities: [] });
    const second = await failure(openDataStore({ location, entities: [] })) as GxError;
    expect(second.code).to.equal('GX_DATA_LOCKED');
    await store.close();
    await (await openDataStore({ location, entities: [] })).close();
  });

  it('has everything it acknowledged after being killed while it wrote', async () => {
    const ctx = testContext();
    let store = await openDataStore({ location, entities: kitEntities });
    await store.write(ctx, (unit) => unit.insert(KitStock, { id: 'a', remaining: 1_000_000 }));
    await store.close();
    let acknowledged = 0;
    for (let round = 1; round <= 2; round++) {
      const writing = child(location.file, round, 'write');
      const seen = lines(writing);
      await seen.until(200 + Math.floor(Math.random() * 300));
      writing.kill('SIGKILL');
      await once(writing, 'exit');
      store = await openDataStore({ location, entities: kitEntities });
      const kept = new Set((await store.system.many(new SystemStatement<{ id: string }>('SELECT id FROM kit_taken'))).map((row) => row.id));
      const told = seen.all.filter((line) => line.startsWith(`${round}-`));
      expect(told.length).to.be.greaterThan(100);
      expect(told.filter((id) => !kept.has(id))).to.deep.equal([]);
      acknowledged += told.length;
      expect(await store.read(ctx, (q) => q.findOne(KitStock, { id: 'a' }))).to.include({ remaining: 1_000_000 - kept.size });
      expect(await store.read(ctx, (q) => q.count(KitTaken, {}))).to.equal(kept.size).and.to.be.at.least(acknowledged);
      expect(await store.system.many(new SystemStatement('SELECT integrity_check FROM pragma_integrity_check'))).to.deep.equal([{ integrity_check: 'ok' }]);
      await store.close();
    }
  });
});
