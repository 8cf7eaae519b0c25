import { expect } from 'chai';
import { IdempotencyService } from '../../../server/data/idempotency.service.js';
import { GxError, newId, sql, statement, type IdempotentRequest, type ShopContext, type Unit } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, testShop, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitStock, KitTaken, kitEntities, kitMigrations } from './kit-tables.js';

const TAKE = statement<{ remaining: number }>('UPDATE kit_stock SET remaining = remaining - 1 WHERE shop_id = :shop AND id = :id AND remaining > 0 RETURNING remaining');
const NOTE = statement('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :label, 1, 1)');
const STORED = statement<{ request_key: string; result: string | null }>('SELECT request_key, result FROM idempotency WHERE shop_id = :shop AND scope = :scope ORDER BY request_key');

forEachEngine('idempotency', (open) => {
  let db: OpenDatabase;
  const plain = testContext();
  const request = (key: string, hash = 'h1', scope = 'POST /x'): IdempotentRequest => ({ scope, key, hash, units: 0, replayed: false });
  const once = (key: string, hash?: string, scope?: string): ShopContext => ({ ...plain, once: request(key, hash, scope) });
  const left = async (id: string): Promise<number> => (await db.store.read(plain, (q) => q.findOne(KitStock, { id })))!.remaining;
  const stock = (id: string, remaining = 1_000) => db.store.write(plain, (unit) => unit.insert(KitStock, { id, remaining }));
  function* take(id: string): Unit<{ id: string; left: number } | { soldOut: true }> {
    const row = yield* sql.one(TAKE, { id });
    return row ? { id: newId(), left: row.remaining } : { soldOut: true };
  }
  before(async () => { db = await open({ entities: kitEntities, migrations: kitMigrations }); });

  for (const door of ['hot', 'write'] as const) {
    const run = (ctx: ShopContext, id: string, key = 'k') => door === 'hot' ? db.store.hot(ctx, key, () => take(id))
      : db.store.write(ctx, (_unit, inner) => db.store.hot(inner, key, () => take(id)));

    it(`replays the stored answer (${door})`, async () => {
      const id = `${door}-replay`;
      await stock(id);
      const first = once(id);
      const answer = await run(first, id);
      expect(first.once!.replayed).to.equal(false);
      const second = once(id);
      expect(await run(second, id)).to.deep.equal(answer);
      expect(second.once!.replayed).to.equal(true);
      expect(await left(id)).to.equal(999);
    });

    it(`gives 50 identical requests one effect and one answer (${door})`, async () => {
      const id = `${door}-crowd`;
      await stock(id);
      const contexts = Array.from({ length: 50 }, () => once(id));
      const answers = await Promise.all(contexts.map((ctx, i) => run(ctx, id, `k${i % 3}`)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer)))).to.have.length(1);
      expect(contexts.filter((ctx) => !ctx.once!.replayed)).to.have.length(1);
      expect(await left(id)).to.equal(999);
    });

    it(`refuses the key for another request, and undoes that one (${door})`, async () => {
      const id = `${door}-mismatch`;
      await stock(id);
      await run(once(id), id);
      expect(await failure(run(once(id, 'h2'), id))).to.include({ code: 'GX_IDEMPOTENCY_MISMATCH', status: 422 });
      expect(await left(id)).to.equal(999);
    });

    it(`answers what was stored even when the repetition fails (${door})`, async () => {
      const id = `${door}-fail`;
      const insert = (ctx: ShopContext) => door === 'hot' ? db.store.hot(ctx, 'k', function* () { yield* sql.run(NOTE, { id, label: id }); return { id }; })
        : db.store.write(ctx, async (unit) => { const row = await unit.insert(KitTaken, { id, label: id }); return { id: row.id }; });
      expect(await insert(once(id))).to.deep.equal({ id });
      expect(await insert(once(id))).to.deep.equal({ id });
      expect(await failure(insert(once(`${id}-other`)))).to.include({ code: 'GX_UNIQUE' });
      expect(await failure(insert(once(id, 'h2')))).to.include({ code: 'GX_IDEMPOTENCY_MISMATCH' });
    });

    it(`stores no errors: the next attempt runs (${door})`, async () => {
      const id = `${door}-error`;
      await stock(id);
      let broken = true;
      const attempt = (ctx: ShopContext) => door === 'hot' ? db.store.hot(ctx, 'k', function* () { const taken = yield* take(id); if (broken) throw new GxError('GX_TEST', 409, 'not now'); return taken; })
        : db.store.write(ctx, async (unit) => { const taken = await unit.steps(take(id)); if (broken) throw new GxError('GX_TEST', 409, 'not now'); return taken; });
      expect(await failure(attempt(once(id)))).to.include({ code: 'GX_TEST' });
      broken = false;
      expect(await attempt(once(id))).to.include({ left: 999 });
      expect(await left(id)).to.equal(999);
    });

    it(`stores an answer that is nothing (${door})`, async () => {
      const id = `${door}-nothing`;
      const nothing = (ctx: ShopContext): Promise<unknown> => door === 'hot' ? db.store.hot(ctx, 'k', function* () { yield* sql.run(NOTE, { id: newId(), label: newId() }); }) : db.store.write(ctx, async () => undefined);
      expect(await nothing(once(id))).to.equal(undefined);
      const again = once(id);
      expect(await nothing(again)).to.equal(undefined);
      expect(again.once!.replayed).to.equal(true);
    });
  }

  it('keeps new requests, repetitions, mismatches and refusals of one crowd apart', async () => {
    await stock('mixed');
    const refused = new GxError('GX_TEST', 409, 'not this one');
    const play = (key: string, hash?: string): Promise<unknown> => db.store.hot(once(key, hash, 'mixed'), 'k', function* () {
      const taken = yield* take('mixed');
      if (key.startsWith('refused')) throw refused;
      return taken;
    });
    const early = await play('early');
    const crowd = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => [`new-${n}`, `twice-${n >> 3}`, 'early', `refused-${n}`, 'early'][n % 5]!).map((key, n) => play(key, n % 5 === 4 ? 'h2' : 'h1')));
    const of = (kind: number): unknown[] => crowd.filter((_, n) => n % 5 === kind).map((each) => each.status === 'fulfilled' ? each.value : (each.reason as GxError).code);
    expect(new Set(of(0).map((answer) => JSON.stringify(answer))), 'new').to.have.length(12);
    const twice = new Set(Array.from({ length: 12 }, (_, n) => (5 * n + 1) >> 3)).size;
    expect(new Set(of(1).map((answer) => JSON.stringify(answer))), 'twice').to.have.length(twice);
    expect(of(2), 'repeated').to.deep.equal(Array.from({ length: 12 }, () => early));
    expect(of(3), 'refused').to.deep.equal(Array.from({ length: 12 }, () => 'GX_TEST'));
    expect(of(4), 'mismatched').to.deep.equal(Array.from({ length: 12 }, () => 'GX_IDEMPOTENCY_MISMATCH'));
    expect(await left('mixed')).to.equal(1_000 - 1 - 12 - twice);
  });

  it('numbers the units of one request', async () => {
    await stock('several');
    const run = async (ctx: ShopContext): Promise<unknown[]> => [
      await db.store.hot(ctx, 'k', () => take('several')), await db.store.write(ctx, (unit) => unit.steps(take('several'))), await db.store.hot(ctx, 'k', () => take('several'))];
    const first = await run(once('n', 'h1', 'several'));
    expect(await run(once('n', 'h1', 'several'))).to.deep.equal(first);
    expect(await left('several')).to.equal(997);
    const stored = await db.store.read(plain, (q) => q.many(STORED, { scope: 'several' }));
    expect(stored.map((row) => row.request_key)).to.deep.equal(['n', 'n#2', 'n#3']);
  });

  it('keeps shops and scopes apart', async () => {
    const elsewhere = { ...plain, shop: testShop(2), once: request('same') };
    const hits: string[] = [];
    const hit = (ctx: ShopContext, who: string) => db.store.hot(ctx, 'k', function* () { yield* sql.run(NOTE, { id: newId(), label: newId() }); hits.push(who); return who; });
    expect(await hit(once('same'), 'a')).to.equal('a');
    expect(await hit(elsewhere, 'b')).to.equal('b');
    expect(await hit(once('same', 'h1', 'POST /y'), 'c')).to.equal('c');
    expect(await hit(once('same'), 'd')).to.equal('a');
  });

  it('stores nothing for reads and for units that join', async () => {
    const ctx = once('joins', 'h1', 'joins');
    await db.store.write(ctx, async (_unit, inner) => { await db.store.write(inner, async () => 1); return db.store.hot(inner, 'k', function* () { yield* sql.run(NOTE, { id: newId(), label: newId() }); return 2; }); });
    await db.store.read(ctx, async () => 3);
    expect(await db.store.read(plain, (q) => q.many(STORED, { scope: 'joins' }))).to.deep.equal([{ request_key: 'joins', result: '2' }]);
  });

  it('forgets old answers', async () => {
    for (let i = 0; i < 5; i++) await db.store.write(once(`old${i}`, 'h1', 'purge'), async () => i);
    const service = new IdempotencyService(db.store);
    await service.purgeIdempotency(Date.now() - 60_000);
    expect(await db.store.read(plain, (q) => q.many(STORED, { scope: 'purge' }))).to.have.length(5);
    const many = statement(`INSERT INTO idempotency (shop_id, scope, request_key, request_hash, result, created_at)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT :shop, 'bulk', 'k' || i, 'h', NULL, CASE WHEN i % 2 = 0 THEN 1 ELSE 4000000000000 END FROM n`,
    { postgres: `INSERT INTO idempotency (shop_id, scope, request_key, request_hash, result, created_at)
      SELECT :shop, 'bulk', 'k' || i, 'h', NULL, CASE WHEN i % 2 = 0 THEN 1 ELSE 4000000000000 END FROM generate_series(1, 2500) AS i` });
    await db.store.write(plain, (unit) => unit.run(many));
    await service.purgeIdempotency(Date.now() + 60_000);
    expect(await db.store.read(plain, (q) => q.many(STORED, { scope: 'purge' }))).to.have.length(0);
    expect(await db.store.read(plain, (q) => q.many(STORED, { scope: 'bulk' }))).to.have.length(1250);
  });
});
