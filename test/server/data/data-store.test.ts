import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { migrate } from '../../../server/data/migrate.js';
import { openDataStore } from '../../../server/data/open-data-store.js';
import { GxError, integer, migration, sql, statement, type Scalar } from '../../../server/plugin-api/index.js';
import { createLocation, forEachEngine, testContext, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitTaken, kitEntities, kitMigrations } from './kit-tables.js';

const NOTE = statement('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :id, 1, 1)');
const NUMBERS = statement<{ i: number; text: string }>(
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) SELECT i, 'row ' || i AS text FROM n WHERE 1 = :shop");

forEachEngine('data store', (open, engine) => {
  let db: OpenDatabase;
  const ctx = testContext();
  before(async () => { db = await open({ entities: kitEntities, migrations: kitMigrations }); });

  it('scans many rows without stopping the event loop', async () => {
    let ticks = 0;
    const timer = setInterval(() => { ticks += 1; }, 1);
    const rows = await db.store.read(ctx, (q) => q.scan(NUMBERS));
    clearInterval(timer);
    expect(rows).to.have.length(30_000);
    expect(rows[0]).to.deep.equal({ i: 1, text: 'row 1' });
    expect(rows.at(-1)).to.deep.equal({ i: 30_000, text: 'row 30000' });
    expect(ticks).to.be.greaterThan(0);
    const several = await Promise.all([1, 2, 3].map(() => db.store.read(ctx, (q) => q.scan(statement('SELECT 1 AS one WHERE 1 = :shop')))));
    expect(several).to.deep.equal([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]]);
    expect(await failure(db.store.read(ctx, (q) => q.scan(statement('SELECT nope FROM kit_taken WHERE shop_id = :shop'))))).to.include({ code: 'GX_SQL' });
  });

  it('works across shops through the system door', async () => {
    const put = new SystemStatement<{ id: string }>('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :id, 1, 1) RETURNING id');
    for (const shop of [71, 72]) expect(await db.store.system.run(put, { shop, id: 'sys' })).to.deep.equal([{ id: 'sys' }]);
    const found = await db.store.system.many(new SystemStatement<{ shop_id: number }>('SELECT shop_id FROM kit_taken WHERE id = :id ORDER BY shop_id'), { id: 'sys' });
    expect(found).to.deep.equal([{ shop_id: 71 }, { shop_id: 72 }]);
    expect(await db.store.system.run(new SystemStatement('DELETE FROM kit_taken WHERE id = :id'), { id: 'sys' })).to.deep.equal([]);
    expect(await failure(db.store.system.run(put, { shop: 71, id: ['x'] as unknown as Scalar }))).to.include({ code: 'GX_PARAMETER' });
    expect(await failure(db.store.system.many(put, { shop: 71, id: 'x' }))).to.include({ code: 'GX_READ_ONLY' });
  });

  it('passes notices to whoever listens', async () => {
    const heard: string[] = [];
    db.store.onNotify('install', (payload) => heard.push(payload));
    db.store.onNotify('other', (payload) => heard.push(`other ${payload}`));
    await db.store.notify('install', 'shop 1: "quoted" 中');
    for (let i = 0; i < 100 && heard.length === 0; i++) await sleep(10);
    expect(heard).to.deep.equal(['shop 1: "quoted" 中']);
  });

  it('answers a ping, and counts commits', async () => {
    await db.store.ping();
    const before = db.store.stats;
    await Promise.all(Array.from({ length: 20 }, (_, i) => db.store.hot(ctx, 'k', () => sql.run(NOTE, { id: `stat ${i}` }))));
    const { commits, units, waiting } = db.store.stats;
    expect(units - before.units).to.equal(20);
    expect(commits - before.commits).to.equal(1);
    expect(waiting).to.equal(0);
  });

  it('reports a defective statement with the engine\'s own words, and goes on', async () => {
    for (const text of ['SELECT nope FROM kit_taken WHERE shop_id = :shop', 'SELEC 1 FROM kit_taken WHERE shop_id = :shop', 'SELECT 1 FROM missing WHERE shop_id = :shop']) {
      expect(await failure(db.store.hot(ctx, 'k', () => sql.one(statement(text))))).to.include({ code: 'GX_SQL', status: 500 });
      expect(await failure(db.store.write(ctx, (unit) => unit.one(statement(text))))).to.include({ code: 'GX_SQL' });
    }
    const mixed = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => db.store.hot(ctx, 'k', () => sql.run(i % 2 ? statement('UPDATE missing SET a = 1 WHERE shop_id = :shop') : NOTE, { id: `mixed ${i}` }))));
    expect(mixed.map((one) => one.status)).to.deep.equal(Array.from({ length: 10 }, (_, i) => i % 2 ? 'rejected' : 'fulfilled'));
  });

  it('backs up a consistent copy, or names the tool that does', async () => {
    if (db.location.engine === 'postgres') {
      expect(await failure(db.store.backup('/nowhere'))).to.include({ code: 'GX_BACKUP_ENGINE' });
      return;
    }
    const file = join(db.location.file, '..', 'copy.db');
    await Promise.all([db.store.backup(file), ...Array.from({ length: 50 }, (_, i) => db.store.hot(ctx, 'k', () => sql.run(NOTE, { id: `backup ${i}` })))]);
    expect(await failure(db.store.backup(file))).to.include({ code: 'GX_BACKUP_EXISTS' });
    const copy = await openDataStore({ location: { engine: 'sqlite', file }, entities: kitEntities });
    try {
      expect(await copy.system.many(new SystemStatement('SELECT integrity_check FROM pragma_integrity_check'))).to.deep.equal([{ integrity_check: 'ok' }]);
      expect(await copy.read(ctx, (q) => q.count(KitTaken, {}))).to.be.greaterThan(0);
    } finally { await copy.close(); }
  });

  describe('migrations', () => {
    const good = migration('Good', 1763800098001, { up: (m) => m.createTable('kit_good', { columns: { amount: integer() } }), down: (m) => m.dropTable('kit_good') });
    const bad = migration('Bad', 1763800098002, {
      up: async (m) => { await m.createTable('kit_bad', { columns: { amount: integer() } }); await m.run('INSERT INTO nowhere VALUES (1)'); }, down: async () => {} });
    const repaired = migration('Bad', 1763800098002, { up: (m) => m.createTable('kit_bad', { columns: { amount: integer() } }), down: (m) => m.dropTable('kit_bad') });

    it('undoes the one that fails, keeps those before it, and goes on when it is repaired', async () => {
      const { location, drop } = await createLocation(engine);
      try {
        const error = await failure(migrate(location, 'plg_x_migrations', [good, bad])) as GxError;
        expect(error.code).to.equal('GX_MIGRATION_FAILED');
        expect(error.message).to.contain('plg_x_migrations');
        expect(await migrate(location, 'plg_x_migrations', [good, repaired])).to.deep.equal(['Bad1763800098002']);
        expect(await migrate(location, 'plg_x_migrations', [good, repaired], 'down')).to.deep.equal(['Bad1763800098002', 'Good1763800098001']);
        expect(await migrate(location, 'plg_x_migrations', [good, repaired], 'down')).to.deep.equal([]);
      } finally { await drop(); }
    });

    it('keeps the histories of several owners apart', async () => {
      const { location, drop } = await createLocation(engine);
      try {
        expect(await migrate(location, 'plg_a_migrations', [good])).to.have.length(1);
        expect(await migrate(location, 'plg_b_migrations', [repaired])).to.have.length(1);
        expect(await migrate(location, 'plg_a_migrations', [good], 'down')).to.have.length(1);
        expect(await migrate(location, 'plg_b_migrations', [repaired])).to.deep.equal([]);
      } finally { await drop(); }
    });

    if (engine === 'postgres') it('lets nodes that start together migrate one after the other', async () => {
      const { location, drop } = await createLocation(engine);
      try {
        const done = await Promise.all([1, 2, 3].map(() => migrate(location, 'core_migrations', [good, ...kitMigrations])));
        expect(done.flat()).to.have.length(3);
      } finally { await drop(); }
    });
  });

  it('says what is wrong when it cannot open', async () => {
    const location = engine === 'sqlite' ? { engine, file: join(process.execPath, 'folder', 'x.db') } as const : { engine, url: 'postgres://nobody:x@127.0.0.1:1/none' } as const;
    const code = engine === 'sqlite' ? 'GX_DATA_FOLDER' : 'GX_DATA_UNAVAILABLE';
    expect(await failure(openDataStore({ location, entities: [] }))).to.include({ code });
    expect(await failure(migrate(location, 'core_migrations', []))).to.include({ code });
  });
});
