import { expect } from 'chai';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expectAccessible } from '../kit/axe.js';
import { openPage, phone } from '../kit/browser.js';
import { packageRoot } from '../kit/package-root.js';
import type { WidgetContext } from '../../widgets/runtime/context.js';
import { measure } from '../../widgets/build/budgets.js';
import { RuntimeSite, type Seen } from './runtime-site.js';

const shop = { name: 'Tea House', currency: 'CNY', currencyDigits: { JPY: 0 }, zone: 'Asia/Shanghai' };

describe('storefront: loader, guests and calls', function () {
  this.timeout(60_000);
  let site: RuntimeSite;
  before(async () => {
    site = await RuntimeSite.start();
  });
  after(() => site.stop());
  beforeEach(() => {
    site.seen.length = 0;
    const listing = { plugin: 'sample', name: 'hello', tag: 'sample-hello', slot: 'product-below', url: '/sample/hello.js', runtime: 1, title: 'Hello', minHeight: 260, settings: {} };
    site.routes.set('/api/storefront/bootstrap', ({ headers, query }: Seen) => headers.authorization === 'Bearer stale' ? { status: 401, body: { code: 'GX_TOKEN_EXPIRED' } } : {
      body: {
        shop, locale: query.get('locale'), viewer: headers.authorization ? { kind: 'member', personId: 'p1' } : { kind: 'visitor' }, runtimeUrl: `/runtime/v1/${site.manifest.entries['storefront']?.file}`,
        widgets: [
          { ...listing, stringsUrl: `/sample/locales/storefront.${query.get('locale')}.json` },
          { ...listing, name: 'broken', tag: 'sample-broken', slot: 'broken', url: '/sample/broken.js' },
        ],
      },
    });
    site.routes.set('/api/storefront/plugins/sample/count', { body: { count: 1 } });
    site.routes.set('/api/storefront/plugins/sample/presses', { body: { count: 2 } });
    site.routes.set('POST /api/storefront/guests', { status: 201, body: { bearer: 'guest-bearer', personId: 'g1' } });
    page('/shop', '<main><h1>Shop</h1><div data-guanxi="product-below" data-sku="TEA-1" data-min-height="260"></div><p id="below">Below</p></main>');
  });
  const page = (path: string, body: string, options: { lang?: string; css?: string } = {}): void =>
    site.page(path, `${body}<script defer src="/runtime/v1/loader.js"></script>`, options);
  const press = (tab: Page): Promise<void> => tab.getByRole('button', { name: 'Count' }).click();
  const presses = (): Seen[] => site.calls('/api/storefront/plugins/sample/presses');

  it('shows a widget under a strict content policy with one call of the API, and is accessible', async () => {
    await using tab = await openPage({ viewport: phone });
    await tab.page.goto(`${site.url}/shop`);
    await tab.page.getByText('You have 1 point', { exact: true }).waitFor();
    await tab.page.getByRole('heading', { name: 'Hello, Tea House' }).waitFor();
    expect(site.calls('/api/storefront/bootstrap')).to.have.length(1);
    expect(site.calls('/api/storefront/plugins/sample/count')[0]?.query.get('sku')).to.equal('TEA-1');
    const money = await tab.page.locator('sample-hello').evaluate((widget) => { const { format } = (widget as HTMLElement & { context: WidgetContext }).context; return [format.money(199_050, 'HUF'), format.money(1_234, 'JPY')]; });
    expect(money, 'digits as the server counts them, whatever the browser\'s own table says').to.deep.equal(['Ft\u00a01,990.50', '¥1,234']);
    const background = await tab.page.getByRole('button', { name: 'Count' }).evaluate((button) => getComputedStyle(button).backgroundColor);
    expect(background).to.equal('rgb(180, 35, 24)');
    await expectAccessible(tab.page, 'a storefront page with a widget');
  });

  it('stays within its budgets', () => {
    const sizes = Object.fromEntries(measure(site.browserFolder, join(packageRoot, 'dist/test/fixtures/plugins')).map(({ what, bytes, limit }) => [what, { bytes, limit }]));
    for (const what of ['storefront: loader', 'storefront widget: sample hello', 'storefront, as the first on a page: sample hello', 'admin panel: sample panel']) {
      expect(sizes[what]?.bytes, what).to.be.greaterThan(100).and.at.most(sizes[what]?.limit ?? 0);
    }
    expect(site.manifest.entries['storefront']?.preload, 'the runtime is one file').to.deep.equal([]);
  });

  it('moves nothing: cumulative layout shift is 0 with an empty and with a full cache', async () => {
    page('/shift', '<main><h1>Shop</h1><div data-guanxi="product-below" data-sku="TEA-1" data-min-height="260"></div><p>Below</p></main>', { css: '[data-guanxi] { min-height: 260px; }' });
    await using tab = await openPage({ viewport: phone });
    await tab.page.addInitScript(() => {
      const kept = window as unknown as { shift: number };
      kept.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) kept.shift += (entry as unknown as { value: number }).value; }).observe({ type: 'layout-shift', buffered: true });
    });
    for (let time = 0; time < 2; time++) {
      await tab.page.goto(`${site.url}/shift`);
      await tab.page.getByText('You have 1 point', { exact: true }).waitFor();
      await tab.page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
      expect(await tab.page.evaluate(() => (window as unknown as { shift: number }).shift)).to.equal(0);
    }
  });

  it('speaks the page’s language and fills gaps of a translation from English', async () => {
    page('/zh', '<main><h1>店</h1><div data-guanxi="product-below"></div></main>', { lang: 'zh-Hans' });
    await using tab = await openPage();
    await tab.page.goto(`${site.url}/zh`);
    await tab.page.getByText('你有 1 积分').waitFor();
    await tab.page.getByText('visitor Only in English').waitFor();
  });

  it('makes a guest with the first press, once, and keeps the bearer', async () => {
    await using tab = await openPage();
    await tab.page.goto(`${site.url}/shop`);
    await tab.page.getByText('You have 1 point', { exact: true }).waitFor();
    await press(tab.page);
    await tab.page.getByText('You have 2 points').waitFor();
    await press(tab.page);
    await tab.page.waitForFunction(() => localStorage.getItem('gx-shopper') === 'guest-bearer');
    expect(site.calls('/api/storefront/guests')).to.have.length(1);
    expect(presses().map(({ headers }) => headers.authorization)).to.include('Bearer guest-bearer');
    expect(site.calls('/api/storefront/guests')[0]?.headers['idempotency-key']).to.be.a('string');
  });

  it('repeats a call that got no answer with the same key, and a new press has a new key', async () => {
    let cuts = 2;
    site.routes.set('/api/storefront/plugins/sample/presses', () => (cuts-- > 0 ? { cut: true } : { body: { count: 7 } }));
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${site.url}/shop`);
    await press(tab.page);
    await tab.page.getByText('You have 7 points').waitFor();
    const keys = presses().map(({ headers }) => headers['idempotency-key']);
    expect(keys.length).to.be.greaterThanOrEqual(3);
    expect(new Set(keys).size).to.equal(1);
    await press(tab.page);
    await tab.page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('gx-key')));
    expect(new Set(presses().map(({ headers }) => headers['idempotency-key'])).size).to.equal(2);
  });

  it('keeps the key of an unanswered press across a reload', async () => {
    site.routes.set('/api/storefront/plugins/sample/presses', { cut: true });
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${site.url}/shop`);
    await press(tab.page);
    await tab.page.getByText('No connection. Please try again.').waitFor();
    site.routes.set('/api/storefront/plugins/sample/presses', { body: { count: 9 } });
    await tab.page.reload();
    await press(tab.page);
    await tab.page.getByText('You have 9 points').waitFor();
    expect(new Set(presses().map(({ headers }) => headers['idempotency-key'])).size).to.equal(1);
  });

  it('says what went wrong: the widget’s own sentence for a code, else one for the kind', async () => {
    await using tab = await openPage({ strict: false });
    site.routes.set('/api/storefront/plugins/sample/presses', { status: 422, body: { code: 'GX_SAMPLE', detail: 'no' } });
    await tab.page.goto(`${site.url}/shop`);
    await press(tab.page);
    await tab.page.getByText('The sample refused.').waitFor();
    site.routes.set('/api/storefront/plugins/sample/presses', { status: 409, body: { code: 'GX_OTHER', title: 'short', detail: 'Somebody was faster.' } });
    await press(tab.page);
    await tab.page.getByText('Somebody was faster.').waitFor();
    site.routes.set('/api/storefront/plugins/sample/presses', { status: 503, type: 'text/html', body: '<h1>busy</h1>', headers: { 'retry-after': '30' } });
    const before = presses().length;
    await press(tab.page);
    await tab.page.getByText('Too many people at once').waitFor();
    expect(presses().length - before, 'a server that asks for half a minute is not pressed again').to.equal(1);
  });

  it('starts anew when the shopper signs in, and as a visitor when a bearer is no longer good', async () => {
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${site.url}/shop`);
    await tab.page.getByText('visitor Only').waitFor();
    await tab.page.evaluate(() => { localStorage.setItem('gx-shopper', 'member'); dispatchEvent(new Event('guanxi:identity')); });
    await tab.page.getByText('member Only').waitFor();
    site.routes.set('/api/storefront/plugins/sample/presses', { status: 401, body: { code: 'GX_TOKEN_EXPIRED' } });
    await press(tab.page);
    await tab.page.getByText('visitor Only').waitFor();
    expect(await tab.page.evaluate(() => localStorage.getItem('gx-shopper'))).to.equal(null);
    await tab.page.evaluate(() => { localStorage.setItem('gx-shopper', 'stale'); });
    await tab.page.reload();
    await tab.page.getByText('visitor Only').waitFor();
  });

  it('leaves the place of a failed widget empty and says so in an event; closes a slot that nobody fills', async () => {
    page('/broken', '<main><h1>Shop</h1><div data-guanxi="broken" data-min-height="100"></div><div data-guanxi="nobody" data-min-height="100"></div><div data-guanxi="product-below"></div></main>');
    await using tab = await openPage({ strict: false });
    await tab.page.addInitScript(() => { addEventListener('guanxi:failed', (event) => { (window as unknown as { failed: unknown }).failed = (event as CustomEvent<unknown>).detail; }); });
    await tab.page.goto(`${site.url}/broken`);
    await tab.page.getByText('You have 1 point', { exact: true }).waitFor();
    await tab.page.waitForFunction('window.failed');
    expect(await tab.page.evaluate('window.failed')).to.include({ plugin: 'sample', widget: 'broken', phase: 'import' });
    expect(await tab.page.locator('[data-guanxi=broken]').isVisible()).to.equal(false);
    expect(await tab.page.locator('[data-guanxi=nobody]').evaluate((mount) => (mount as HTMLElement).offsetHeight)).to.equal(0);
  });

  it('loads nothing for a mount far below the screen, and finds mounts that come later', async () => {
    page('/far', '<main><h1>Shop</h1><div id="tall"></div><div id="far" data-guanxi="product-below"></div></main>', { css: '#tall { height: 5000px; }' });
    await using tab = await openPage();
    await tab.page.goto(`${site.url}/far`, { waitUntil: 'networkidle' });
    expect(site.calls('/api/storefront/bootstrap')).to.have.length(0);
    await tab.page.evaluate(() => {
      document.querySelector('h1')?.insertAdjacentHTML('afterend', '<div id="new" data-guanxi="product-below"></div>');
      dispatchEvent(new Event('guanxi:rescan'));
    });
    await tab.page.locator('#new').getByText('You have 1 point', { exact: true }).waitFor();
    expect(await tab.page.locator('#far *').count()).to.equal(0);
    await tab.page.locator('#far').scrollIntoViewIfNeeded();
    await tab.page.locator('#far').getByText('You have 1 point', { exact: true }).waitFor();
    expect(site.calls('/api/storefront/bootstrap')).to.have.length(1);
  });
});
