import { expect } from 'chai';
import { atLeast, below, between, contains, not, oneOf, type Page } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, type OpenDatabase } from '../../kit/databases.js';
import { failure } from './failure.js';
import { KitSample, kitEntities, kitMigrations } from './kit-tables.js';

forEachEngine('entity access', (open) => {
  let db: OpenDatabase;
  const ctx = testContext();
  const add = (title: string, more: Partial<KitSample> = {}) => db.store.write(ctx, (unit) => unit.insert(KitSample, {
    title, colour: 'red', amount: 1, score: 1, price: 1, active: true, withDefault: 1, ...more } as never));
  const titles = async (where: object): Promise<string[]> => (await db.store.read(ctx, (q) => q.find(KitSample, where))).map((one) => one.title);

  before(async () => {
    db = await open({ entities: kitEntities, migrations: kitMigrations });
    await add('alpha', { amount: 1, note: 'First 100%', active: true });
    await add('beta', { amount: 2, note: 'second_one', active: false });
    await add('gamma', { amount: 3, note: null, active: true });
    await add('delta', { amount: 3, note: 'a\\b', active: false, happenedAt: 50 });
  });

  it('compares', async () => {
    expect(await titles({})).to.deep.equal(['alpha', 'beta', 'gamma', 'delta']);
    expect(await titles({ amount: 3 })).to.deep.equal(['gamma', 'delta']);
    expect(await titles({ active: true })).to.deep.equal(['alpha', 'gamma']);
    expect(await titles({ active: false, amount: 2 })).to.deep.equal(['beta']);
    expect(await titles({ amount: atLeast(2) })).to.deep.equal(['beta', 'gamma', 'delta']);
    expect(await titles({ amount: below(2) })).to.deep.equal(['alpha']);
    expect(await titles({ amount: between(2, 3) })).to.deep.equal(['beta', 'gamma', 'delta']);
    expect(await titles({ title: oneOf('beta', 'delta', 'nobody') })).to.deep.equal(['beta', 'delta']);
    expect(await titles({ title: oneOf() })).to.deep.equal([]);
    expect(await titles({ note: oneOf('second_one', null) })).to.deep.equal(['beta', 'gamma']);
    expect(await titles({ note: null })).to.deep.equal(['gamma']);
    expect(await titles({ note: not(null) })).to.deep.equal(['alpha', 'beta', 'delta']);
    expect(await titles({ note: not('second_one') })).to.deep.equal(['alpha', 'gamma', 'delta']);
  });

  it('takes wildcards literally and ignores case in "contains"', async () => {
    expect(await titles({ note: contains('FIRST') })).to.deep.equal(['alpha']);
    expect(await titles({ note: contains('0%') })).to.deep.equal(['alpha']);
    expect(await titles({ note: contains('%') })).to.deep.equal(['alpha']);
    expect(await titles({ note: contains('_') })).to.deep.equal(['beta']);
    expect(await titles({ note: contains('A\\B') })).to.deep.equal(['delta']);
    expect(await titles({ note: contains("'") })).to.deep.equal([]);
  });

  it('counts, finds one, updates and deletes', async () => {
    const { store } = db;
    expect(await store.read(ctx, (q) => q.count(KitSample, { amount: 3 }))).to.equal(2);
    const later = { ...ctx, now: ctx.now + 5 };
    expect(await store.write(later, (unit) => unit.update(KitSample, { title: 'beta' }, { active: true, body: { deep: [1] }, note: null }))).to.equal(1);
    const beta = await store.read(ctx, (q) => q.findOne(KitSample, { title: 'beta' }));
    expect(beta).to.deep.include({ active: true, body: { deep: [1] }, note: null, createdAt: ctx.now, updatedAt: later.now });
    await store.write(ctx, (unit) => unit.update(KitSample, { title: 'beta' }, { active: false, note: 'second_one' }));
    await add('omega');
    expect(await store.write(ctx, (unit) => unit.delete(KitSample, { title: 'omega' }))).to.equal(1);
    expect(await store.read(ctx, (q) => q.findOne(KitSample, { title: 'omega' }))).to.equal(undefined);
  });

  it('caps and checks limits', async () => {
    expect(await db.store.read(ctx, (q) => q.find(KitSample, {}, { limit: 2 }))).to.have.length(2);
    for (const limit of [0, -1, 1.5, 1_001, NaN, '5' as never]) expect(await failure(db.store.read(ctx, (q) => q.find(KitSample, {}, { limit })))).to.include({ code: 'GX_LIMIT', status: 400 });
    for (const limit of [0, 201]) expect(await failure(db.store.read(ctx, (q) => q.page(KitSample, {}, { by: 'id', direction: 'asc' }, { limit })))).to.include({ code: 'GX_LIMIT' });
  });

  for (const [by, direction] of [['amount', 'asc'], ['amount', 'desc'], ['happenedAt', 'asc'], ['happenedAt', 'desc'], ['title', 'desc'], ['active', 'asc'], ['createdAt', 'desc']] as const) {
    it(`pages by ${by} ${direction} without gaps or repetitions, also when rows arrive meanwhile`, async () => {
      const { store } = db;
      const seen: string[] = [];
      let cursor: string | undefined;
      let first = true;
      const expected = (await store.read(ctx, (q) => q.find(KitSample, {}, { order: { [by]: direction } as never }))).map((one) => one.title);
      expect(new Set(expected).size).to.equal(4);
      do {
        const page: Page<KitSample> = await store.read(ctx, (q) => q.page(KitSample, {}, { by, direction }, { limit: 1, cursor }));
        seen.push(...page.items.map((one) => one.title));
        cursor = page.next;
        if (first) { first = false; await add('zz-intruder', { amount: direction === 'asc' ? -9 : 99, happenedAt: direction === 'asc' ? null : 99, active: direction === 'desc', title: direction === 'asc' ? '!' : 'zz' }); }
      } while (cursor !== undefined && seen.length < 20);
      await store.write(ctx, (unit) => unit.delete(KitSample, { title: oneOf('zz', '!') }));
      const own = seen.filter((one) => one !== 'zz' && one !== '!');
      expect([...own].sort()).to.deep.equal([...expected].sort());
      expect(new Set(seen).size).to.equal(seen.length);
    });
  }

  it('ends with a page that names no next one', async () => {
    const page = await db.store.read(ctx, (q) => q.page(KitSample, {}, { by: 'amount', direction: 'asc' }, { limit: 4 }));
    expect(page.items).to.have.length(4);
    expect(page).not.to.have.property('next');
  });

  it('refuses cursors it did not make', async () => {
    const { next } = await db.store.read(ctx, (q) => q.page(KitSample, {}, { by: 'amount', direction: 'asc' }, { limit: 1 }));
    for (const cursor of ['', 'x', '!!!', Buffer.from('[]').toString('base64url'), Buffer.from('["kit_sample.amount.asc",[1],"a"]').toString('base64url'), Buffer.from('["kit_sample.amount.asc",{"a":1},"a"]').toString('base64url')]) {
      expect(await failure(db.store.read(ctx, (q) => q.page(KitSample, {}, { by: 'amount', direction: 'asc' }, { cursor })))).to.include({ code: 'GX_CURSOR', status: 400 });
    }
    expect(await failure(db.store.read(ctx, (q) => q.page(KitSample, {}, { by: 'title', direction: 'asc' }, { cursor: next })))).to.include({ code: 'GX_CURSOR' });
  });
});
