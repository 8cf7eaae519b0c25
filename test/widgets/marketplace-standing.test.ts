import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, phone, type TestServer } from '../kit/index.js';
import { aged, lifeOf, livesManifest } from '../server/installs/lives-fixture.js';
import { ground, type Ground } from '../server/installs/restarts.js';
import { openAdmin } from './admin-place.js';
import { both, notebook, notebookPlugin, readerPlugin } from './market-fixture.js';

const SHOTS = [{ file: 'list.svg', alt: both('A list of notes', '备注列表') }, { file: 'one.svg', alt: both('One note', '一条备注') }];
const album = notebook({ listing: { ...notebook().listing, screenshots: SHOTS } });
/** Its data cannot be erased at once. */
const cellar = () => notebookPlugin(livesManifest({ id: 'cellar', capabilities: [], personalData: [], settings: {}, jobs: [], listing: { title: both('Cellar', '地窖'), summary: both('Keeps things.', '存放东西。'), icon: 'star', category: 'other' } }), { failing: { onPurge: 99 } });
const card = (page: Page, heading: string) => page.locator(`gx-module-page gx-card[heading="${heading}"]`);
/** Text of a card's terms and what stands beside them. */
const facts = (page: Page, heading: string): Promise<Record<string, string>> => card(page, heading).locator('dl').evaluate((list) =>
  Object.fromEntries([...list.querySelectorAll('dt')].map((term) => [term.textContent ?? '', term.nextElementSibling?.textContent ?? ''])));
const dayOf = (server: TestServer, at: number, locale = 'en'): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: server.context().shop.zone }).format(at);

describe('how a module stands in the shop', function () {
  this.timeout(120_000);
  let place: Ground;
  let server: TestServer;
  before(async () => {
    place = await ground('sqlite');
    server = await place.start([notebookPlugin(album), readerPlugin()]);
    const admin = await server.admin();
    await lifeOf(admin).install(['db', 'customers.read']);
    await server.install('reader');
    await admin.must('POST', '/api/admin/plugins/lives/notes', { words: 'kept' });
  });
  after(async () => { await place[Symbol.asyncDispose](); });

  it('tells who agreed to what and when, and what was declined, in both languages', async () => {
    const { consent } = await lifeOf(await server.admin()).item<{ consent: { at: number; actor: string } }>();
    const when = (locale: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: server.context().shop.zone }).format(consent.at);
    const who = consent.actor.replace(/^staff:/, '');
    expect(who).to.not.equal('');
    for (const [locale, heading, expected, options] of [
      ['en', 'What was agreed to', { 'Agreed by': who, On: when('en'), Version: '1.0.0', Allowed: 'Keep its own tables, Read customers', Declined: 'api.example.com' }, {}],
      ['zh-CN', '授权记录', { 授权人: who, 授权时间: when('zh-CN'), 版本: '1.0.0', 已允许: '保存自己的数据表、读取顾客信息', 未允许: 'api.example.com' }, { viewport: phone, colorScheme: 'dark' }],
    ] as const) {
      await using tab = await openAdmin(server, '/marketplace/lives', { locale, ...options });
      await card(tab.page, heading).waitFor();
      expect(await facts(tab.page, heading)).to.deep.equal(expected);
    }
  });

  it('shows its pictures large, one after the other, by keyboard alone', async () => {
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    const dialog = page.locator('gx-gallery gx-dialog'), opened = page.getByRole('dialog');
    const large = page.getByRole('button', { name: 'Enlarge picture 1: A list of notes' });
    await large.press('Enter');
    await dialog.getByRole('img', { name: 'A list of notes' }).waitFor();
    await expectAccessible(page, 'a large picture');
    await page.keyboard.press('ArrowRight');
    await dialog.getByRole('img', { name: 'One note' }).waitFor();
    await page.getByRole('dialog', { name: 'Picture 2 of 2' }).waitFor();
    await dialog.getByRole('button', { name: 'Next' }).press('Enter');
    await dialog.getByRole('img', { name: 'A list of notes' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'hidden' });
    const again = page.getByRole('button', { name: 'Enlarge picture 2: One note' });
    await page.waitForFunction(() => { let active = document.activeElement; while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement; return active?.classList.contains('big'); });
    await again.press('Enter');
    await dialog.getByRole('img', { name: 'One note' }).waitFor();
  });

  it('waits while another that it needs does not run, and says so wherever it is shown', async () => {
    const { installs } = server.services;
    await installs.suspend(server.context(), 'lives', 'breaker', 'GX_PLUGIN_FAILED');
    await using tab = await openAdmin(server, '/marketplace');
    const { page } = tab;
    await page.locator('article', { hasText: 'Reader' }).getByText('Waiting', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Reader', exact: true }).press('Enter');
    const banner = page.locator('gx-module-page').getByRole('status').filter({ hasText: 'Reader does not run, because it needs: Notebook' });
    await banner.getByText('It runs again by itself').waitFor();
    await expectAccessible(page, 'a module that waits for another');
    await banner.getByRole('link', { name: 'Notebook' }).press('Enter');
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.getByText('Notebook works again').waitFor();
    await page.goto(`${server.url}/admin/marketplace/reader`);
    await page.locator('gx-module-page gx-badge').getByText('On', { exact: true }).waitFor();
    expect(await banner.count()).to.equal(0);
  });

  it('shows the operator whom it called outside, how often and how that went', async () => {
    for (const outcome of ['200', 'GX_OUTBOUND_TIMEOUT']) server.services.outbound.calls.made(server.context().shop, 'lives', 'api.example.com', outcome, 1_200);
    await using tab = await openAdmin(server, '/system');
    const line = tab.page.locator('gx-system-page details').filter({ hasText: 'Notebook' });
    await line.locator('summary').press('Enter');
    expect(await line.getByRole('table', { name: 'Notebook: Outside services it called' }).getByRole('row').filter({ hasText: 'api.example.com' }).innerText()).to.match(/2\s+1\s+1\.2 sec[\s\S]*GX_OUTBOUND_TIMEOUT/);
    await tab.page.getByText(/of [\d,]+ MB of memory/).waitFor();
  });

  it('can be taken out when its code is gone, with what depends on it first, and its data then waits for the purge', async () => {
    await server.close();
    server = await place.start([readerPlugin()]);
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    await page.getByText('The code of Notebook is no longer on this server').waitFor();
    expect(await facts(page, 'Data it keeps')).to.deep.equal({ note: '1 row' });
    expect((await facts(page, 'What was agreed to'))['Allowed']).to.equal('Keep its own tables, Read customers');
    expect(await page.getByRole('button', { name: 'Switch off' }).count()).to.equal(0);
    await expectAccessible(page, 'a module whose code is gone');
    await page.goto(`${server.url}/admin/marketplace/reader`);
    await page.getByRole('alert').getByText('This server could not start Reader.').waitFor();
    const leave = page.locator('gx-leave-dialog');
    await page.getByRole('button', { name: 'Uninstall' }).press('Enter');
    await leave.getByText('It keeps none.').waitFor();
    await leave.getByRole('button', { name: 'Uninstall' }).press('Enter');
    await page.getByText('Reader is uninstalled').first().waitFor();

    await page.goto(`${server.url}/admin/marketplace/lives`);
    await page.getByRole('button', { name: 'Uninstall' }).press('Enter');
    const { keptUntil } = await (await server.admin()).must<{ keptUntil: number }>('GET', '/api/admin/marketplace/lives/leave');
    await leave.getByText('1 row · 1 table').waitFor();
    await leave.getByText(dayOf(server, keptUntil)).waitFor();
    await leave.getByText('30 days').waitFor();
    await leave.getByText('so it cannot be brought back').waitFor();
    await expectAccessible(page, 'uninstalling a module whose code is gone');
    await leave.getByRole('button', { name: 'Uninstall' }).press('Enter');
    await page.getByText(`Uninstalled. Its data is kept until ${dayOf(server, keptUntil)}.`).waitFor();
    expect(await page.getByRole('button', { name: 'Bring back' }).count()).to.equal(0);
    await page.goto(`${server.url}/admin/marketplace`);
    await page.locator('article', { hasText: 'Notebook' }).getByText(`Its data is kept until ${dayOf(server, keptUntil)}`).waitFor();

    const { installs, purges } = server.services, ctx = server.context();
    // A week more than promised: its last hooks are waited for, in case its code comes back.
    await aged(server, 39);
    await installs.purge(ctx, installs.of(ctx.shop.id, 'lives')!, async (inner, id) => { await purges.purge(inner, id); });
    await page.goto(`${server.url}/admin/privacy`);
    await page.getByRole('button', { name: /Notebook/ }).press('Enter');
    await page.getByRole('menuitem', { name: 'Show receipt' }).press('Enter');
    const receipt = page.locator('gx-receipt-dialog');
    await receipt.getByText('note', { exact: true }).waitFor();
  });

  it('says that its data is being erased, what is in the way of that, and when it was done, in both languages', async () => {
    await server.close();
    server = await place.start([cellar()]);
    const life = lifeOf(await server.admin(), 'cellar'), { installs, purges } = server.services, ctx = server.context();
    const purge = () => installs.purge(ctx, installs.of(ctx.shop.id, 'cellar')!, async (inner, id) => { await purges.purge(inner, id); });
    await life.install();
    await life.uninstall();
    await aged(server, 31, 'cellar');
    await purge();
    const places = [['en', {}, ['Its data is being erased.', 'The last attempt failed: onPurge: onPurge failed on purpose'], 'Install', 'its data was erased on'], ['zh-CN', { viewport: phone, colorScheme: 'dark' }, ['正在清除数据。', '上次尝试失败：onPurge: onPurge failed on purpose'], '安装', '清除。']] as const;
    for (const [locale, options, texts, install] of places) {
      await using tab = await openAdmin(server, '/marketplace/cellar', { locale, ...options });
      for (const text of texts) await tab.page.getByText(text).waitFor();
      expect(await tab.page.locator('gx-progress').count(), 'it is not being set up').to.equal(0);
      expect(await tab.page.getByRole('button', { name: install, exact: true }).count()).to.equal(0);
      await expectAccessible(tab.page, `a module whose data is being erased, ${locale}`);
    }
    await aged(server, 8, 'cellar');
    await purge();
    for (const [locale, options, , install, erased] of places) {
      await using tab = await openAdmin(server, '/marketplace/cellar', { locale, ...options });
      await tab.page.locator('gx-module-page').getByRole('status').filter({ hasText: erased }).getByText(dayOf(server, server.context().now, locale)).waitFor();
      await tab.page.getByRole('button', { name: install, exact: true }).waitFor();
    }
  });
});
