import { expect } from 'chai';
import { statement, type Manifest, type Scalar, type ShopContext } from '../../../server/plugin-api/index.js';
import { onEachServer, type TestServer } from '../../kit/index.js';

type Rows = readonly Readonly<Record<string, Scalar>>[];
type Declared = NonNullable<Manifest['personalData']>[number];

// The demo's sample answers are nobody's; this gives one session to somebody.
const SOMEBODY = statement<{ id: string }>("SELECT id FROM person WHERE shop_id = :shop AND kind = 'member' AND erased_at IS NULL ORDER BY id LIMIT 1");
const ANSWERED = statement<{ id: string }>('SELECT session_id AS id FROM plg_questionnaires_answer WHERE shop_id = :shop ORDER BY id LIMIT 1');
const OWN_SESSION = statement("UPDATE plg_questionnaires_session SET person_id = :person, source = 'shopper' WHERE shop_id = :shop AND id = :session");
// No reward of the demo is measured.
const SEEN = statement('INSERT INTO plg_coupon_exchange_viewer (shop_id, reward_id, person_id, at, held_out) SELECT :shop, r.id, CAST(:person AS TEXT), 1, 1 FROM plg_coupon_exchange_reward r WHERE r.shop_id = :shop LIMIT 1');
// Nor does anything of the demo give tries at its wheel.
const GIVEN_TRIES = statement("INSERT INTO plg_interaction_games_extra (shop_id, grant_id, activity_id, person_id, tries) SELECT :shop, 'given', a.id, CAST(:person AS TEXT), 1 FROM activity a WHERE a.shop_id = :shop AND a.type = 'interaction-games.wheel' LIMIT 1");
// And nobody who answered twice became one.
const SET_ASIDE = statement("INSERT INTO plg_questionnaires_apart (shop_id, id, person_id, from_id, into_id, reversed, content, created_at, updated_at) VALUES (:shop, 'aside', :person, 'guest', :person, 0, '{}', 1, 1)");
const OWN_ANSWERS = statement('UPDATE plg_questionnaires_answer SET person_id = :person WHERE shop_id = :shop AND session_id = :session');
const modules = ['coupon-exchange', 'interaction-games', 'questionnaires', 'reviews-monitor', 'store-credit'];

onEachServer('what the bundled modules know of people', { seed: 'small' }, (server) => {
  const ctx = (): ShopContext => server().context();
  const declared = (of: TestServer, id: string): readonly Declared[] => of.services.host.manifest(id)?.personalData ?? [];
  /** With a name for each row, also where the key is not an id. */
  const rows = async (entity: string): Promise<Rows> => (await server().services.store.read(ctx(), (q) => q.many(statement<Rows[number]>(`SELECT * FROM ${entity} WHERE shop_id = :shop`))))
    .map((row) => ({ ...row, id: nameOf(row) }));
  const nameOf = (row: Rows[number], person = row['person_id']): string => String(row['id'] ?? `${String(row['reward_id'])}/${String(person)}`);

  const answered = (): Promise<unknown> => server().services.store.write(ctx(), async (unit) => {
    const values = { person: (await unit.one(SOMEBODY))!.id, session: (await unit.one(ANSWERED))!.id };
    return [await unit.run(OWN_SESSION, values), await unit.run(OWN_ANSWERS, values)];
  });

  const seen = (): Promise<unknown> => server().services.store.write(ctx(), async (unit) => unit.run(SEEN, { person: (await unit.one(SOMEBODY))!.id }));

  it('is handed over and erased as each of them declares, and only of the one who asked', async function () {
    this.timeout(120_000);
    for (const id of modules) {
      expect(declared(server(), id), id).not.to.deep.equal([]);
      for (const { entity, subject, fields, onErase } of declared(server(), id)) {
        if (id === 'questionnaires') await answered();
        if (entity === 'plg_coupon_exchange_viewer') await seen();
        if (entity === 'plg_questionnaires_apart') await server().services.store.write(ctx(), async (unit) => unit.run(SET_ASIDE, { person: (await unit.one(SOMEBODY))!.id }));
        // Of those who looked only today's are kept, and the demo's day may have ended meanwhile.
        if (entity === 'plg_coupon_exchange_looker') await (await server().shopper()).must('GET', '/api/storefront/plugins/coupon-exchange/rewards');
        if (entity === 'plg_interaction_games_extra') await server().services.store.write(ctx(), async (unit) => unit.run(GIVEN_TRIES, { person: (await unit.one(SOMEBODY))!.id }));
        const before = await rows(entity);
        const person = before.find((row) => row[subject] !== null && !String(row[subject]).startsWith('erased-'))?.[subject] as string | undefined;
        expect(person, `somebody in ${entity}`).to.be.a('string');
        const mine = before.filter((row) => row[subject] === person);
        const { data } = await server().services.privacy.exportPerson(ctx(), person!);
        expect(data[id]?.[entity]?.map((row) => nameOf(row, person!)), entity).to.include.members(mine.map((row) => row['id']!));
        for (const given of data[id]?.[entity] ?? []) for (const field of fields) expect(given[field], `${entity}.${field}`).to.equal(before.find((row) => row['id'] === nameOf(given, person!))?.[field]);

        const receipt = await server().services.privacy.erasePerson(ctx(), person!);
        expect(receipt.failed).to.deep.equal({});
        expect(receipt.erased[id]?.[entity]).to.be.at.least(mine.length);
        await server().drain();
        const after = new Map((await rows(entity)).map((row) => [row['id'], row]));
        for (const row of mine) {
          const left = after.get(row['id']!);
          if (onErase === 'delete') expect(left, `${entity} ${String(row['id'])}`).to.equal(undefined);
          else for (const field of fields) expect(left?.[field], `${entity}.${field}`).to.be.oneOf([null, '', `erased-${String(row['id'])}`]);
        }
        const erased = new Set<Scalar>((data[id]?.[entity] ?? []).map((row) => nameOf(row, person!)));
        for (const row of before.filter((each) => !erased.has(each['id']!))) expect(after.get(row['id']!), `another's ${entity}`).to.deep.equal(row);
      }
    }
    await server().integrity();
  });
});
