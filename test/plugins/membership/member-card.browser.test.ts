import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { expectAccessible, openPage, phone, startTestServer, type PageOptions, type Shopper, type TestPage, type TestServer } from '../../kit/index.js';
import { available, startTasks } from './member-fixture.js';

interface CardTab extends TestPage { readonly widget: Locator }

describe('the member card on the storefront', function () {
  this.timeout(90_000);
  let server: TestServer;
  before(async () => { server = await startTestServer(); await server.install('membership'); await startTasks(server); });
  after(() => server.close());
  afterEach(() => server.integrity());

  async function open({ as, lang = 'en', ...options }: PageOptions & { readonly as?: Shopper; readonly lang?: 'en' | 'zh-CN' } = {}): Promise<CardTab> {
    const tab = await openPage(options);
    if (as?.bearer) await tab.page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, as.bearer);
    await tab.page.goto(`${server.url}/demo/club?lang=${lang}`);
    await tab.page.locator('[data-guanxi=member-card]').scrollIntoViewIfNeeded();
    const widget = tab.page.locator('membership-member-card');
    await widget.locator('.face').waitFor();
    return { ...tab, widget };
  }

  it('says in plain words what is left to the next tier, and lets a member do the tasks by keyboard', async () => {
    const member = await server.shopper();
    await server.order(member, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    await using tab = await open({ as: member, strict: false });
    const { widget, page } = tab;
    await widget.getByText('To become VIP: spend ¥832.00 more or place 2 more orders').waitFor();
    await expectAccessible(page, 'the card of a member');
    await widget.getByRole('button', { name: 'Follow: Follow the shop' }).press('Enter');
    await widget.getByText('50 points are in your account.').waitFor();
    await widget.getByRole('button', { name: 'Enter: Tell your birthday' }).press('Enter');
    await widget.getByLabel('Month').selectOption({ label: 'February' });
    await widget.locator('[name=day]').selectOption('30');
    await widget.getByRole('button', { name: 'Save' }).press('Enter');
    await widget.getByText('There is no such day or year. Please check it.').waitFor();
    await expectAccessible(page, 'the form with a mistake');
    await widget.locator('[name=day]').selectOption('29');
    await widget.getByRole('button', { name: 'Save' }).press('Enter');
    await widget.getByText('60 points are in your account.').waitFor();
    expect(await widget.locator('form').count()).to.equal(0);
    expect(await available(member)).to.equal(110);
    for (let n = 0; n < 3; n++) await server.order(member, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    await page.reload();
    await widget.getByText('¥8.40 saved so far').waitFor();
  });

  it('shows a visitor on a phone what signing in would bring, in Chinese, without scrolling sideways', async () => {
    await using tab = await open({ viewport: phone, lang: 'zh-CN', colorScheme: 'dark' });
    const { widget, page } = tab;
    await widget.getByText('人人都是会员，登录后你是').waitFor();
    await widget.getByText('VIP权益').click();
    await widget.getByText('标价优惠 5%').waitFor();
    await widget.getByRole('button', { name: '登录' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).to.equal(true);
    await expectAccessible(page, 'the card of a visitor');
  });
});
