import { expect } from 'chai';
import { walkTo } from '../kit/admin-walk.js';
import { settled } from '../kit/browser.js';
import { expectAccessible, phone, type TestPage, type TestServer } from '../kit/index.js';
import { openAdmin, sharedAdminServer, shifted, standStill } from './admin-place.js';

const pages: readonly (readonly [path: string, en: string, zh: string])[] = [
  ['', 'Home', '首页'], ['/customers', 'Customers', '顾客'], ['/orders', 'Orders', '订单'], ['/economy', 'Points economy', '积分经济'], ['/activities', 'Activities', '活动'], ['/marketplace', 'Marketplace', '模块市场'],
  ['/imports', 'Import data', '导入数据'], ['/audit', 'Audit log', '操作记录'], ['/privacy', 'Privacy', '隐私'], ['/system', 'What runs here', '运行状况'], ['/settings', 'Settings', '设置'], ['/nowhere', 'Page not found', '找不到页面'],
];

describe('the admin\'s pages', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await sharedAdminServer(); });

  async function isWell(tab: TestPage, path: string, heading: string): Promise<void> {
    expect(await tab.page.locator('h1').first().innerText()).to.equal(heading);
    await settled(tab.page);
    await expectAccessible(tab.page, path || '/');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  }

  for (const [path, en] of pages) {
    it(`shows ${path || '/'} in English on a desk, by its address, accessible and still`, async () => {
      await using tab = await openAdmin(server, path, { locale: 'en', colorScheme: 'light' });
      await isWell(tab, path, en);
    });
  }

  // One document for all of them: each is reached from the one before, as a merchant does it.
  describe('in Chinese, on a phone, in the dark', () => {
    let tab: TestPage;
    before(async () => { tab = await openAdmin(server, '', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone }); });
    after(() => tab.close());

    for (const [path, , zh] of pages) {
      it(`shows ${path || '/'}, accessible and still`, async () => {
        if (path) { await standStill(tab); await walkTo(tab.page, path); }
        await tab.page.locator('h1', { hasText: zh }).first().waitFor();
        expect(new URL(tab.page.url()).pathname).to.equal(`/admin${path}`);
        await isWell(tab, path, zh);
      });
    }
  });

  it('shows a customer with points, orders and a timeline', async () => {
    await using tab = await openAdmin(server, '/customers');
    await tab.page.locator('gx-table a.row').first().click();
    await tab.page.getByRole('heading', { name: 'Points statement' }).waitFor();
    await expectAccessible(tab.page, 'a customer');
    await tab.page.getByRole('button', { name: 'Adjust' }).click();
    await tab.page.getByLabel('Points', { exact: true }).fill('25');
    await tab.page.getByRole('button', { name: 'Save adjustment' }).click();
    await tab.page.getByText('Say why, in a few words.').waitFor();
    await tab.page.getByLabel('Reason').fill('Late parcel');
    await expectAccessible(tab.page, 'the adjustment dialog');
    await tab.page.getByRole('button', { name: 'Save adjustment' }).click();
    await tab.page.getByText('Points adjusted').waitFor();
    await tab.page.getByText('Late parcel').first().waitFor();
  });
});
