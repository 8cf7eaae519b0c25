import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { settled } from '../../kit/browser.js';
import { ADMIN_TOKEN, expectAccessible, openPage, phone, startTestServer, type PageOptions, type TestPage, type TestServer } from '../../kit/index.js';
import { author, listed, MUG, overview, shown, SOAP, TEA } from './review-fixture.js';

const PANEL = 'reviews-monitor-reviews';

describe('reviews in the admin', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ mode: 'demo' });
    await server.install('reviews-monitor');
  });
  after(() => server.close());

  async function open(query = '', options: PageOptions = {}): Promise<TestPage> {
    const tab = await openPage(options);
    await tab.page.goto(`${server.url}/admin/plugins/reviews-monitor/reviews${query}#token=${ADMIN_TOKEN}`);
    await tab.page.locator(`${PANEL} h1`).waitFor();
    await settled(tab.page);
    return tab;
  }
  const panel = (page: Page) => page.locator(PANEL);
  const row = (page: Page, text: string) => panel(page).locator('.review').filter({ hasText: text });

  it('says in a new shop what will come and how to bring reviews', async () => {
    for (const options of [{ locale: 'en' }, { locale: 'zh-CN', colorScheme: 'dark', viewport: phone }] as const) {
      await using tab = await open('', options);
      await panel(tab.page).getByText(options.locale === 'en' ? 'No reviews yet' : '还没有评价').waitFor();
      expect(await panel(tab.page).locator('gx-chart').count(), 'no empty frames').to.equal(0);
      await expectAccessible(tab.page, `the empty panel in ${options.locale}`);
    }
  });

  describe('with reviews', () => {
    before(async () => {
      await author(server, TEA, { stars: 5, body: 'Wonderful' }, { name: 'Ada Lovelace' });
      await author(server, MUG, { stars: 1, title: '<i>Broken</i>', body: '<script>window.hacked=1</script> It came in pieces' }, { name: 'Eve Adams' });
      await author(server, SOAP, { stars: 2, body: '味道很怪，不会再买' }, { name: '王小明' });
      await author(server, SOAP, { stars: 3, body: 'So so. '.repeat(120) }, { name: 'Long Writer' });
    });

    it('is accessible in both languages, on phone and desktop, light and dark, with charts and with their tables', async () => {
      for (const options of [{ locale: 'en' }, { locale: 'zh-CN', colorScheme: 'dark', viewport: phone }] as const) {
        await using tab = await open('', options);
        await panel(tab.page).locator('.review').first().waitFor();
        await panel(tab.page).locator('gx-chart svg').first().waitFor();
        await expectAccessible(tab.page, `the panel in ${options.locale}`);
        await panel(tab.page).getByRole('button', { name: options.locale === 'en' ? 'Show data' : '查看数据' }).first().click();
        await row(tab.page, 'It came in pieces').getByRole('button', { name: options.locale === 'en' ? 'Reply' : '回复' }).click();
        await panel(tab.page).locator('wa-textarea').waitFor();
        await expectAccessible(tab.page, `the panel at work in ${options.locale}`);
        expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
      }
    });

    it('shows texts as texts and leads to the customer', async () => {
      await using tab = await open();
      const angry = row(tab.page, 'It came in pieces');
      await angry.getByText('<script>window.hacked=1</script>').waitFor();
      await angry.getByRole('heading', { name: '<i>Broken</i>' }).waitFor();
      expect(await tab.page.evaluate(() => (window as { hacked?: number }).hacked)).to.equal(undefined);
      await angry.getByRole('link', { name: 'Eve Adams' }).click();
      await tab.page.waitForURL(/\/admin\/customers\//);
      await tab.page.locator('h1', { hasText: 'Eve Adams' }).waitFor();
    });

    it('answers a complaint by keyboard, takes the answer back, and keeps the focus at the review', async () => {
      await using tab = await open();
      const { page } = tab, angry = row(page, 'It came in pieces');
      await angry.getByRole('button', { name: 'Reply' }).press('Enter');
      await panel(page).locator('wa-textarea').waitFor();
      await panel(page).locator('wa-textarea:focus-within').waitFor();
      await page.keyboard.type('We send you a new one.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await angry.getByText('Reply by Automation').waitFor();
      expect((await shown(server.visitor(), MUG)).items[0]?.reply).to.equal('We send you a new one.');
      await panel(page).getByRole('button', { name: /Waiting/ }).getByText('2').waitFor();
      await angry.getByRole('button', { name: 'Take back' }).click();
      await page.locator('gx-dialog').getByRole('button', { name: 'Take back' }).click();
      await angry.getByRole('button', { name: 'Reply' }).waitFor();
      expect((await shown(server.visitor(), MUG)).items[0]?.reply).to.equal(null);
    });

    it('marks as handled with who and when, hides and shows', async () => {
      await using tab = await open();
      const odd = row(tab.page, '味道很怪');
      await odd.getByRole('button', { name: 'Mark as handled' }).click();
      await odd.getByText(/^Handled by Automation, /).waitFor();
      await odd.getByRole('button', { name: 'Hide' }).click();
      await odd.getByText(/^Hidden by Automation, /).waitFor();
      expect((await shown(server.visitor(), SOAP)).items.some(({ body }) => body.includes('味道很怪'))).to.equal(false);
      await panel(tab.page).getByRole('button', { name: /^Hidden/ }).click();
      await odd.waitFor();
      expect(await panel(tab.page).locator('.review').count()).to.equal(1);
      await odd.getByRole('button', { name: 'Show in shop' }).click();
      await odd.getByRole('button', { name: 'Open again' }).click();
      await odd.getByRole('button', { name: 'Mark as handled' }).waitFor();
      expect((await listed(server, { queue: 'waiting' })).some(({ body }) => body.includes('味道很怪'))).to.equal(true);
      await tab.page.goto(`${server.url}/admin/audit`);
      for (const line of ['Reviews monitor: Review hidden', 'Reviews monitor: Review opened again']) await tab.page.getByText(line).first().waitFor();
    });

    it('filters, keeps the filter over a reload, and says when nothing matches', async () => {
      await using tab = await open('?queue=all');
      const { page } = tab;
      const rows = panel(page).locator('.review');
      expect(await rows.count()).to.equal(4);
      await panel(page).getByLabel('Language').selectOption('zh');
      await row(page, '味道很怪').waitFor();
      await page.waitForFunction(() => location.search.includes('language=zh'));
      await rows.nth(1).waitFor({ state: 'detached' });
      await page.reload();
      await row(page, '味道很怪').waitFor();
      expect(await rows.count()).to.equal(1);
      await panel(page).getByLabel('Search text, author, product').fill('nothing like this');
      await panel(page).getByText('No review matches').waitFor();
      await panel(page).getByRole('button', { name: 'Clear filters' }).click();
      await rows.nth(3).waitFor();
      await panel(page).locator('.bars button').nth(4).click();
      await row(page, 'It came in pieces').waitFor();
      await rows.nth(1).waitFor({ state: 'detached' });
      expect(await panel(page).locator('.bars button').nth(4).getAttribute('aria-pressed')).to.equal('true');
      await panel(page).getByRole('button', { name: 'Clear filters' }).click();
      await panel(page).getByLabel('Product SKU').fill(TEA);
      await row(page, 'Wonderful').waitFor();
      await rows.nth(1).waitFor({ state: 'detached' });
    });

    it('exports what is filtered', async () => {
      await using tab = await open(`?queue=all&sku=${SOAP}`);
      const [download] = await Promise.all([tab.page.waitForEvent('download'), panel(tab.page).getByRole('button', { name: 'Export CSV' }).click()]);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text).to.contain('味道很怪').and.not.to.contain('Wonderful');
    });

    it('writes the same numbers as the server and follows the language of the page', async () => {
      await using tab = await open();
      const numbers = await overview(server, 90);
      const { page } = tab;
      await panel(page).getByText(`4 reviews from`).waitFor();
      expect(numbers.total).to.equal(4);
      await page.getByRole('button', { name: '中文' }).first().click();
      await panel(page).getByRole('heading', { name: '评价', exact: true }).waitFor();
      await panel(page).getByText(`共 ${numbers.total} 条评价：满意 ${numbers.good} 条，不满意 ${numbers.bad} 条。`).waitFor();
      await panel(page).getByRole('button', { name: '标记已处理' }).first().waitFor();
      await page.getByRole('button', { name: 'English' }).first().click();
      await panel(page).getByRole('heading', { name: 'Reviews', exact: true }).waitFor();
    });

    it('says what failed and tries again', async () => {
      await using tab = await openPage({ strict: false });
      let down = true;
      await tab.page.route('**/plugins/reviews-monitor/reviews?*', (route) => (down ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"GX_INTERNAL"}' }) : route.continue()));
      await tab.page.goto(`${server.url}/admin/plugins/reviews-monitor/reviews#token=${ADMIN_TOKEN}`);
      const again = panel(tab.page).locator('#list gx-error').getByRole('button');
      await again.waitFor();
      down = false;
      await again.click();
      await row(tab.page, 'It came in pieces').waitFor();
    });
  });
});
