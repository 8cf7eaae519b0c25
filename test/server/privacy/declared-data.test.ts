import { expect } from 'chai';
import fc from 'fast-check';
import { statement, type ShopContext } from '../../../server/plugin-api/index.js';
import { engines, fixturePlugin, onEachServer, startTestServer, type TestServer } from '../../kit/index.js';
import { serverLocation } from '../../kit/server-schema.js';
import { manifest } from '../../fixtures/plugins/stamps/manifest.js';
import { card, otherShop, person } from './stamp-album.js';

const CARDS = statement('SELECT * FROM plg_stamps_card WHERE shop_id = :shop ORDER BY id');
const STAMPS = statement('SELECT * FROM plg_stamps_stamp WHERE shop_id = :shop ORDER BY id');
const everything = async (server: TestServer, ctx: ShopContext): Promise<string> => JSON.stringify(await server.services.store.read(ctx, async (q) => [await q.many(CARDS), await q.many(STAMPS)]));
const source = await fixturePlugin('stamps');

onEachServer('personal data that a plugin declares', { plugins: [source] }, (server) => {
  let here: ShopContext;
  let there: ShopContext;
  before(async () => { here = server().context(); there = await otherShop(server()); });

  it('is exported in full, with id and times, merged guests included', async () => {
    const [mei, lin] = [await person(server(), here), await person(server(), here)];
    const guest = await person(server(), here, mei.id);
    for (const who of [mei, guest, lin]) await card(server(), here, who);
    const { data, missing } = await server().services.privacy.exportPerson(here, mei.id);
    expect(missing).to.deep.equal({});
    const { plg_stamps_card: cards = [], plg_stamps_stamp: stamps = [] } = data['stamps'] ?? {};
    expect(cards.map((row) => row['nickname'])).to.have.members([mei.email, guest.email]);
    expect(Object.keys(cards[0] ?? {})).to.have.members(['id', 'person_id', 'friend_id', 'nickname', 'motto', 'code', 'created_at', 'updated_at']);
    expect(stamps).to.have.length(4);
    expect(JSON.stringify(data)).not.to.contain(lin.id);
  });

  it('is erased down to the last field, as many rows as the receipt says, and nothing else is', async () => {
    const [mei, lin, twin] = [await person(server(), here), await person(server(), here), await person(server(), there)];
    const guest = await person(server(), here, mei.id);
    for (const who of [mei, guest, lin]) await card(server(), here, who);
    // Somebody of the same id in another shop.
    await card(server(), there, { id: mei.id, email: twin.email });
    const before = await everything(server(), there);
    const receipt = await server().services.privacy.erasePerson(here, mei.id);
    expect(receipt.failed).to.deep.equal({});
    expect(receipt.erased['stamps']).to.deep.equal({ plg_stamps_card: 2, plg_stamps_stamp: 4 });
    const left = await everything(server(), here);
    for (const trace of [mei.id, mei.email, guest.id, guest.email]) expect(left).not.to.contain(trace);
    expect(left).to.contain(lin.id).and.to.contain(lin.email);
    expect(await everything(server(), there)).to.equal(before);
    expect((await server().services.privacy.erasePerson(here, mei.id)).erased['stamps'], 'a second time').to.deep.equal({ plg_stamps_card: 0, plg_stamps_stamp: 0 });
    const { items } = await server().services.audit.list(here, {}, { action: 'person.erase', target: `person:${mei.id}` });
    expect(items.filter(({ detail }) => detail['owner'] === 'stamps')).to.have.length(1);
  });

  it('whoever is erased, in whatever order: no trace of them, and everybody else as before', async function () {
    this.timeout(60_000);
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ erase: fc.boolean(), cards: fc.nat(2), stamps: fc.nat(2), guests: fc.nat(1), elsewhere: fc.boolean() }), { minLength: 1, maxLength: 5 }), async (people) => {
      const made = [];
      for (const { erase, cards, stamps, guests, elsewhere } of people) {
        const ctx = elsewhere ? there : here;
        const who = await person(server(), ctx);
        const family = [who];
        for (let n = 0; n < guests; n++) family.push(await person(server(), ctx, who.id));
        for (const each of family) for (let n = 0; n < cards; n++) await card(server(), ctx, each, stamps);
        made.push({ erase, ctx, who, family, rows: family.length * cards, stamps: family.length * cards * stamps });
      }
      for (const { ctx, who, rows, stamps } of made.filter(({ erase }) => erase)) {
        const { erased } = await server().services.privacy.erasePerson(ctx, who.id);
        expect(erased['stamps']).to.deep.equal({ plg_stamps_card: rows, plg_stamps_stamp: stamps });
      }
      const left = await everything(server(), here) + await everything(server(), there);
      for (const { erase, family, rows } of made) for (const { id, email } of family) for (const trace of [id, email]) expect(left.includes(trace)).to.equal(!erase && rows > 0);
    }), { numRuns: 8 });
  });
});

for (const engine of engines) {
  describe(`personal data of a plugin whose code is gone (${engine})`, () => {
    it('is still exported and erased', async function () {
      this.timeout(60_000);
      const { location, drop } = await serverLocation(engine, 'others');
      const env = { DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url };
      try {
        let mei = { id: '', email: '' };
        {
          await using server = await startTestServer({ engine, plugins: [source], env });
          mei = await person(server, server.context());
          await card(server, server.context(), mei);
        }
        await using server = await startTestServer({ engine, plugins: [], env });
        const { data } = await server.services.privacy.exportPerson(server.context(), mei.id);
        expect(data['stamps']?.['plg_stamps_card']?.[0]).to.include({ nickname: mei.email });
        expect((await server.services.privacy.erasePerson(server.context(), mei.id)).erased['stamps']).to.deep.equal({ plg_stamps_card: 1, plg_stamps_stamp: 2 });
        expect(await everything(server, server.context())).not.to.contain(mei.id).and.not.to.contain(mei.email);
      } finally { await drop(); }
    });
  });
}

describe('a declaration of personal data', () => {
  const [cards, stamps] = manifest.personalData!;
  const cases: readonly [what: string, personalData: typeof manifest.personalData, sentence: RegExp][] = [
    ['of a table of the core', [{ ...cards!, entity: 'person' }], /"person" is not one of its tables/],
    ['of a table that does not exist', [{ ...cards!, entity: 'plg_stamps_cards' }], /"plg_stamps_cards" is not one of its tables/],
    ['of a subject that is no column', [{ ...cards!, subject: 'personId' }], /no column "personId"\. It has: .*person_id/],
    ['of a field that is no column', [{ ...stamps!, fields: ['text'] }], /no column "text"/],
    ['of a number that cannot be emptied', [{ ...cards!, fields: ['stamps'] }], /"stamps" cannot be emptied: it is a integer/],
    ['of a table without an entity that cannot be emptied', [{ entity: 'plg_stamps_count', subject: 'day', fields: ['n'], onErase: 'anonymise' }], /"n" cannot be anonymised, because the table has no entity/],
    ['of nothing to anonymise', [{ ...cards!, fields: [] }], /nothing would be anonymised/],
    ['of one table twice', [cards!, cards!], /named twice/],
  ];
  for (const [what, personalData, sentence] of cases) {
    it(`${what} keeps the plugin from starting, with its reason`, async () => {
      const wrong = await fixturePlugin('stamps', { ...manifest, personalData });
      await using server = await startTestServer({ plugins: [wrong] });
      const { plugins } = await (await server.admin()).must<{ plugins: { id: string; state: string; code?: string; error?: string }[] }>('GET', '/api/admin/system');
      expect(plugins[0]).to.include({ state: 'failed', code: 'GX_PERSONAL_DATA' });
      expect(plugins[0]?.error).to.match(sentence).and.to.contain('Plugin "stamps"');
    });
  }
});
