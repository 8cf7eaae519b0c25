import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { RuntimeSite } from './runtime-site.js';

const imports = `import { PluginElement } from 'guanxi/widgets'; import { html, LitElement } from 'lit';`;
const widget = (body: string): string => `${imports}\nexport default class extends PluginElement {\n${body}\n}`;

/** Every way to break that we know of, and the phase in which the outlet has to notice it. */
const hostile: readonly (readonly [name: string, phase: string, code: string])[] = [
  ['throws-on-import', 'import', `throw new Error('at import');`],
  ['syntax-error', 'import', `export default class {`],
  ['missing-export', 'import', `import { NoSuchThing } from 'guanxi/widgets'; export default NoSuchThing;`],
  ['unmapped', 'import', `import 'left-pad'; export default class extends HTMLElement {}`],
  ['no-default', 'contract', `export const nothing = 1;`],
  ['not-an-element', 'contract', `export default class { render() {} }`],
  ['not-a-class', 'contract', `export default { render() {} };`],
  ['defines-itself', 'contract', `${imports} export default class D extends PluginElement {} customElements.define('bad-defines-itself', D);`],
  ['defines-elsewhere', 'contract', `${imports} export default class D extends PluginElement {} customElements.define('anything-else', D);`],
  ['tag-taken', 'contract', `customElements.define('bad-tag-taken', class extends HTMLElement {}); export default class extends HTMLElement {}`],
  ['throws-in-constructor', 'construct', widget(`constructor() { super(); throw new Error('constructor'); }`)],
  ['throws-when-connected', 'render', widget(`connectedCallback() { super.connectedCallback(); throw new Error('connected'); }`)],
  ['throws-in-first-render', 'render', widget(`render() { return this.context.data.no.such.thing; }`)],
  ['throws-in-first-render-of-plain-lit', 'render', `${imports} export default class extends LitElement { render() { throw new Error('plain'); } }`],
  ['never-updates', 'timeout', widget(`getUpdateComplete() { return new Promise(() => {}); }`)],
];

describe('outlet: whatever a widget does, the page lives on', function () {
  this.timeout(60_000);
  let site: RuntimeSite;
  before(async () => {
    site = await RuntimeSite.start();
    for (const [name, , code] of hostile) site.script(`/bad/${name}.js`, code);
    site.routes.set('/bad/hangs.js', { silent: true });
    site.routes.set('/bad/login-page.js', { type: 'text/html', body: '<h1>Please sign in</h1>' });
    site.script('/good/clock.js', widget(`static properties = { tick: { type: Number } }; constructor() { super(); this.tick = 0; }
      render() { if (this.tick === 13) throw new Error('unlucky'); return html\`<h2>\${this.t('title')}</h2><p>tick \${this.tick}</p><button @click=\${() => this.tick++}>More</button>\`; }`));
    site.routes.set('/good/en.json', { body: { title: 'Clock' } });
    site.routes.set('/good/zh.json', { body: { title: '时钟' } });
    site.script('/start.js', `
      import { Outlet } from '/runtime/v1/${site.manifest.entries['outlet']?.file}';
      customElements.define('gx-outlet', Outlet);
      const api = { get: async () => ({}) };
      window.environment = (locale) => ({ surface: 'admin', locale, shop: { name: 'Shop', currency: 'CNY', currencyDigits: { JPY: 0 }, zone: 'Asia/Shanghai' }, viewer: () => ({ kind: 'staff' }), core: api, apiFor: () => api });
      window.failures = [];
      addEventListener('gx-outlet-failed', (event) => window.failures.push(event.detail));
      window.show = (listing, timeout = 10000) => {
        const outlet = document.createElement('gx-outlet');
        Object.assign(outlet, { listing: { slot: 'page', runtime: 1, title: listing.name, settings: {}, tag: listing.plugin + '-' + listing.name, ...listing }, environment: window.environment('en'), timeout });
        document.querySelector('main').append(outlet);
        return new Promise((done) => { outlet.addEventListener('gx-outlet-ready', () => done('ready')); outlet.addEventListener('gx-outlet-failed', (event) => done(event.detail.phase)); });
      };
      window.started = true;`);
    site.page('/outlets', '<main><h1>Page</h1><button id="alive">0</button></main><script type="module" src="/start.js"></script><script type="module" src="/alive.js"></script>', { map: true });
    site.script('/alive.js', `const button = document.querySelector('#alive'); button.onclick = () => { button.textContent = Number(button.textContent) + 1; };`);
  });
  after(() => site.stop());

  async function open(): Promise<Awaited<ReturnType<typeof openPage>>> {
    const tab = await openPage({ strict: false });
    await tab.page.goto(`${site.url}/outlets`);
    await tab.page.waitForFunction('window.started');
    return tab;
  }
  const show = (page: Page, listing: object, timeout?: number): Promise<string> =>
    page.evaluate(([given, ms]) => (window as unknown as { show(l: unknown, t?: number): Promise<string> }).show(given, ms ?? undefined), [listing, timeout] as const);
  const clock = { plugin: 'good', name: 'clock', url: '/good/clock.js', stringsUrl: '/good/en.json', title: 'Clock' };

  it('shows a card for each hostile widget and keeps a good one and the page alive', async () => {
    await using tab = await open();
    const { page } = tab;
    expect(await show(page, clock)).to.equal('ready');
    for (const [name, phase] of hostile) expect(await show(page, { plugin: 'bad', name, url: `/bad/${name}.js` }, 1000), name).to.equal(phase);
    expect(await show(page, { plugin: 'bad', name: 'missing', url: '/bad/missing.js' }), '404').to.equal('import');
    expect(await show(page, { plugin: 'bad', name: 'login-page', url: '/bad/login-page.js' }), 'html answer').to.equal('import');
    expect(await show(page, { plugin: 'bad', name: 'hangs', url: '/bad/hangs.js' }, 300), 'no answer').to.equal('timeout');
    expect(await show(page, { plugin: 'bad', name: 'no-strings', url: '/good/clock.js', stringsUrl: '/good/none.json' }), 'no texts').to.equal('import');
    const cards = page.getByRole('alert').filter({ hasText: 'is not available' });
    expect(await cards.count()).to.equal(hostile.length + 4);
    expect(await cards.first().getByRole('button', { name: 'Try again' }).count()).to.equal(1);
    await page.click('#alive');
    expect(await page.textContent('#alive')).to.equal('1');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByText('tick 1', { exact: true }).waitFor();
    await expectAccessible(page, 'cards of failed widgets');
  });

  it('refuses a widget made for another runtime before it is downloaded', async () => {
    await using tab = await open();
    site.script('/bad/future.js', 'export default class extends HTMLElement {}');
    expect(await show(tab.page, { plugin: 'bad', name: 'future', url: '/bad/future.js', runtime: 2 })).to.equal('version');
    expect(site.calls('/bad/future.js')).to.have.length(0);
  });

  it('replaces a widget that breaks later, and starts it again on request', async () => {
    await using tab = await open();
    const { page } = tab;
    expect(await show(page, clock)).to.equal('ready');
    await page.evaluate(() => { Object.assign(document.querySelector('gx-outlet')?.shadowRoot?.querySelector('good-clock') ?? {}, { tick: 13 }); });
    await page.getByRole('alert').filter({ hasText: 'stopped while it was in use' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('tick 0', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).to.equal(0);
  });

  it('switches a widget off for the session after three failures', async () => {
    await using tab = await open();
    const { page } = tab;
    const bad = { plugin: 'bad', name: 'throws-in-constructor', url: '/bad/throws-in-constructor.js' };
    await show(page, bad);
    for (let time = 0; time < 2; time++) {
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForFunction((count) => (window as unknown as { failures: unknown[] }).failures.length === count, time + 2);
    }
    await page.getByText('stays off').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).to.equal(0);
    await page.reload();
    await page.waitForFunction('window.started');
    await page.evaluate((listing) => void (window as unknown as { show(l: unknown): Promise<string> }).show(listing), bad);
    await page.getByText('stays off').waitFor();
  });

  it('heals by itself what the network broke, when asked again', async () => {
    await using tab = await open();
    const { page } = tab;
    const listing = { plugin: 'good', name: 'late', url: '/good/late.js' };
    site.routes.set('/good/late.js', { status: 503, body: 'later' });
    expect(await show(page, listing)).to.equal('import');
    site.script('/good/late.js', widget(`render() { return html\`<p>here now</p>\`; }`));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('here now').waitFor();
  });

  it('passes another language and other data on to the running widget without starting it again', async () => {
    await using tab = await open();
    const { page } = tab;
    await show(page, clock);
    await page.getByRole('button', { name: 'More' }).click();
    await page.evaluate(() => {
      const outlet = document.querySelector('gx-outlet') as unknown as { listing: object; environment: unknown };
      outlet.environment = (window as unknown as { environment(l: string): unknown }).environment('zh-CN');
      outlet.listing = { ...outlet.listing, stringsUrl: '/good/zh.json' };
    });
    await page.getByRole('heading', { name: '时钟' }).waitFor();
    expect(await page.getByText('tick 1', { exact: true }).count()).to.equal(1);
  });

  it('draws a built widget anew when a property changes', async () => {
    await using tab = await open();
    const { page } = tab;
    expect(await show(page, { plugin: 'sample', name: 'panel', url: '/sample/panel.js', stringsUrl: '/sample/locales/admin.en.json' })).to.equal('ready');
    await page.getByRole('heading', { name: 'Panel for Shop' }).waitFor();
    await page.evaluate(() => { Object.assign(document.querySelector('gx-outlet')?.shadowRoot?.querySelector('sample-panel') ?? {}, { rows: ['c', 'a', 'd'] }); });
    await page.getByText('d', { exact: true }).waitFor();
    expect(await page.locator('sample-panel li').allTextContents()).to.deep.equal(['c', 'a', 'd']);
    expect(await page.evaluate(() => (window as unknown as { litElementVersions: string[] }).litElementVersions.length)).to.equal(1);
  });
});
