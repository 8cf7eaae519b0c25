import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { SystemStatement, type DataStore } from '../../../server/data/data-store.js';
import { openDataStore } from '../../../server/data/open-data-store.js';
import { engines } from '../../kit/databases.js';
import { pointsTexts } from '../../../server/shops/demo/pages/points-texts.js';
import { HttpClient } from '../../kit/http-client.js';
import { onEachServer, type TestServer } from '../../kit/index.js';
import { installPlugin } from '../../kit/install-plugin.js';
import { ServerProcess } from '../../kit/server-process.js';
import { serverLocation } from '../../kit/server-schema.js';
import { creditPlugins } from './credit-plugins.js';

interface Book { readonly mode: string; readonly book: Readonly<Record<string, { readonly amount: number; readonly calls: number; readonly undone?: boolean }>> }
const API = '/api/admin/plugins/coupon-exchange';
const SHOP = '/api/storefront/plugins/coupon-exchange';
const CREDIT = { title: { 'en': '¥5 credit', 'zh-CN': '5 元储值' }, kind: 'credit', discount: 500, minimum: 0, cost: 100, stock: 5, perPerson: 1, validDays: 14 };
/** What waits for its next attempt, or for the lease of a dead process, is due. */
const DUE = new SystemStatement("UPDATE outbox_event SET run_at = 0, lease_until = 0 WHERE state = 'waiting'");
const serve = fileURLToPath(new URL('serve-credit.js', import.meta.url));
const sources = await creditPlugins();

const folder = mkdtempSync(join(tmpdir(), 'guanxi-credit-'));
const file = join(folder, 'book.json');
const book = (): Book => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Book : { mode: 'book', book: {} });
const behave = (mode: string): void => { writeFileSync(file, JSON.stringify({ ...book(), mode })); };
const points = async (who: HttpClient): Promise<{ available: number; held: number }> => (await who.must<{ points: { available: number; held: number } }>('GET', '/api/storefront/me')).points;
const state = async (who: HttpClient): Promise<string> => (await who.must<{ items: { state: string }[] }>('GET', `${SHOP}/redemptions`)).items[0]?.state ?? '';
const publish = async (admin: HttpClient): Promise<string> => {
  const { id } = await admin.must<{ id: string }>('POST', `${API}/rewards`, CREDIT);
  await admin.must('POST', `${API}/rewards/${id}/publish`, {});
  return id;
};
const remaining = async (admin: HttpClient, id: string): Promise<number> => (await admin.must<{ remaining: number }>('GET', `${API}/rewards/${id}`)).remaining;

before(() => { process.env['STORE_CREDIT_BOOK'] = file; });
after(() => { delete process.env['STORE_CREDIT_BOOK']; rmSync(folder, { recursive: true, force: true }); });

onEachServer('store credit that another module books', { plugins: sources }, (server) => {
  before(async () => { await server().install('store-credit'); await server().install('coupon-exchange'); });
  afterEach(() => server().integrity());
  const wish = async (at: TestServer, id: string) => {
    const member = await at.shopper();
    await (await at.admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    const redemption = await member.must<{ id: string; state: string; available: number }>('POST', `${SHOP}/redemptions`, { rewardId: id });
    expect(redemption).to.include({ state: 'requested', available: 0 });
    return { member, redemption };
  };

  it('holds the points, books once and then spends them', async () => {
    behave('book');
    const { member, redemption } = await wish(server(), await publish(await server().admin()));
    await server().drain();
    expect(await state(member)).to.equal('used');
    expect(await points(member)).to.include({ available: 0, held: 0 });
    expect(book().book[redemption.id]).to.include({ amount: 500, calls: 1 });
  });

  it('gives points, stock and the share of the limit back when the account refuses', async () => {
    behave('refuse');
    const admin = await server().admin();
    const id = await publish(admin);
    const { member } = await wish(server(), id);
    await server().drain();
    expect(await state(member)).to.equal('cancelled');
    expect(await points(member)).to.include({ available: 100, held: 0 });
    expect(await remaining(admin, id)).to.equal(5);
    const { items } = await member.must<{ items: { kind: string; note: string | null }[] }>('GET', '/api/storefront/me/points');
    const said = `note_${items.find(({ kind }) => kind === 'release')?.note ?? ''}`;
    expect([pointsTexts.en, pointsTexts['zh-CN']].map((texts) => said in texts), said).to.deep.equal([true, true]);
    behave('book');
    expect((await member.post(`${SHOP}/redemptions`, { rewardId: id })).status, 'it may be tried again').to.equal(201);
  });

  it('tries again while nothing answers, and gives up after a day with everything back', async () => {
    behave('fail');
    const admin = await server().admin();
    const id = await publish(admin);
    const [first, second] = [await wish(server(), id), await wish(server(), id)];
    await server().drain();
    expect([await state(first.member), (await points(first.member)).held]).to.deep.equal(['requested', 100]);
    behave('book');
    await server().services.store.system.run(DUE);
    await server().drain();
    expect([await state(first.member), await state(second.member)]).to.deep.equal(['used', 'used']);
    behave('fail');
    const gone = await wish(server(), id), late = await wish(server(), id);
    await server().services.privacy.erasePerson(server().context(), gone.member.personId ?? '');
    await server().advance('P1DT1H');
    const { items } = await admin.must<{ items: { id: string; state: string }[] }>('GET', `${API}/redemptions?rewardId=${id}`);
    expect(items.find((each) => each.id === gone.redemption.id)?.state, 'who was erased holds up nobody').to.equal('cancelled');
    expect(await state(late.member)).to.equal('cancelled');
    expect(await points(late.member)).to.include({ available: 100, held: 0 });
    expect(await remaining(admin, id)).to.equal(3);
  });

  it('is not offered where the module is switched off', async () => {
    behave('book');
    const admin = await server().admin();
    const id = await publish(admin);
    await admin.must('POST', '/api/admin/installs/store-credit/disable', {});
    const member = await server().shopper();
    const { items } = await member.must<{ items: { id: string; unavailable: boolean }[] }>('GET', `${SHOP}/rewards`);
    expect(items.find((each) => each.id === id)?.unavailable).to.equal(true);
    expect((await member.post<{ code: string }>(`${SHOP}/redemptions`, { rewardId: id })).body.code).to.equal('GX_REWARD_UNAVAILABLE');
    expect(await remaining(admin, id)).to.equal(5);
    await admin.must('POST', '/api/admin/installs/store-credit/enable', {});
  });
});

for (const engine of engines) {
  describe(`a server that is killed while store credit is booked (${engine})`, () => {
    it('goes on after its restart: booked once outside, spent once inside', async function () {
      this.timeout(120_000);
      const { location, drop } = await serverLocation(engine, 'bundled');
      const env = { DATA_DIR: mkdtempSync(join(folder, 'data-')), DATABASE_URL: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, STORE_CREDIT_BOOK: file };
      behave('hang');
      let server = await ServerProcess.start(env, { command: [serve] });
      try {
        const admin = await server.admin();
        for (const plugin of ['store-credit', 'coupon-exchange']) await installPlugin(admin, plugin);
        const id = await publish(admin);
        const { bearer } = await new HttpClient(server.url).must<{ bearer: string }>('POST', '/demo/api/shoppers', { email: 'killed@example.test' });
        const member = new HttpClient(server.url, bearer);
        const { person } = await member.must<{ person: { id: string } }>('GET', '/api/storefront/me');
        await admin.must('POST', `/api/admin/customers/${person.id}/adjustments`, { amount: 100, reason: 'for the test' });
        const redemption = await member.must<{ id: string }>('POST', `${SHOP}/redemptions`, { rewardId: id });
        for (const until = Date.now() + 30_000; !book().book[redemption.id] && Date.now() < until;) await new Promise((resolve) => { setTimeout(resolve, 20); });
        await server.kill();
        expect(book().book[redemption.id], 'booked outside when the host died').to.include({ calls: 1 });

        behave('book');
        const store: DataStore = await openDataStore({ location, entities: [] });
        await store.system.run(DUE);
        await store.close();
        server = await ServerProcess.start(env, { command: [serve] });
        const again = new HttpClient(server.url, (await new HttpClient(server.url).must<{ bearer: string }>('POST', '/demo/api/shoppers', { email: 'killed@example.test' })).bearer);
        for (const until = Date.now() + 30_000; await state(again) !== 'used' && Date.now() < until;) await new Promise((resolve) => { setTimeout(resolve, 20); });
        expect(await state(again)).to.equal('used');
        expect(await points(again)).to.include({ available: 0, held: 0 });
        expect(book().book[redemption.id]).to.include({ amount: 500, calls: 2 });
        expect(await new HttpClient(server.url).must('GET', '/internal/integrity')).to.deep.include({ ok: true });
      } finally {
        server.child.kill('SIGKILL');
        await drop();
      }
    });
  });
}
