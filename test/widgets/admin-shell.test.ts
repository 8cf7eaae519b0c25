import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { expectAccessible, openPage, phone, type TestServer } from '../kit/index.js';
import { openAdmin, sharedAdminServer } from './admin-place.js';

describe('the admin\'s shell', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await sharedAdminServer(); });

  it('takes the token out of the address and keeps the session in the tab', async () => {
    await using tab = await openAdmin(server, '');
    expect(tab.page.url()).to.equal(`${server.url}/admin`);
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: 'Home' }).waitFor();
    expect(await tab.page.evaluate(() => document.cookie + JSON.stringify(localStorage))).not.to.contain('bearer');
  });

  it('asks for a token when there is none and says so when it is refused', async () => {
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${server.url}/admin`);
    await tab.page.getByRole('heading', { name: 'Sign in to Guanxi' }).waitFor();
    await expectAccessible(tab.page, 'the sign-in page');
    await tab.page.getByLabel('Admin link or token').fill('a-token-that-nobody-has-made');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByText('This link is not valid any more.').waitFor();
  });

  it('goes back to the sign-in page when the session ends', async () => {
    await using tab = await openAdmin(server, '/customers', { strict: false });
    await tab.page.evaluate(() => sessionStorage.setItem('guanxi.admin.bearer', 'stale'));
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  });

  it('moves focus to the title of the page that was opened, and back again', async () => {
    await using tab = await openAdmin(server, '');
    await tab.page.getByRole('link', { name: 'Orders', exact: true }).first().press('Enter');
    await tab.page.locator('gx-orders-page h1:focus').waitFor();
    expect(await tab.page.title()).to.match(/^Orders · /);
    await tab.page.goBack();
    await tab.page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  it('lets the keyboard skip the navigation', async () => {
    await using tab = await openAdmin(server, '');
    await tab.page.keyboard.press('Tab');
    await tab.page.getByRole('link', { name: 'Skip to content' }).press('Enter');
    expect(await tab.page.evaluate(() => document.querySelector('gx-admin')?.shadowRoot?.activeElement?.id)).to.equal('main');
  });

  it('changes language and colours in place and remembers them', async () => {
    await using tab = await openAdmin(server, '/marketplace');
    await tab.page.getByRole('button', { name: '中文' }).click();
    await tab.page.getByRole('heading', { name: '模块市场' }).waitFor();
    await tab.page.getByRole('button', { name: '深色' }).click();
    expect(await tab.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).to.equal('dark');
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: '模块市场' }).waitFor();
    expect(await tab.page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']])).to.deep.equal(['zh-CN', 'dark']);
  });

  it('opens the navigation as a drawer on a phone', async () => {
    await using tab = await openAdmin(server, '', { viewport: phone });
    await tab.page.getByRole('button', { name: 'Open navigation' }).click();
    await tab.page.locator('wa-drawer').getByRole('link', { name: 'Customers' }).click();
    await tab.page.getByRole('heading', { name: 'Customers' }).waitFor();
    await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('keeps a panel\'s failure inside its card', async () => {
    await using tab = await openAdmin(server, '', { strict: false });
    const bootstrap = await (await server.admin()).must<{ widgets: { plugin: string; name: string; slot: string; url: string }[] }>('GET', '/api/admin/bootstrap');
    const panel = bootstrap.widgets.find((widget) => widget.slot === 'page');
    if (!panel) throw new Error('No enabled plugin has a page.');
    await tab.page.route(`**${panel.url}`, (route) => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("broken on purpose")' }));
    await tab.page.locator(`gx-admin-nav a[href="/admin/plugins/${panel.plugin}/${panel.name}"]`).first().click();
    await tab.page.locator('gx-outlet [role=alert] button').waitFor();
    await expectAccessible(tab.page, 'a failed panel');
    const told = async () => (await (await server.admin()).must<{ plugins: { id: string; handlers: { surface: string; name: string; failures: number; lastError: { code: string; text: string } | null }[] }[] }>('GET', '/api/admin/system/plugins'))
      .plugins.find(({ id }) => id === panel.plugin)?.handlers.find(({ surface }) => surface === 'widget');
    while (!await told()) await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect(await told(), 'the page "What runs here" names it, and quotes nothing').to.deep.include({ name: panel.name, failures: 1 });
    expect((await told())?.lastError).to.deep.include({ code: 'GX_WIDGET_FAILED', text: `import: Error (${panel.url.split('/').at(-1)}:1:7)` });
    await tab.page.goto(`${server.url}/admin/system`);
    await tab.page.locator('summary').filter({ hasText: '1 failure' }).first().click();
    await tab.page.getByText('Widgets in the admin').first().waitFor();
    await expectAccessible(tab.page, 'what runs here, with a failed widget');
    await tab.page.getByRole('link', { name: 'Orders', exact: true }).first().click();
    await tab.page.getByRole('heading', { name: 'Orders' }).waitFor();
  });

  it('offers to try again when the network is gone', async () => {
    await using tab = await openAdmin(server, '', { strict: false });
    await tab.page.route('**/api/admin/orders*', (route) => route.abort());
    await tab.page.getByRole('link', { name: 'Orders', exact: true }).first().click();
    await tab.page.getByText('You seem to be offline.').waitFor();
    await tab.page.unroute('**/api/admin/orders*');
    await tab.page.getByRole('button', { name: 'Try again' }).click();
    await tab.page.getByRole('table', { name: 'Orders' }).waitFor();
  });

  it('loads at most 120 KB of code before the first page shows', async () => {
    await using tab = await openPage();
    const scripts: Promise<Buffer>[] = [];
    tab.page.on('response', (response) => { if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.body()); });
    await tab.page.goto(`${server.url}/admin#token=test-admin-token-that-is-long-enough`);
    await tab.page.getByRole('heading', { name: 'Home' }).waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
    expect(bytes).to.be.at.most(120 * 1024);
  });
});
