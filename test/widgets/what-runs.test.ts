import { expect } from 'chai';
import { issueStaffToken } from '../../server/http/shopper-token.js';
import { newId, statement } from '../../server/plugin-api/index.js';
import { calm, moods } from '../fixtures/plugins/unruly/mood.js';
import { expectAccessible, fixturePlugin, HttpClient, openPage, phone, startTestServer, type TestServer } from '../kit/index.js';
import { runsOf, unrulyAndTame, until } from '../server/host/what-runs.js';
import { otherShop } from '../server/privacy/stamp-album.js';
import { openAdmin, shifted } from './admin-place.js';
import { carelessPlugin } from './careless-plugin.js';

/** An event as ten tries leave it that all failed for one consumer. */
const GIVEN_UP = [
  statement("INSERT INTO outbox_event (shop_id, id, name, payload, occurred_at, created_at, state, run_at, attempts) VALUES (:shop, :id, 'test.rang', '{}', :now, :now, 'dead', :now, 10)"),
  statement("INSERT INTO event_delivery (shop_id, event_id, consumer, attempts, last_error, dead) VALUES (:shop, :id, 'careless', 10, 'Error: no bell', 1)"),
];

describe('the page "What runs here"', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ plugins: [carelessPlugin(), ...await unrulyAndTame(), await fixturePlugin('throws-in-activate')] });
    for (const id of ['careless', 'unruly', 'bench-constant']) await server.install(id);
    moods.route = 'throw';
    moods.health = 'unwell';
    for (let i = 0; i < 12; i++) await server.visitor().get('/api/storefront/plugins/unruly/act');
  });
  after(async () => { calm(); await server.close(); });

  it('names the culprits first, with what happened and when it is tried again', async () => {
    await using tab = await openAdmin(server, '/system');
    const { page } = tab;
    const lines = page.locator('gx-system-page details');
    const names = await lines.locator('summary .name').allInnerTexts();
    expect(names[0]).to.match(/^throws-in-activate/i);
    expect(names[1]).to.match(/^Unruly/);
    const unruly = lines.filter({ hasText: 'Unruly' });
    await unruly.getByText(/Pages and calls rest since .*Tried again in/).waitFor();
    await unruly.getByText('1 resting').waitFor();
    expect(await unruly.getByRole('table').innerText()).to.match(/act[\s\S]*TypeError/);
    const broken = lines.first();
    expect(await broken.getByText('What happened').count()).to.equal(1);
    const tame = lines.filter({ hasNotText: 'Unruly' }).last();
    expect(await tame.getAttribute('open')).to.equal(null);
    await tame.getByText('No failures').waitFor();
    await tame.locator('summary').press('Enter');
    await tame.getByText('Requests this minute').waitFor();
    expect(await tame.getByRole('meter').first().getAttribute('aria-valuenow')).to.equal('0');
    await expectAccessible(page, 'what runs here, open');
  });

  it('counts anew when it is asked to', async () => {
    await using tab = await openAdmin(server, '/system');
    const { page } = tab;
    const tame = page.locator('gx-system-page details').filter({ hasNotText: 'Unruly' }).last();
    expect(await tame.getByText('GET storefront/answer').count()).to.equal(0);
    await (await server.shopper()).get('/api/storefront/plugins/bench-constant/answer');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await tame.locator('summary').press('Enter');
    await tame.getByRole('table').getByText('GET storefront/answer').waitFor();
  });

  it('names the widgets that broke in a shopper\'s browser and how, and quotes nobody', async () => {
    await using shop = await openPage({ strict: false });
    const { page: visit } = shop;
    const told: string[] = [];
    visit.on('request', (request) => { if (request.url().endsWith('/widget-failures')) told.push(request.postData() ?? ''); });
    await visit.clock.install();
    await visit.route('**/hostile', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1><div data-guanxi="home" data-min-height="200"></div></main><script src="/assets/loader.js"></script>' }));
    await visit.goto(`${server.url}/hostile`);
    await visit.getByText('All is well').waitFor();
    await visit.getByRole('button', { name: 'Break' }).click();
    await visit.getByRole('button', { name: 'Break' }).waitFor({ state: 'detached' });
    await visit.clock.fastForward(11_000);
    const listed = async () => (await runsOf(server, 'careless')).handlers.filter(({ surface }) => surface === 'storefront');
    await until('the four that gave up their places are told', async () => (await listed()).length === 4);
    await until('what nobody waited for is told', async () => {
      for (const name of ['Stray', 'Promise']) await visit.getByRole('button', { name }).click();
      return (await listed()).length === 6;
    });
    // The shopper signs in: the widgets that break at once break again, which was told already.
    await visit.evaluate(() => new Promise((done) => { addEventListener('guanxi:ready', done, { once: true }); dispatchEvent(new Event('guanxi:identity')); }));
    await visit.getByText('All is well').waitFor();
    expect(told).to.have.length(6);
    expect(told.join()).to.not.include('lin@');
    expect((await listed()).map(({ name, failures }) => [name, failures]).sort()).to.deep.equal([['in-constructor', 1], ['in-render', 1], ['later', 1], ['never', 1], ['promise', 1], ['stray', 1]]);

    await using tab = await openAdmin(server, '/plugins/careless/desk', { strict: false });
    await tab.page.getByRole('button', { name: 'Break' }).click();
    await until('the panel is told', async () => (await runsOf(server, 'careless')).handlers.some(({ surface }) => surface === 'widget'));
    expect(tab.problems.filter((problem) => !problem.includes('lin@')), 'nothing else broke').to.deep.equal([]);
    await tab.page.goto(`${server.url}/admin/system`);
    const careless = tab.page.locator('gx-system-page details').filter({ hasText: 'Careless' });
    await careless.getByText('7 failures').waitFor();
    await careless.locator('summary').press('Enter');
    const table = await careless.getByRole('table').innerText();
    expect(table).to.match(/in-constructor\s+Widgets in shoppers’ browsers\s+[^\n]*broke while starting: RangeError \(in-constructor\.js:1:\d+\)/);
    expect(table).to.match(/in-render\s[^]*broke while showing its content: TypeError \(in-render\.js:3:\d+\)/);
    expect(table).to.match(/later\s[^]*broke while in use: TypeError \(later\.js:3:\d+\)/);
    expect(table).to.match(/desk\s+Widgets in the admin\s+[^\n]*broke while in use: EvalError \(desk\.js:3:\d+\)/);
    expect(table).to.match(/stray\s[^]*broke while in use: SyntaxError \(stray\.js:3:\d+\)/);
    expect(table).to.match(/promise\s[^]*broke while in use: URIError \(promise\.js:3:\d+\)/);
    expect(table).to.match(/never\s[^]*did not answer in time\n/);
    await expectAccessible(tab.page, 'what runs here, with widgets that broke');
  });

  it('lists the events of this shop that were given up, and delivers them again', async () => {
    const { services } = server, here = server.context(), there = await otherShop(server), admin = await server.admin();
    const heard: string[] = [];
    services.dispatcher.register({ name: 'careless', enabled: () => true, handles: { 'test.rang': (ctx) => { heard.push(ctx.shop.key); return Promise.resolve(); } } });
    for (const ctx of [here, here, there, there, there]) {
      const id = newId();
      await services.store.write(ctx, async (unit) => { for (const step of GIVEN_UP) await unit.run(step, { id, now: ctx.now }); });
    }
    expect(await admin.must('GET', '/api/admin/system')).to.have.nested.property('events.dead', 2);
    const { attention } = await admin.must<{ attention: { name: string; count: number }[] }>('GET', '/api/admin/home');
    expect(attention.find(({ name }) => name === 'events-dead')).to.include({ count: 2 });
    const analyst = new HttpClient(server.url, issueStaffToken(services.secrets.key('staff-bearer'), { shop: here.shop.id, staff: 'lin', name: 'Lin', role: 'analyst', exp: Date.now() + 60_000 }));
    expect((await analyst.get('/api/admin/system/events/dead')).status).to.equal(403);
    await using tab = await openAdmin(server, '/system');
    const { page } = tab, table = page.getByRole('table', { name: 'Events given up' });
    await table.getByText('Error: no bell').first().waitFor();
    await table.getByRole('button', { name: 'Deliver again' }).first().click();
    await page.getByText('1 event under way again').waitFor();
    await table.getByText('Error: no bell').nth(1).waitFor({ state: 'detached' });
    await expectAccessible(page, 'what runs here, with events given up');
    await page.getByRole('button', { name: 'Deliver all again' }).click();
    await table.waitFor({ state: 'detached' });
    await server.drain();
    await until('both are delivered', () => heard.length === 2);
    expect(heard).to.deep.equal([here.shop.key, here.shop.key]);
    expect((await services.dispatcher.lag()).dead).to.equal(3);
    services.dispatcher.unregister('careless');
  });

  it('fits on a phone in Chinese', async () => {
    await using tab = await openAdmin(server, '/system', { locale: 'zh-CN', viewport: phone, colorScheme: 'dark' });
    const { page } = tab;
    await page.getByText(/页面与接口自 .* 起暂停/).waitFor();
    await page.locator('gx-system-page summary').filter({ hasText: '粗心' }).click();
    await page.getByText(/启动时中断：RangeError|启动时中断: RangeError/).waitFor();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, 'what runs here in Chinese');
    expect(await shifted(tab)).to.be.at.most(0.02);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.be.at.most(0);
  });
});
