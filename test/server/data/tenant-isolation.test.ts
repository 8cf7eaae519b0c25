import { expect } from 'chai';
import { GxError, oneOf, sql, statement, type Params, type ShopContext, type Where } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, testShop, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitTaken, Unregistered, kitEntities, kitMigrations } from './kit-tables.js';

const FIND = statement<{ id: string; label: string }>('SELECT id, label FROM kit_taken WHERE label = :label AND shop_id = :shop AND id <> :note');
const RELABEL = statement('UPDATE kit_taken SET label = :label WHERE id = :id AND shop_id = :shop');

/** The bypass of better-sqlite3: a list among the parameters is flattened and shifts the shop's own. */
forEachEngine('tenant isolation', (open) => {
  let db: OpenDatabase;
  const a = testContext();
  const b: ShopContext = { ...a, shop: testShop(2) };
  const shifting: readonly unknown[] = [['SECRET', 1], [], ['SECRET'], { label: 'SECRET' }, { $ne: '' }, {}, new Date(0), Buffer.from('SECRET'), Symbol('x'), () => 'SECRET', 10n, NaN, Infinity, 'a\u0000b'];
  const named = (given: unknown): string => typeof given === 'object' ? JSON.stringify(given) : JSON.stringify(String(given));
  const refuses = async (work: Promise<unknown>): Promise<void> => {
    const error = await failure(work) as GxError;
    expect(error).to.be.instanceOf(GxError);
    expect(error.code).to.equal('GX_PARAMETER');
    expect(error.status).to.equal(400);
  };

  before(async () => {
    db = await open({ entities: kitEntities, migrations: kitMigrations });
    await db.store.write(a, (unit) => unit.insert(KitTaken, { id: 'secret', label: 'SECRET' }));
    await db.store.write(b, (unit) => unit.insert(KitTaken, { id: 'own', label: 'OWN' }));
  });
  afterEach(async () => {
    expect((await db.store.read(a, (q) => q.find(KitTaken, {}))).map((row) => row.label)).to.deep.equal(['SECRET']);
    expect((await db.store.read(b, (q) => q.find(KitTaken, {}))).map((row) => row.label)).to.deep.equal(['OWN']);
  });

  for (const bad of shifting) {
    it(`refuses ${named(bad)} wherever a value goes`, async () => {
      const label = bad as string;
      await refuses(db.store.read(b, (q) => q.many(FIND, { label, note: '' })));
      await refuses(db.store.read(b, (q) => q.scan(FIND, { label, note: '' })));
      await refuses(db.store.read(b, (q) => q.findOne(KitTaken, { label })));
      await refuses(db.store.read(b, (q) => q.find(KitTaken, { label: oneOf(label) })));
      await refuses(db.store.read(b, (q) => q.count(KitTaken, { id: label })));
      await refuses(db.store.write(b, (unit) => unit.update(KitTaken, { id: label }, { label: 'stolen' })));
      await refuses(db.store.write(b, (unit) => unit.update(KitTaken, { id: 'own' }, { label })));
      await refuses(db.store.write(b, (unit) => unit.delete(KitTaken, { label })));
      await refuses(db.store.write(b, (unit) => unit.insert(KitTaken, { label })));
      await refuses(db.store.write(b, (unit) => unit.run(RELABEL, { id: label, label: 'stolen' })));
      await refuses(db.store.hot(b, 'k', () => sql.run(RELABEL, { id: label, label: 'stolen' })));
    });
  }

  it('sees and changes nothing of another shop by id', async () => {
    expect(await db.store.read(b, (q) => q.findOne(KitTaken, { id: 'secret' }))).to.equal(undefined);
    expect(await db.store.write(b, (unit) => unit.update(KitTaken, { id: 'secret' }, { label: 'x' }))).to.equal(0);
    expect(await db.store.write(b, (unit) => unit.delete(KitTaken, { id: 'secret' }))).to.equal(0);
    expect(await db.store.hot(b, 'k', () => sql.run(RELABEL, { id: 'secret', label: 'x' }))).to.equal(0);
  });

  it('may use the id of another shop without touching its row', async () => {
    await db.store.write(b, (unit) => unit.insert(KitTaken, { id: 'secret', label: 'copy' }));
    expect(await db.store.write(b, (unit) => unit.delete(KitTaken, { id: 'secret' }))).to.equal(1);
  });

  it('takes the shop from the context and from nowhere else', async () => {
    for (const params of [{ label: 'SECRET', note: '', shop: 1 }, { label: 'SECRET', note: '', shop: null }] as Params[]) {
      expect(await failure(db.store.read(b, (q) => q.many(FIND, params)))).to.include({ code: 'GX_PARAMETER' });
    }
    expect(await failure(db.store.read(b, (q) => q.find(KitTaken, { shopId: 1 })))).to.include({ code: 'GX_WHERE' });
    expect(await failure(db.store.write(b, (unit) => unit.insert(KitTaken, { label: 'x', shopId: 1 } as never)))).to.include({ code: 'GX_VALUES', status: 400 });
    expect(await failure(db.store.write(b, (unit) => unit.update(KitTaken, { id: 'own' }, { shopId: 1 } as never)))).to.include({ code: 'GX_VALUES' });
    expect(await failure(db.store.write(b, (unit) => unit.update(KitTaken, { id: 'own' }, { id: 'secret' } as never)))).to.include({ code: 'GX_VALUES' });
  });

  it('refuses a forgotten condition instead of widening the query', async () => {
    const where = { label: undefined } as unknown as Where<KitTaken>;
    expect(await failure(db.store.read(b, (q) => q.find(KitTaken, where)))).to.include({ code: 'GX_WHERE' });
    expect(await failure(db.store.write(b, (unit) => unit.delete(KitTaken, where)))).to.include({ code: 'GX_WHERE' });
    expect(await failure(db.store.write(b, (unit) => unit.update(KitTaken, { id: 'own' }, { label: undefined } as never)))).to.include({ code: 'GX_VALUES' });
    expect(await failure(db.store.read(b, (q) => q.many(FIND, { label: 'x' })))).to.include({ code: 'GX_PARAMETER', status: 500 });
    expect(await failure(db.store.read(b, (q) => q.many(FIND, { label: undefined, note: '' })))).to.include({ code: 'GX_PARAMETER', status: 500 });
  });

  it('refuses properties and entities it does not know, whatever their name', async () => {
    for (const property of ['nope', 'constructor', '__proto__x', 'label; DROP TABLE kit_taken', 'label = label OR 1']) {
      expect(await failure(db.store.read(b, (q) => q.find(KitTaken, { [property]: 'x' } as never)))).to.include({ code: 'GX_WHERE' });
      expect(await failure(db.store.read(b, (q) => q.find(KitTaken, {}, { order: { [property]: 'asc' } as never })))).to.include({ code: 'GX_ORDER' });
      expect(await failure(db.store.write(b, (unit) => unit.insert(KitTaken, { label: 'x', [property]: 'x' } as never)))).to.include({ code: 'GX_VALUES' });
    }
    expect(await failure(db.store.read(b, (q) => q.find(KitTaken, {}, { order: { label: 'asc; DROP TABLE kit_taken' as never } })))).to.include({ code: 'GX_ORDER' });
    const error = await failure(db.store.read(b, (q) => q.find(Unregistered, {}))) as GxError;
    expect(error.code).to.equal('GX_ENTITY');
    expect(error.message).to.contain('Unregistered');
  });

  it('offers no way around: no save, upsert or query', async () => {
    await db.store.write(b, async (unit) => {
      for (const name of ['save', 'upsert', 'query', 'manager', 'createQueryBuilder', 'getRepository']) expect(unit).not.to.have.property(name);
    });
  });
});
