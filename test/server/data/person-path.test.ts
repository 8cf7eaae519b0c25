import { expect } from 'chai';
import { id, migration, newId, personPath, sql, statement, text, type Unit } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, type OpenDatabase } from '../../kit/databases.js';

const CreateThings = migration('CreateThings', 1763800099011, {
  up: (m) => m.createTable('thing', { columns: { personId: id(), origin: text({ nullable: true, max: 400 }) } }),
  down: (m) => m.dropTable('thing'),
});
const ADD = statement('INSERT INTO thing (shop_id, id, person_id, created_at, updated_at) VALUES (:shop, :id, :person, 0, 0)');
const MERGE = statement(`UPDATE thing SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person`);
const SPLIT = statement(`UPDATE thing SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()}`);
const CAME = statement<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM thing t JOIN thing o ON o.shop_id = t.shop_id AND o.id = t.id WHERE t.shop_id = :shop AND ${personPath.theirs('t')}`);
const ALL = statement<{ person_id: string; origin: string | null }>('SELECT person_id, origin FROM thing WHERE shop_id = :shop ORDER BY id');

forEachEngine('the path of a row\'s people', (open) => {
  let db: OpenDatabase;
  const ctx = testContext();
  before(async () => { db = await open({ migrations: [CreateThings] }); });

  it('leads back step by step when merges are undone, whoever is told twice', async () => {
    const [one, two, three] = [newId(), newId(), newId()];
    const unit = <T>(steps: () => Unit<T>): Promise<T> => db.store.hot(ctx, 'things', steps);
    const all = async (): Promise<readonly (readonly [string, string | null])[]> => (await db.store.read(ctx, (q) => q.many(ALL))).map((row) => [row.person_id, row.origin] as const);
    const came = async (person: string, into: string): Promise<number> => (await db.store.read(ctx, (q) => q.one(CAME, { person, into })))!.n;
    await unit(function* () { for (const person of [one, two, three]) yield* sql.run(ADD, { id: newId(), person }); });
    const [first, second] = [{ person: one, into: two }, { person: two, into: three }];
    const own = [[one, null], [two, null], [three, null]];
    for (const params of [first, first, second, second]) await unit(() => sql.run(MERGE, params));
    expect(await all()).to.deep.equal([[three, `${two}/${one}`], [three, two], [three, null]]);
    expect([await came(two, three), await came(one, three), await came(one, two)], 'who was the last').to.deep.equal([2, 0, 0]);
    for (const params of [second, second]) await unit(() => sql.run(SPLIT, params));
    expect(await all()).to.deep.equal([[two, one], [two, null], [three, null]]);
    for (const params of [first, first]) await unit(() => sql.run(SPLIT, params));
    expect(await all()).to.deep.equal(own);
  });
});
