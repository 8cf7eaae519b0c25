import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { detached } from '../../../server/data/open-unit.js';
import { GxError, newId, sql, statement, type ShopContext, type Unit, type WriteUnit } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, testShop, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitStock, KitTaken, kitEntities, kitMigrations } from './kit-tables.js';

const NOTE = statement('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :id, 1, 1)');
const COUNT = statement<{ n: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS n FROM kit_taken WHERE shop_id = :shop AND id LIKE :prefix');
const ONE = statement<{ id: string }>('SELECT id FROM kit_taken WHERE shop_id = :shop AND id = :id');

forEachEngine('units of work', (open) => {
  let db: OpenDatabase;
  const ctx = testContext();
  before(async () => { db = await open({ entities: kitEntities, migrations: kitMigrations, store: { unitIdleMs: 400 } }); });

  const count = async (prefix: string, as: ShopContext = ctx): Promise<number> => (await db.store.read(as, (q) => q.one(COUNT, { prefix: `${prefix}%` })))!.n;
  function* note(id: string): Unit<void> { yield* sql.run(NOTE, { id }); }
  const code = async (work: Promise<unknown>): Promise<string> => ((await failure(work)) as GxError).code;

  describe('joining', () => {
    it('lets read, write and hot join the unit of their ctx', async () => {
      await db.store.write(ctx, async (_unit, inner) => {
        await db.store.write(inner, (unit) => unit.insert(KitTaken, { id: 'join1', label: 'join1' }));
        await db.store.hot(inner, 'k', function* (c) { expect(c.tx).to.equal(inner.tx); yield* note('join2'); });
        expect(await count('join', inner)).to.equal(2);
        expect(await db.store.read(inner, (q) => q.count(KitTaken, { id: 'join1' }))).to.equal(1);
        expect(await db.store.read(inner, (q) => q.scan(ONE, { id: 'join2' }))).to.have.length(1);
      });
      expect(await count('join')).to.equal(2);
    });

    it('undoes everything that joined when the unit fails', async () => {
      await failure(db.store.write(ctx, async (_unit, inner) => {
        await db.store.hot(inner, 'k', () => note('gone1'));
        await db.store.write(inner, (unit) => unit.run(NOTE, { id: 'gone2' }));
        throw new Error('no');
      }));
      expect(await count('gone')).to.equal(0);
    });

    it('runs units inside units by yield*', async () => {
      const result = await db.store.hot(ctx, 'k', function* () { yield* note('y1'); yield* note('y2'); return (yield* sql.one(ONE, { id: 'y1' }))?.id; });
      expect(result).to.equal('y1');
      expect(await count('y')).to.equal(2);
    });

    it('undoes failed steps alone and lets the unit go on', async () => {
      await db.store.write(ctx, async (unit, inner) => {
        await unit.run(NOTE, { id: 's0' });
        expect(await code(db.store.hot(inner, 'k', function* () { yield* note('s1'); yield* note('s0'); }))).to.equal('GX_UNIQUE');
        expect((await failure(unit.steps((function* () { yield* note('s2'); throw new Error('changed my mind'); })())) as Error).message).to.equal('changed my mind');
        await unit.run(NOTE, { id: 's3' });
      });
      expect(await db.store.read(ctx, (q) => q.find(KitTaken, { label: 's0' }))).to.have.length(1);
      expect(await count('s')).to.equal(2);
    });

    it('keeps concurrent calls inside one unit apart', async () => {
      await db.store.write(ctx, async (unit, inner) => {
        const outcomes = await Promise.allSettled([
          ...Array.from({ length: 10 }, (_, i) => db.store.hot(inner, 'k', function* () { yield* note(`c${i}`); yield* note(`c${i}b`); if (i % 2) throw new Error('odd'); })),
          unit.insert(KitTaken, { id: 'cx', label: 'cx' }), unit.run(NOTE, { id: 'cy' }),
        ]);
        expect(outcomes.filter((one) => one.status === 'rejected')).to.have.length(5);
      });
      expect(await count('c')).to.equal(12);
    });
  });

  describe('nesting', () => {
    for (const door of ['read', 'write', 'hot', 'system'] as const) {
      it(`refuses an outer ctx used inside a unit (${door})`, async () => {
        const inside = (): Promise<unknown> => door === 'read' ? db.store.read(ctx, (q) => q.one(COUNT, { prefix: 'x' }))
          : door === 'write' ? db.store.write(ctx, async () => {}) : door === 'hot' ? db.store.hot(ctx, 'k', () => note('x'))
            : db.store.system.run(statement('DELETE FROM kit_taken WHERE shop_id = :shop AND id = :id'), { shop: 1, id: 'x' });
        expect(await code(db.store.write(ctx, async () => { await inside(); }))).to.equal('GX_UNIT_NESTED');
        await inside();
        await db.store.hot(ctx, 'k', function* () { yield* sql.run(statement('DELETE FROM kit_taken WHERE shop_id = :shop AND id = :id'), { id: 'x' }); });
      });
    }

    it('refuses a door called from inside a hot unit, with either ctx', async () => {
      for (const outer of [true, false]) {
        const calls: Promise<unknown>[] = [];
        await db.store.hot(ctx, 'k', function* (inner) {
          calls.push(failure(db.store.hot(outer ? ctx : inner, 'k', () => note('never'))), failure(db.store.read(outer ? ctx : inner, async () => 1)));
          yield* sql.one(ONE, { id: 'x' });
        });
        for (const error of await Promise.all(calls)) expect(error).to.include({ code: 'GX_UNIT_NESTED' });
      }
      expect(await count('never')).to.equal(0);
    });

    it('refuses the unit of one shop for another', async () => {
      expect(await code(db.store.write(ctx, (_unit, inner) => db.store.read({ ...inner, shop: testShop(2) }, async () => 1)))).to.equal('GX_UNIT_NESTED');
    });

    it('refuses a tx that nobody opened', async () => {
      expect(await code(db.store.read({ ...ctx, tx: { door: 'write' } }, async () => 1))).to.equal('GX_UNIT_FOREIGN');
    });

    it('lets work that only began inside a unit go on after it, and detached work at any time', async () => {
      let after: Promise<void> | undefined;
      let during: Promise<number> | undefined;
      await db.store.write(ctx, async () => {
        after = sleep(50).then(async () => { await db.store.write(ctx, (unit) => unit.run(NOTE, { id: 'later' })); });
        during = detached(() => count('whatever'));
      });
      await after;
      expect(await during).to.equal(0);
      expect(await count('later')).to.equal(1);
    });
  });

  describe('ends', () => {
    it('refuses a unit and its ctx after the end', async () => {
      let kept: WriteUnit | undefined;
      let stale: ShopContext | undefined;
      await db.store.write(ctx, async (unit, inner) => { kept = unit; stale = inner; });
      expect(await code(kept!.run(NOTE, { id: 'z1' }))).to.equal('GX_UNIT_CLOSED');
      expect(await code(kept!.find(KitTaken, {}))).to.equal('GX_UNIT_CLOSED');
      expect(await code(kept!.steps(note('z2')))).to.equal('GX_UNIT_CLOSED');
      expect(await code(db.store.read(stale!, async () => 1))).to.equal('GX_UNIT_CLOSED');
      await db.store.hot(ctx, 'k', function* (inner) { stale = inner; yield* sql.one(ONE, { id: 'x' }); });
      expect(await code(db.store.hot(stale!, 'k', () => note('z3')))).to.equal('GX_UNIT_CLOSED');
      expect(await count('z')).to.equal(0);
    });

    it('loses a unit whose statement failed, even when the failure was caught', async () => {
      await db.store.write(ctx, (unit) => unit.run(NOTE, { id: 'f0' }));
      expect(await code(db.store.write(ctx, async (unit) => {
        await unit.run(NOTE, { id: 'f1' });
        await unit.run(NOTE, { id: 'f0' }).catch(() => {});
      }))).to.equal('GX_UNIQUE');
      expect(await code(db.store.hot(ctx, 'k', function* () {
        yield* note('f2');
        try { yield* note('f0'); } catch { /* caught, but lost */ }
        return 'fine';
      }))).to.equal('GX_UNIQUE');
      expect(await count('f')).to.equal(1);
    });

    it('keeps what the others of one commit wrote when some fail after they had written, the first time and the next', async () => {
      for (const round of ['g', 'h']) {
        const ended = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => db.store.hot(ctx, 'k', function* () {
          yield* note(`${round}${n}`);
          if (n % 3 === 2) throw new GxError('GX_ODD', 409, 'odd');
          yield* note(`${round}${n}b`);
          return (yield* sql.one(COUNT, { prefix: `${round}%` }))!.n;
        })));
        expect(ended.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as GxError).code))).to.deep.equal([2, 4, 'GX_ODD', 6, 8, 'GX_ODD']);
        expect(await count(round)).to.equal(8);
      }
    });

    it('gives up a unit that waits for something else', async () => {
      const error = await failure(db.store.write(ctx, async (unit) => { await unit.run(NOTE, { id: 'idle' }); await sleep(900); }));
      expect(error).to.include({ code: 'GX_UNIT_TIMEOUT', status: 503 });
      expect(await count('idle')).to.equal(0);
    });

    it('refuses a generator that yields anything but statements', async () => {
      const wrong = function* (): Generator<never, void, unknown> { yield Promise.resolve(1) as never; };
      expect(await code(db.store.hot(ctx, 'k', wrong))).to.equal('GX_UNIT_STEP');
    });

    it('keeps the units of one key in order', async () => {
      const order: number[] = [];
      await Promise.all(Array.from({ length: 150 }, (_, i) => db.store.hot(ctx, 'ordered', function* () { yield* note(`o${String(i).padStart(3, '0')}`); return i; }).then((n) => order.push(n))));
      expect(order).to.deep.equal(Array.from({ length: 150 }, (_, i) => i));
    });

    it('refuses writing statements where only reading is meant', async () => {
      expect(await code(db.store.read(ctx, (q) => q.one(NOTE, { id: 'r1' })))).to.equal('GX_READ_ONLY');
      expect(await code(db.store.read(ctx, (q) => q.scan(NOTE, { id: 'r1' })))).to.equal('GX_READ_ONLY');
      const hidden = statement('WITH gone AS (SELECT 1) DELETE FROM kit_taken WHERE shop_id = :shop');
      expect(await code(db.store.read(ctx, (q) => q.many(hidden)))).to.equal('GX_READ_ONLY');
    });

    it('undoes its work when the callback throws before its first await', async () => {
      const thrown = await failure(db.store.write(ctx, () => { throw new Error('at once'); }));
      expect((thrown as Error).message).to.equal('at once');
      await db.store.write(ctx, (unit) => unit.insert(KitStock, { remaining: 1 }));
    });
  });

  describe('too much at once', () => {
    it('refuses what the queue cannot hold, and goes on', async () => {
      const small = await open({ entities: kitEntities, migrations: kitMigrations, store: { queueLimit: 20 } });
      const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, i) => small.store.hot(ctx, 'k', () => note(`q${i}`))));
      const refused = outcomes.filter((one): one is PromiseRejectedResult => one.status === 'rejected');
      expect(refused.length).to.be.greaterThan(0);
      for (const { reason } of refused) {
        expect(reason).to.include({ code: 'GX_BUSY', status: 503 });
        expect((reason as GxError).details).to.include({ retryAfter: 1 });
      }
      const n = (await small.store.read(ctx, (q) => q.one(COUNT, { prefix: 'q%' })))!.n;
      expect(n).to.equal(200 - refused.length);
      await small.store.hot(ctx, 'k', () => note(newId()));
    });

    it('finishes what is in line before it closes, and refuses the rest', async () => {
      const closing = await open({ entities: kitEntities, migrations: kitMigrations });
      const units = Array.from({ length: 30 }, (_, i) => closing.store.hot(ctx, 'k', () => note(`e${i}`)));
      const closed = closing.store.close();
      expect(await code(closing.store.hot(ctx, 'k', () => note('late')))).to.equal('GX_DATA_CLOSED');
      await Promise.all([...units, closed]);
      const again = await closing.reopen();
      expect((await again.read(ctx, (q) => q.one(COUNT, { prefix: 'e%' })))!.n).to.equal(30);
    });
  });
});
