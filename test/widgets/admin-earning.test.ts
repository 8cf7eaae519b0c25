import { expect } from 'chai';
import { expectAccessible, phone, type Shopper, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

describe('the page of how orders earn points', function () {
  this.timeout(180_000);
  let server: TestServer, shopper: Shopper;
  before(async () => {
    server = await startAdminServer();
    shopper = await server.shopper({ name: 'Mei Chen' });
    await server.order(shopper, [{ sku: 'TEA-LJ01', quantity: 2 }]);
  });
  after(() => server.close());

  it('says the rule in a sentence, shows an example of what is typed, and saves a version after telling what it would have cost', async () => {
    await using tab = await openAdmin(server, '/earning');
    const { page } = tab;
    await page.getByText('Orders earn 1 point for each ¥1.00 paid for goods after discounts, rounded down.', { exact: false }).waitFor();
    await page.getByText('with 2 lines of ¥199.00 and ¥60.00 earns 259 points: 199 and 60.', { exact: false }).waitFor();
    await page.getByLabel('Points', { exact: true }).fill('3');
    await page.getByText('earns 777 points: 597 and 180.', { exact: false }).waitFor();
    await expectAccessible(page, 'the earning rules');
    await page.getByRole('button', { name: 'Try it on these orders' }).click();
    await page.getByText(/With this rule \d[\d,]* orders would have earned/).first().waitFor();
    await expectAccessible(page, 'a rule tried on past orders');
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByText(/On the orders of the last 30 days it would have paid [\d,]+ points instead of [\d,]+/).waitFor();
    await page.getByRole('button', { name: 'Save the version' }).click();
    await page.getByText('points each: 1 → 3').waitFor();
    const { versions } = await (await server.admin()).must<{ versions: { rule: { version: number; ratePoints: number } }[] }>('GET', '/api/admin/earning');
    expect(versions[0]!.rule).to.deep.include({ version: 2, ratePoints: 3 });
  });

  it('plans a campaign, shows it running and ends it', async () => {
    await using tab = await openAdmin(server, '/earning');
    const { page } = tab;
    await page.getByRole('button', { name: 'Plan a campaign' }).click();
    await page.getByLabel('Name in English').fill('Double tea');
    await page.getByLabel('Name in Chinese').fill('双倍茶');
    await expectAccessible(page, 'the dialog of a campaign');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await page.getByText('Now running: Double tea × 2').waitFor();
    await page.getByRole('button', { name: 'End now' }).click();
    await page.getByRole('button', { name: 'End now' }).last().click();
    await page.getByText('over', { exact: true }).waitFor();
  });

  it('fits a phone in Chinese and stands still', async () => {
    await using tab = await openAdmin(server, '/earning', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    await tab.page.getByText('按优惠后实付商品金额，每 ¥1.00 得 3 积分，向下取整。', { exact: false }).waitFor();
    await expectAccessible(tab.page, 'earning rules, zh-CN');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });
});
