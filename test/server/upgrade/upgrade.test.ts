import Database from 'better-sqlite3';
import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { coreMigrations } from '../../../server/compose.js';
import { loadConfig } from '../../../server/config.js';
import type { DataLocation } from '../../../server/data/data-store.js';
import { migrate } from '../../../server/data/migrate.js';
import { startServer } from '../../../server/main.js';
import { ADMIN_TOKEN, createLocation, engines, HttpClient, packageRoot } from '../../kit/index.js';
import { dumpSqlite, loadSqlite } from '../../kit/sqlite-dump.js';

/** Tables, columns and indexes, as the database itself tells. */
async function schemaOf(location: DataLocation): Promise<unknown> {
  if (location.engine === 'sqlite') {
    const database = new Database(location.file, { readonly: true });
    try { return database.prepare("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").all(); } finally { database.close(); }
  }
  const client = new pg.Client({ connectionString: location.url });
  await client.connect();
  try {
    return [
      (await client.query('SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2')).rows,
      (await client.query('SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1')).rows,
      (await client.query('SELECT conrelid::regclass::text AS t, pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2')).rows,
    ];
  } finally { await client.end(); }
}

describe('upgrade', () => {
  it('names every migration once, each with a time stamp of its own', () => {
    const names = coreMigrations.map((one) => new one().name ?? '');
    expect(new Set(names).size).to.equal(names.length);
    const stamps = names.map((name) => Number(name.slice(-13)));
    expect(new Set(stamps).size).to.equal(stamps.length);
  });

  for (const engine of engines) {
    it(`of a database that stopped half-way ends in the schema of a new one (${engine})`, async () => {
      const fresh = await createLocation(engine), old = await createLocation(engine);
      try {
        await migrate(fresh.location, 'core_migrations', coreMigrations);
        const half = coreMigrations.slice(0, Math.ceil(coreMigrations.length / 2));
        expect(await migrate(old.location, 'core_migrations', half)).to.have.length(half.length);
        expect(await migrate(old.location, 'core_migrations', coreMigrations)).to.have.length(coreMigrations.length - half.length);
        expect(await migrate(old.location, 'core_migrations', coreMigrations), 'a third time').to.deep.equal([]);
        expect(await schemaOf(old.location)).to.deep.equal(await schemaOf(fresh.location));
      } finally { await fresh.drop(); await old.drop(); }
    });
  }

  // One file per released schema, written by `node test/run/make-database-fixture.mjs <version>`; never changed afterwards.
  const fixtures = join(packageRoot, 'test/fixtures/databases');
  for (const name of existsSync(fixtures) ? readdirSync(fixtures).filter((each) => each.endsWith('.sql')) : []) {
    it(`of ${name} keeps its people, points and orders`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-upgrade-'));
      try {
        const file = join(folder, 'guanxi.sqlite');
        loadSqlite(readFileSync(join(fixtures, name), 'utf8'), file);
        const rows = (table: string): number => { const database = new Database(file, { readonly: true }); try { return (database.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get() as { n: number }).n; } finally { database.close(); } };
        const before = ['person', 'shop_order', 'ledger_transaction'].map(rows);
        expect(before.every((count) => count > 0), 'the fixture holds something').to.equal(true);
        const running = await startServer(loadConfig({ PORT: '0', DATA_DIR: folder, GUANXI_SEED: 'none', GUANXI_ADMIN_TOKEN: ADMIN_TOKEN, LOG_LEVEL: 'silent' }, 'test'), { progress: () => {} });
        try {
          expect(await running.services.integrity.check(running.contextFor('demo'))).to.deep.equal([]);
          const { bearer } = await new HttpClient(running.url).must<{ bearer: string }>('POST', '/api/admin/sign-in', { token: ADMIN_TOKEN });
          const { items } = await new HttpClient(running.url, bearer).must<{ items: { hostState: string }[] }>('GET', '/api/admin/marketplace');
          expect(items.map((each) => each.hostState)).to.deep.equal(items.map(() => 'active'));
        } finally { await running.close(); }
        expect(['person', 'shop_order', 'ledger_transaction'].map(rows)).to.deep.equal(before);
      } finally { rmSync(folder, { recursive: true, force: true }); }
    });
  }

  it('starts from a dump that says everything', async () => {
    const { location, drop } = await createLocation('sqlite');
    if (location.engine !== 'sqlite') return;
    const copy = `${location.file}.copy`;
    try {
      await migrate(location, 'core_migrations', coreMigrations);
      loadSqlite(dumpSqlite(location.file), copy);
      expect(dumpSqlite(copy)).to.equal(dumpSqlite(location.file));
    } finally { await drop(); }
  });
});
