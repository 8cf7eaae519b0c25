import { expect } from 'chai';
import { expectAccessible, openPage, phone, type Shopper, type TestServer } from '../kit/index.js';
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
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Now running: Double tea × 2').waitFor();
    await page.getByRole('button', { name: 'End now' }).click();
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'End now' }).click();
    await page.getByText('over', { exact: true }).waitFor();
  });

  it('fits a phone in Chinese and stands still', async () => {
    await using tab = await openAdmin(server, '/earning', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    await tab.page.getByText(/按优惠后实付商品金额，每 ¥1\.00 得 \d 积分，向下取整。/).waitFor();
    await expectAccessible(tab.page, 'earning rules, zh-CN');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });

  it('is told to shoppers on the pages of product and cart, in both languages, as it is for them', async () => {
    const { now } = server.context(), admin = await server.admin();
    await admin.must('POST', '/api/admin/earning/campaigns', { title: { en: 'Tea week', 'zh-CN': '茶叶周' }, basisPoints: 20_000, startsAt: now, endsAt: now + 86_400_000, goods: { skus: ['TEA-LJ01'], types: [] } });
    const { points } = await shopper.must<{ points: number }>('GET', '/api/storefront/points/preview?lines=TEA-LJ01:2');
    expect(points).to.be.greaterThan(0);
    const shown = new Intl.NumberFormat('en').format(points);
    await using tab = await openPage({ strict: false });
    const { page } = tab;
    await page.goto(`${server.url}/demo/products/TEA-LJ01?lang=en`);
    await page.evaluate((bearer) => localStorage.setItem('gx-shopper', bearer), shopper.bearer!);
    await page.reload();
    await page.getByRole('button', { name: 'One more' }).click();
    await page.getByText(`Earns ${shown} points, yours 7 days after delivery (`, { exact: false }).waitFor();
    await page.getByText('Tea week × 2', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.goto(`${server.url}/demo/cart?lang=zh-CN`);
    await page.getByText(`可得 ${shown} 积分，签收 7 天后到账（`.replace('（', ' (')).waitFor();
    await expectAccessible(page, 'the cart with its points');
    await page.goto(`${server.url}/demo/checkout?lang=zh-CN`);
    await page.getByText('茶叶周 × 2', { exact: false }).waitFor();
  });
});
