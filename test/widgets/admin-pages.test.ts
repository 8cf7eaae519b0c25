import { expect } from 'chai';
import { expectAccessible, phone, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

const pages: readonly (readonly [path: string, en: string, zh: string])[] = [
  ['', 'Home', '首页'], ['/customers', 'Customers', '顾客'], ['/orders', 'Orders', '订单'], ['/economy', 'Points economy', '积分经济'], ['/activities', 'Activities', '活动'], ['/marketplace', 'Marketplace', '模块市场'],
  ['/imports', 'Import data', '导入数据'], ['/audit', 'Audit log', '操作记录'], ['/privacy', 'Privacy', '隐私'], ['/system', 'What runs here', '运行状况'], ['/settings', 'Settings', '设置'], ['/nowhere', 'Page not found', '找不到页面'],
];

describe('the admin\'s pages', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await startAdminServer(); });
  after(() => server.close());

  for (const [path, en, zh] of pages) {
    it(`shows ${path || '/'} in both languages, accessible and still`, async () => {
      for (const [locale, heading, options] of [['en', en, { colorScheme: 'light' }], ['zh-CN', zh, { colorScheme: 'dark', viewport: phone }]] as const) {
        await using tab = await openAdmin(server, path, { locale, ...options });
        expect(await tab.page.locator('h1').first().innerText()).to.equal(heading);
        await tab.page.waitForLoadState('networkidle');
        await expectAccessible(tab.page, `${path} ${locale}`);
        expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
        expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
      }
    });
  }

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
