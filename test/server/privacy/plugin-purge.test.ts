import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { statement, type ShopContext } from '../../../server/plugin-api/index.js';
import { fixturePlugin, onEachServer } from '../../kit/index.js';
import { fill, otherShop, rowsOf } from './stamp-album.js';

const OWN = ['plg_stamps_card', 'plg_stamps_stamp', 'plg_stamps_count'];
const HOST = ['activity', 'activity_version', 'event_delivery', 'outbox_event', 'job_run', 'idempotency'];
const INSTALL = statement<{ settings: string; granted: string }>('SELECT settings, granted FROM plugin_install WHERE shop_id = :shop AND id = :id');
const EVENTS = statement(`SELECT id FROM outbox_event WHERE shop_id = :shop AND name LIKE 'stamps.%'`);
const SETTINGS = statement(`UPDATE plugin_install SET settings = '{"key":"sealed"}', granted = '["db"]' WHERE shop_id = :shop AND id = 'stamps'`);

const plugins = await Promise.all(['stamps', 'stamps-extra'].map((id) => fixturePlugin(id)));

onEachServer('a plugin\'s purge', { plugins }, (server) => {
  let here: ShopContext;
  let there: ShopContext;
  const codeOf = async (work: Promise<unknown>): Promise<string | undefined> => { try { await work; return undefined; } catch (error) { return (error as { code?: string }).code ?? String(error); } };
  const purge = (ctx = here): ReturnType<ReturnType<typeof server>['services']['purges']['purge']> => server().services.purges.purge(ctx, 'stamps');
  const run = (text: string): Promise<unknown> => server().services.store.system.run(new SystemStatement(text));

  before(async () => {
    for (const { id } of plugins) await server().install(id);
    here = server().context();
    there = await otherShop(server());
    for (const ctx of [here, there]) await fill(server(), ctx);
  });

  it('is refused while the plugin is installed, and takes nothing', async () => {
    const before = await rowsOf(server(), here, [...OWN, ...HOST]);
    expect(await codeOf(purge())).to.equal('GX_PURGE_IN_USE');
    expect(await rowsOf(server(), here, [...OWN, ...HOST])).to.deep.equal(before);
  });

  it('stops where it cannot go on, keeps count, and goes on under the same receipt', async () => {
    await (await server().admin()).must('DELETE', '/api/admin/installs/stamps');
    // Somebody's row that refers to a card: the database then refuses to give the card away.
    await run('CREATE TABLE holds_card (shop_id INTEGER NOT NULL, card_id TEXT NOT NULL, FOREIGN KEY (shop_id, card_id) REFERENCES plg_stamps_card (shop_id, id))');
    await run(`INSERT INTO holds_card (shop_id, card_id) SELECT shop_id, id FROM plg_stamps_card WHERE shop_id = ${here.shop.id}`);
    expect(await codeOf(purge())).to.be.a('string');
    const [broken] = await server().services.purges.receipts(here);
    expect(broken).to.deep.include({ plugin: 'stamps', version: '1.2.0', finishedAt: null });
    expect(broken?.rows).to.include({ plg_stamps_stamp: 2 });
    expect(await rowsOf(server(), here, OWN)).to.include({ plg_stamps_card: 1, plg_stamps_stamp: 0 });
    await run('DROP TABLE holds_card');

    const receipt = await purge();
    expect(receipt).to.deep.include({ id: broken?.id, plugin: 'stamps', version: '1.2.0', by: 'staff:Test', finishedAt: here.now });
    expect(receipt.rows).to.deep.equal({
      plg_stamps_card: 1, plg_stamps_stamp: 2, plg_stamps_count: 1, activity: 1, activity_version: receipt.rows['activity_version'], event_delivery: 4, outbox_event: 2, job_run: 1, plugin_job_time: 0, idempotency: 1, 'plugin_install.settings': 1,
    });
    expect(receipt.rows['activity_version']).to.be.greaterThan(0);
  });

  it('leaves no row of the plugin, but those of the plugin whose name begins alike', async () => {
    expect(await rowsOf(server(), here, OWN)).to.deep.equal({ plg_stamps_card: 0, plg_stamps_stamp: 0, plg_stamps_count: 0 });
    expect(await rowsOf(server(), here, ['plg_stamps_extra_item', 'activity', 'job_run', 'idempotency'])).to.deep.equal({ plg_stamps_extra_item: 1, activity: 0, job_run: 1, idempotency: 1 });
    expect(await server().services.store.read(here, (q) => q.many(EVENTS))).to.deep.equal([]);
    expect(await server().services.store.read(here, (q) => q.one(INSTALL, { id: 'stamps' }))).to.deep.equal({ settings: '{}', granted: '[]' });
    expect((await server().services.store.read(here, (q) => q.one(INSTALL, { id: 'stamps-extra' })))?.granted).to.contain('db');
  });

  it('touches no other shop', async () => {
    expect(await rowsOf(server(), there, [...OWN, 'activity', 'event_delivery', 'outbox_event', 'job_run', 'idempotency', 'plg_stamps_extra_item'])).to.deep.equal({
      plg_stamps_card: 1, plg_stamps_stamp: 2, plg_stamps_count: 1, activity: 1, event_delivery: 4, outbox_event: 2, job_run: 2, idempotency: 2, plg_stamps_extra_item: 1,
    });
    expect(await server().services.purges.receipts(there)).to.deep.equal([]);
  });

  it('is in the audit once, and its receipt outlives the shop', async () => {
    const { items } = await server().services.audit.list(here, {}, { action: 'plugin.purge' });
    const [receipt] = await server().services.purges.receipts(here);
    expect(items.map(({ target, detail }) => [target, detail['receipt'], detail['rows']])).to.deep.equal([['stamps', receipt?.id, receipt?.rows]]);
    const request = await server().services.privacyRequests.open(here, { topic: 'shop_redact', ref: 'gone' });
    expect(await server().services.privacyRequests.fulfil(here, request.id)).to.include({ state: 'done' });
    expect(await server().services.purges.receipts(here)).to.deep.equal([receipt]);
  });

  it('of nothing proves that there was nothing', async () => {
    const again = await purge();
    expect(Object.values(again.rows).every((count) => count === 0)).to.equal(true);
    expect(Object.keys(again.rows)).to.include.members([...OWN, ...HOST]);
    expect(await server().services.purges.receipts(here)).to.have.length(2);
  });

  it('of more rows than one unit takes goes on until the last', async () => {
    await fill(server(), here);
    const many = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11000) INSERT INTO plg_stamps_stamp (shop_id, id, card_id, person_id, words, created_at, updated_at)
      SELECT c.shop_id, 'many-' || n.i, c.id, c.person_id, 'x', 0, 0 FROM n JOIN plg_stamps_card c ON c.shop_id = ${here.shop.id}`;
    await run(many);
    expect((await purge()).rows).to.include({ plg_stamps_stamp: 11_002, plg_stamps_card: 1 });
    expect(await rowsOf(server(), here, OWN)).to.deep.equal({ plg_stamps_card: 0, plg_stamps_stamp: 0, plg_stamps_count: 0 });
  });

  it('told twice at once is done twice without harm', async () => {
    await server().services.store.write(here, (unit) => unit.run(SETTINGS));
    await fill(server(), here);
    const results = await Promise.allSettled([purge(), purge()]);
    expect(results.some(({ status }) => status === 'fulfilled')).to.equal(true);
    expect(await rowsOf(server(), here, OWN)).to.deep.equal({ plg_stamps_card: 0, plg_stamps_stamp: 0, plg_stamps_count: 0 });
    const receipts = await server().services.purges.receipts(here);
    expect(receipts.every(({ finishedAt }) => finishedAt !== null)).to.equal(true);
    expect(receipts.reduce((sum, { rows }) => sum + (rows['plg_stamps_stamp'] ?? 0), 0)).to.equal(11_006);
  });
});
