import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { sql, statement, type GxError } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, type OpenDatabase } from '../../kit/databases.js';
import { KitStock, KitTaken, kitEntities, kitMigrations } from './kit-tables.js';

const LOCK = statement<{ remaining: number }>('SELECT remaining FROM kit_stock WHERE shop_id = :shop AND id = :id', {
  postgres: 'SELECT remaining FROM kit_stock WHERE shop_id = :shop AND id = :id FOR UPDATE',
});
const TAKE = statement('UPDATE kit_stock SET remaining = remaining - 1 WHERE shop_id = :shop AND id = :id AND remaining > 0');
const NOTE = statement('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :id, 1, 1)');
const BALANCE = statement<{ remaining: number; taken: number; ghosts: number }>(`SELECT
  (SELECT remaining FROM kit_stock WHERE shop_id = :shop AND id = 'a') AS remaining,
  CAST((SELECT COUNT(*) FROM kit_taken WHERE shop_id = :shop AND id LIKE 'w%') + (SELECT COUNT(*) FROM kit_taken WHERE shop_id = :shop AND id LIKE 'h%') AS BIGINT) AS taken,
  CAST((SELECT COUNT(*) FROM kit_taken WHERE shop_id = :shop AND id LIKE '%-bad') AS BIGINT) AS ghosts`);
const TAKEN = statement<{ id: string }>('SELECT id FROM kit_taken WHERE shop_id = :shop');
const TOTAL = 1_000;

/**
 * The hazard: TypeORM has one connection for SQLite, so transactions that overlap in time become one, and what was reported as committed is
 * not on the disk. Units that wait for timers and fail at will, plain writes, hot units and reads all at once must stay apart.
 */
forEachEngine('concurrency hazard', (open, engine) => {
  let db: OpenDatabase;
  const ctx = testContext();
  const pause = (most: number): Promise<void> => sleep(Math.random() * most);

  for (const spread of [0, 150, 400]) {
    it(`keeps what it reports and reports what it keeps, with arrivals over ${spread} ms`, async () => {
      db = await open({ entities: kitEntities, migrations: kitMigrations });
      const { store } = db;
      await store.write(ctx, (unit) => unit.insert(KitStock, { id: 'a', remaining: TOTAL }));
      const reported = new Set<string>();
      let failed = 0;
      let refused = 0;
      let dirty = 0;
      // A slow machine may refuse some of this crowd on PostgreSQL; what was refused must then not be there.
      const report = (id: string, work: Promise<unknown>) => work.then(() => { reported.add(id); }, (error: Error) => {
        if (engine === 'postgres' && (error as GxError).code === 'GX_BUSY') refused += 1;
        else if (error.message === 'the rule says no') failed += 1;
        else throw error;
      });
      const jobs: Promise<unknown>[] = [];
      const later = (work: () => Promise<unknown>): void => { jobs.push(pause(spread).then(work)); };

      for (let i = 0; i < 200; i++) {
        const bad = i % 8 === 7;
        const id = `w${i}${bad ? '-bad' : ''}`;
        later(() => report(id, store.write(ctx, async (unit, inner) => {
          const { remaining } = (await unit.one(LOCK, { id: 'a' }))!;
          await pause(3);
          await unit.update(KitStock, { id: 'a' }, { remaining: remaining - 1 });
          await store.write(inner, (joined) => joined.insert(KitTaken, { id, label: id }));
          if (bad) { await pause(2); throw new Error('the rule says no'); }
        })));
      }
      for (let i = 0; i < 300; i++) {
        const bad = i % 8 === 7;
        const id = `h${i}${bad ? '-bad' : ''}`;
        later(() => report(id, store.hot(ctx, 'a', function* () {
          expect(yield* sql.run(TAKE, { id: 'a' })).to.equal(1);
          yield* sql.run(NOTE, { id });
          if (bad) throw new Error('the rule says no');
        })));
      }
      for (let i = 0; i < 100; i++) later(() => report(`p${i}`, store.write(ctx, (unit) => unit.run(NOTE, { id: `p${i}` }))));
      for (let i = 0; i < 300; i++) {
        later(async () => {
          const seen = await store.read(ctx, (q) => q.one(BALANCE)).catch((error: GxError) => { if (engine === 'sqlite' || error.code !== 'GX_BUSY') throw error; });
          if (!seen) return;
          if (seen.remaining + seen.taken !== TOTAL || seen.ghosts > 0) dirty += 1;
        });
      }
      const outcomes = await Promise.allSettled(jobs);
      expect(outcomes.filter((one) => one.status === 'rejected').map((one) => String((one as PromiseRejectedResult).reason))).to.deep.equal([]);
      const kept = new Set((await store.read(ctx, (q) => q.many(TAKEN))).map((one) => one.id));
      expect([...reported].filter((id) => !kept.has(id)), 'reported, but not kept').to.deep.equal([]);
      expect([...kept].filter((id) => !reported.has(id)), 'kept, but not reported').to.deep.equal([]);
      expect(dirty, 'reads of unfinished work').to.equal(0);
      expect(reported.size + failed + refused).to.equal(600);
      if (engine === 'sqlite') expect({ reported: reported.size, failed }).to.deep.equal({ reported: 175 + 263 + 100, failed: 62 });
      expect(reported.size).to.be.greaterThan(100);
      expect((await store.read(ctx, (q) => q.one(BALANCE)))!.remaining).to.equal(TOTAL - [...reported].filter((id) => !id.startsWith('p')).length);
      if (engine === 'sqlite') expect(store.stats.commits, 'hot units share commits').to.be.lessThan(store.stats.units);
    });
  }

  it('gives exactly what there is to 500 takers at once', async () => {
    const shop = testContext({ shop: { ...ctx.shop, id: 9 } });
    await db.store.write(shop, (unit) => unit.insert(KitStock, { id: 'few', remaining: 10 }));
    const won = await Promise.all(Array.from({ length: 500 }, (_, i) => db.store.hot(shop, i % 2 ? 'few' : `other ${i % 7}`, function* () {
      if ((yield* sql.run(TAKE, { id: 'few' })) === 0) return false;
      yield* sql.run(NOTE, { id: `n${i}` });
      return true;
    })));
    expect(won.filter(Boolean)).to.have.length(10);
    expect(await db.store.read(shop, (q) => q.count(KitTaken, {}))).to.equal(10);
    expect((await db.store.read(shop, (q) => q.findOne(KitStock, { id: 'few' })))?.remaining).to.equal(0);
  });
});
