import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { sql, statement, type GxError } from '../../../server/plugin-api/index.js';
import { engines, openDatabase, testContext, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitStock, KitTaken, kitEntities, kitMigrations } from './kit-tables.js';

const TAKE = statement('UPDATE kit_stock SET remaining = remaining - 1 WHERE shop_id = :shop AND id = :id');
const NOTE = statement('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :id, 1, 1)');
const WAITING = statement<{ waiting: number }>("SELECT COUNT(*) AS waiting FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted AND a.datname = current_database() AND :shop > 0");
const CUT = new SystemStatement("SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'guanxi%'");

(engines.includes('postgres') ? describe : describe.skip)('postgres and several nodes', () => {
  let db: OpenDatabase & { drop(): Promise<void> };
  const ctx = testContext();
  before(async () => {
    db = await openDatabase('postgres', { entities: kitEntities, migrations: kitMigrations });
    await db.store.write(ctx, async (unit) => { for (const id of ['a', 'b']) await unit.insert(KitStock, { id, remaining: 10_000 }); });
  });
  after(() => db.drop());
  const left = async (id: string): Promise<number> => (await db.store.read(ctx, (q) => q.findOne(KitStock, { id })))!.remaining;

  it('runs again what lost a deadlock, and counts each unit once', async () => {
    const second = await db.reopen();
    const crossing = (store: typeof second, first: string, then: string, key: string) => store.write(ctx, async (unit) => {
      await unit.run(TAKE, { id: first });
      await sleep(20);
      await unit.run(TAKE, { id: then });
      return key;
    });
    await Promise.all([crossing(db.store, 'a', 'b', 'x'), crossing(second, 'b', 'a', 'y')]);
    const hot = (store: typeof second, ids: readonly string[], key: string) => store.hot(ctx, key, function* () { for (const id of ids) yield* sql.run(TAKE, { id }); });
    await Promise.all(Array.from({ length: 100 }, (_, i) => (i % 2 ? hot(db.store, ['a', 'b'], `k${i % 8}`) : hot(second, ['a', 'b'], `k${i % 8}`))));
    expect([await left('a'), await left('b')]).to.deep.equal([10_000 - 102, 10_000 - 102]);
    await second.close();
  });

  it('gives a group up at once when a unit of it and another transaction wait for each other, without disturbing the other', async () => {
    const before = [await left('a'), await left('b')];
    let calls = 0, first = true;
    const latch = (): { readonly promise: Promise<void>; readonly resolve: () => void } => { let resolve = (): void => {}; return { promise: new Promise<void>((done) => { resolve = done; }), resolve: () => resolve() }; };
    const holds = { a: latch(), b: latch() };
    const other = db.store.write(ctx, async (unit) => {
      calls += 1;
      await unit.run(TAKE, { id: 'b' });
      holds.b.resolve();
      await holds.a.promise;
      await unit.run(TAKE, { id: 'a' });
    });
    await holds.b.promise;
    // Both are asked for in one turn, so they share a transaction; the second goes on when the other one waits for what the first has taken.
    const group = [
      db.store.hot(ctx, 'crossed', () => sql.run(TAKE, { id: 'a' })),
      db.store.hot(ctx, 'crossed', function* () {
        holds.a.resolve();
        while (first && (yield* sql.one(WAITING))!.waiting === 0);
        first = false;
        return yield* sql.run(TAKE, { id: 'b' });
      }),
    ];
    await Promise.all([other, ...group]);
    expect(calls).to.equal(1);
    expect([await left('a'), await left('b')]).to.deep.equal(before.map((n) => n - 2));
  });

  it('gives a request that reaches two nodes one effect', async () => {
    const second = await db.reopen();
    const before = await left('a');
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => {
      const once = { scope: 'two nodes', key: 'same', hash: 'h', units: 0, replayed: false };
      return (i % 2 ? db.store : second).hot({ ...ctx, once }, `k${i % 4}`, function* () { yield* sql.run(TAKE, { id: 'a' }); return `by ${i}`; });
    }));
    expect(new Set(answers)).to.have.length(1);
    expect(await left('a')).to.equal(before - 1);
    await second.close();
  });

  it('tells other nodes what changed', async () => {
    const second = await db.reopen();
    const heard: string[] = [];
    second.onNotify('install', (payload) => heard.push(payload));
    await db.store.notify('install', 'from the first');
    for (let i = 0; i < 200 && heard.length === 0; i++) await sleep(10);
    expect(heard).to.deep.equal(['from the first']);
    await second.close();
  });

  it('fails cleanly when its connections are cut, keeps what it reported, and comes back', async () => {
    const heard: string[] = [];
    db.store.onNotify('again', (payload) => heard.push(payload));
    const reported = new Set<string>();
    let stop = false;
    const writers = Array.from({ length: 8 }, async (_, w) => {
      for (let i = 0; !stop; i++) {
        const id = `cut-${w}-${i}`;
        const work = w % 2 ? db.store.hot(ctx, `cut ${w}`, () => sql.run(NOTE, { id })) : db.store.write(ctx, (unit) => unit.run(NOTE, { id }));
        try { await work; reported.add(id); } catch (error) { expect((error as GxError).code, String(error)).to.equal('GX_DATA_UNAVAILABLE'); await sleep(10); }
      }
    });
    for (let i = 0; i < 3; i++) { await sleep(100); await db.store.system.many(CUT).catch(() => {}); }
    await sleep(200);
    stop = true;
    await Promise.all(writers);
    const kept = new Set((await db.store.system.many(new SystemStatement<{ id: string }>("SELECT id FROM kit_taken WHERE id LIKE 'cut-%'"))).map((row) => row.id));
    expect(reported.size).to.be.greaterThan(0);
    expect([...reported].filter((id) => !kept.has(id))).to.deep.equal([]);
    for (let i = 0; i < 300 && heard.length === 0; i++) { await db.store.notify('again', 'back'); await sleep(50); }
    expect(heard[0]).to.equal('back');
    await db.store.ping();
  });

  it('gives up a statement that takes too long, and refuses numbers that no JavaScript number holds', async () => {
    const slow = await failure(db.store.read(ctx, (q) => q.one(statement("SELECT pg_sleep(30) AS zz WHERE 1 = :shop"))));
    expect(slow).to.include({ code: 'GX_TIMEOUT', status: 503 });
    expect(await failure(db.store.read(ctx, (q) => q.one(statement('SELECT CAST(9007199254740993 AS BIGINT) AS n WHERE 1 = :shop'))))).to.include({ code: 'GX_NUMBER_RANGE' });
    expect(await db.store.read(ctx, (q) => q.count(KitTaken, { id: 'nobody' }))).to.equal(0);
  });
});
