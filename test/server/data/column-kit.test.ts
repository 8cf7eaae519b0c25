import { expect } from 'chai';
import fc from 'fast-check';
import { GxError, newId, statement, type Insertable, type ShopContext } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, testShop, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitChild, KitSample, kitEntities, kitMigrations } from './kit-tables.js';

const ALL = statement('SELECT * FROM kit_sample WHERE shop_id = :shop AND id = :id');
const COLUMNS = 'shop_id, id, title, note, colour, amount, happened_at, business_date, score, price, active, body, ratio, with_default, created_at, updated_at';
const INSERT = statement<Record<string, unknown>>(`INSERT INTO kit_sample (${COLUMNS})
  VALUES (:shop, :id, :title, :note, :colour, :amount, :happenedAt, :businessDate, :score, :price, :active, :body, :ratio, :withDefault, :now, :now) RETURNING ${COLUMNS}`);

let serial = 0;
const sample = (more: Partial<Insertable<KitSample>> = {}): Insertable<KitSample> =>
  ({ title: `title ${++serial}`, colour: 'red', amount: 1, score: 2, price: 3, active: true, withDefault: 1, ...more });
const row = (more: Record<string, string | number | boolean | null> = {}) =>
  ({ id: newId(), title: `title ${++serial}`, note: null, colour: 'red', amount: 1, happenedAt: null, businessDate: null, score: 2, price: 3, active: 1, body: null, ratio: null, withDefault: 7, now: 5, ...more });

forEachEngine('column kit', (open) => {
  let db: OpenDatabase;
  const ctx = testContext();
  const other: ShopContext = { ...ctx, shop: testShop(2) };
  before(async () => { db = await open({ entities: kitEntities, migrations: kitMigrations }); });

  const whole = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  const words = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\u0000'));
  const documents = fc.jsonValue({ maxDepth: 3 }).filter((value) => value !== null);

  it('gives back what was stored, through entity and statement alike', async () => {
    await fc.assert(fc.asyncProperty(words, whole, whole, fc.boolean(), documents, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), async (note, amount, price, active, body, ratio) => {
      const values = sample({ note, amount, price, score: -amount, active, body, ratio, happenedAt: Math.abs(amount), businessDate: '2026-02-28' });
      const stored = await db.store.write(ctx, (unit) => unit.insert(KitSample, values));
      const found = await db.store.read(ctx, (q) => q.findOne(KitSample, { id: stored.id }));
      expect(found).to.deep.equal(stored);
      expect(stored).to.be.instanceOf(KitSample);
      expect(stored).to.deep.include({ note, amount: amount + 0, price, active, happenedAt: Math.abs(amount), businessDate: '2026-02-28', createdAt: ctx.now, updatedAt: ctx.now, shopId: 1 });
      expect(stored.body).to.deep.equal(JSON.parse(JSON.stringify(body)));
      expect(stored.ratio).to.equal(ratio + 0);
      const raw = await db.store.read(ctx, (q) => q.one(ALL, { id: stored.id }));
      expect(raw).to.deep.include({ shop_id: 1, title: values.title, note, amount: amount + 0, price, active: active ? 1 : 0, happened_at: Math.abs(amount), body: JSON.stringify(body) });
      expect(raw?.['ratio']).to.equal(ratio + 0);
    }), { numRuns: 40 });
  });

  it('answers RETURNING, many and run in the same form', async () => {
    const given = row({ note: 'x', active: true, ratio: 0.5, body: '{"a":1}', happenedAt: 1_763_800_000_000 });
    const returned = await db.store.write(ctx, (unit) => unit.one(INSERT, given));
    expect(returned).to.deep.equal({
      shop_id: 1, id: given.id, title: given.title, note: 'x', colour: 'red', amount: 1, happened_at: 1_763_800_000_000, business_date: null, score: 2, price: 3,
      active: 1, body: '{"a":1}', ratio: 0.5, with_default: 7, created_at: 5, updated_at: 5,
    });
    const update = statement<{ amount: number }>('UPDATE kit_sample SET amount = amount + 1 WHERE shop_id = :shop AND id = :id RETURNING amount');
    await db.store.write(ctx, async (unit) => {
      expect(await unit.one(update, { id: given.id })).to.deep.equal({ amount: 2 });
      expect(await unit.many(update, { id: given.id })).to.deep.equal([{ amount: 3 }]);
      expect(await unit.run(update, { id: given.id })).to.equal(1);
      expect(await unit.run(update, { id: 'nobody' })).to.equal(0);
      expect(await unit.one(update, { id: 'nobody' })).to.equal(undefined);
      expect(await unit.many(statement('DELETE FROM kit_sample WHERE shop_id = :shop AND id = :id'), { id: 'nobody' })).to.deep.equal([]);
    });
  });

  it('computes with whole numbers, sums and conditions alike', async () => {
    const one = async (text: string, params: Record<string, number | string>) => db.store.read(ctx, (q) => q.one(statement(`SELECT ${text} WHERE 1 = :shop`), params));
    expect(await one('CAST(:a AS BIGINT) / CAST(:b AS BIGINT) AS n', { a: 7, b: 2 })).to.deep.equal({ n: 3 });
    expect(await one('CAST(:a AS BIGINT) * 50 / 100 AS n', { a: 5 })).to.deep.equal({ n: 2 });
    expect(await one('CAST(CAST(:a AS BIGINT) AS TEXT) AS t', { a: 1_763_800_000_000 })).to.deep.equal({ t: '1763800000000' });
    expect(await one('(CAST(:a AS BIGINT) > 3) AS yes, (CAST(:a AS BIGINT) > 9) AS no', { a: 5 })).to.deep.equal({ yes: 1, no: 0 });
    const totals = statement<{ n: number; total: number; mean: number }>(
      'SELECT COUNT(*) AS n, SUM(amount) AS total, AVG(amount) AS mean FROM kit_sample WHERE shop_id = :shop AND colour = :colour');
    await db.store.write(other, async (unit) => { for (const amount of [1, 2, 6]) await unit.insert(KitSample, sample({ amount, colour: 'green' })); });
    expect(await db.store.read(other, (q) => q.one(totals, { colour: 'green' }))).to.deep.equal({ n: 3, total: 9, mean: 3 });
  });

  it('sorts text by code point', async () => {
    const third = { ...ctx, shop: testShop(3) };
    const titles = ['b', 'A', 'é', 'a', 'Z', '中', '_', '😀'];
    await db.store.write(third, async (unit) => { for (const title of titles) await unit.insert(KitSample, sample({ title })); });
    const found = await db.store.read(third, (q) => q.find(KitSample, {}, { order: { title: 'asc' } }));
    expect(found.map((one) => one.title)).to.deep.equal(['A', 'Z', '_', 'a', 'b', 'é', '中', '😀']);
    const raw = await db.store.read(third, (q) => q.many(statement<{ title: string }>('SELECT title FROM kit_sample WHERE shop_id = :shop ORDER BY title')));
    expect(raw.map((one) => one.title)).to.deep.equal(found.map((one) => one.title));
  });

  it('keeps the default of a column that is left out', async () => {
    const { withDefault: _left, ...values } = sample();
    const stored = await db.store.write(ctx, (unit) => unit.insert(KitSample, values as Insertable<KitSample>));
    expect(stored.withDefault).to.equal(7);
  });

  const refused: readonly (readonly [string, Record<string, string | number | null>])[] = [
    ['a title that is too long', { title: 'x'.repeat(41) }],
    ['a word outside the list', { colour: 'blue' }],
    ['a fraction in a whole number', { amount: 1.5 }],
    ['words in a whole number', { amount: 'many' }],
    ['a number beyond 2^53', { amount: 2 ** 54 }],
    ['a fraction of a point', { score: 0.1 }],
    ['a flag of 2', { active: 2 }],
    ['a date that is no date', { businessDate: 'today' }],
    ['null where a value must be', { colour: null }],
    ['an empty id', { id: '' }],
  ];
  for (const [what, bad] of refused) {
    it(`refuses ${what} by a CHECK of the database`, async () => {
      const error = await failure(db.store.write(ctx, (unit) => unit.one(INSERT, row(bad))));
      expect(error).to.be.instanceOf(GxError);
      expect((error as GxError).code).to.equal('GX_CHECK');
      expect((error as GxError).status).to.equal(422);
    });
  }

  it('keeps unique columns unique within a shop, and only there', async () => {
    const values = sample();
    await db.store.write(ctx, (unit) => unit.insert(KitSample, values));
    await db.store.write(other, (unit) => unit.insert(KitSample, values));
    const error = await failure(db.store.write(ctx, (unit) => unit.insert(KitSample, values)));
    expect(error).to.include({ code: 'GX_UNIQUE', status: 409 });
  });

  it('refuses a reference into another shop', async () => {
    const parent = await db.store.write(other, (unit) => unit.insert(KitSample, sample()));
    const error = await failure(db.store.write(ctx, (unit) => unit.insert(KitChild, { sampleId: parent.id, label: 'x' })));
    expect(error).to.include({ code: 'GX_REFERENCE', status: 409 });
    await db.store.write(other, (unit) => unit.insert(KitChild, { sampleId: parent.id, label: 'x' }));
    const referred = await failure(db.store.write(other, (unit) => unit.delete(KitSample, { id: parent.id })));
    expect(referred).to.include({ code: 'GX_REFERENCE' });
  });

  it('adds and drops columns and indexes', async () => {
    const { migrate } = await import('../../../server/data/migrate.js');
    const { createLocation } = await import('../../kit/databases.js');
    const { migration, integer, text } = await import('../../../server/plugin-api/index.js');
    const { location, drop } = await createLocation(db.engine);
    const change = migration('ChangeKitSample', 1763800099003, {
      up: async (m) => { await m.addColumn('kit_sample', 'extra', integer({ default: 3 })); await m.createIndex('kit_sample', ['extra'], { unique: true, where: 'extra > 3' }); await m.addColumn('kit_sample', 'more', text({ nullable: true })); },
      down: async (m) => { await m.dropColumn('kit_sample', 'more'); },
    });
    try {
      expect(await migrate(location, 'core_migrations', [...kitMigrations, change])).to.have.length(3);
      expect(await migrate(location, 'core_migrations', [...kitMigrations, change])).to.deep.equal([]);
      expect(await migrate(location, 'core_migrations', [...kitMigrations, change], 'down')).to.deep.equal([
        'ChangeKitSample1763800099003', 'CreateKitStock1763800099002', 'CreateKitSample1763800099001']);
      expect(await migrate(location, 'core_migrations', kitMigrations)).to.have.length(2);
    } finally { await drop(); }
  });
});
