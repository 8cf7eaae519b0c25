import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { settled } from '../../kit/browser.js';
import { ADMIN_TOKEN, expectAccessible, openPage, phone, startTestServer, type Shopper, type TestServer } from '../../kit/index.js';
import { balance } from './credit-fixture.js';

const LINES = [{ sku: 'BEA-LB04', quantity: 1 }];

describe('store credit, as the demo shop has it', function () {
  this.timeout(180_000);
  let server: TestServer, who: Shopper;
  before(async () => {
    server = await startTestServer({ seed: 'small' });
    who = await server.shopper({ name: 'Mei Chen' });
    await (await server.admin()).must('POST', `/api/admin/customers/${who.personId ?? ''}/adjustments`, { amount: 400, reason: 'for the test' });
  });
  after(() => server.close());
  afterEach(() => server.integrity());

  it('turns points into ¥5 of credit, the credit into a code, and takes it off at the checkout; on a phone, by keyboard', async () => {
    await using tab = await openPage({ viewport: phone, colorScheme: 'dark', strict: false });
    const { page } = tab;
    await page.addInitScript(([bearer, cart]) => { localStorage.setItem('gx-shopper', bearer!); localStorage.setItem('gx-demo-cart', cart!); }, [who.bearer!, JSON.stringify(LINES)] as const);
    await page.goto(`${server.url}/demo/account?lang=en`);
    const credit = page.locator('store-credit-account'), rewards = page.locator('coupon-exchange-rewards');
    await page.locator('[data-guanxi=store-credit]').scrollIntoViewIfNeeded();
    await credit.getByText('You have no store credit yet.').waitFor();
    await expectAccessible(page, 'an empty account');
    await page.locator('[data-guanxi=rewards]').scrollIntoViewIfNeeded();
    await rewards.getByRole('button', { name: 'Redeem ¥5 store credit for 400 points' }).press('Enter');
    await rewards.getByRole('button', { name: 'Take 400 points' }).press('Enter');
    await rewards.getByText('It is being booked').waitFor();
    await rewards.getByRole('button', { name: 'Close' }).press('Enter');
    await credit.locator('b', { hasText: '¥5.00' }).waitFor();
    await credit.getByLabel('Amount (CNY)').fill('5.01');
    await credit.getByRole('button', { name: 'Use on my next order' }).press('Enter');
    await credit.getByText('Enter an amount up to ¥5.00.').waitFor();
    await expectAccessible(page, 'an amount that is too high');
    await credit.getByLabel('Amount (CNY)').fill('5');
    await credit.getByRole('button', { name: 'Use on my next order' }).press('Enter');
    await credit.getByText('¥5.00 off your next order').waitFor();
    await credit.getByText('What moved').click();
    await credit.getByText('For an order').waitFor();
    await expectAccessible(page, 'an account with a code');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
    await page.locator('#codes').getByText('¥5 off').waitFor();

    await page.goto(`${server.url}/demo/checkout?lang=en`);
    // ¥29 and ¥12 for shipping, less ¥5.
    await page.getByRole('button', { name: 'Pay ¥36 (demo)' }).click();
    await page.waitForURL(/\/demo\/orders\//);
    expect(await balance(who)).to.equal(0);
  });

  it('invites visitors to sign in, in Chinese', async () => {
    await using tab = await openPage({ strict: false });
    const { page } = tab;
    const guest = await server.guest();
    await page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, guest.bearer!);
    await page.goto(`${server.url}/demo/account?lang=zh-CN`);
    // The demo shows a guest no account at all; other shops may keep the mount in sight.
    await page.locator('#members button').first().waitFor();
    await page.evaluate(() => { document.querySelector('#in')?.removeAttribute('hidden'); });
    await page.locator('[data-guanxi=store-credit]').scrollIntoViewIfNeeded();
    await page.locator('store-credit-account').getByText('登录后可查看和使用你的储值。').waitFor();
    await page.locator('store-credit-account').getByRole('button', { name: '登录' }).waitFor();
  });

  it('shows staff what is owed and to whom, finds a customer without an account, and gives them some with a reason', async () => {
    const other = await server.shopper({ name: 'Nobody Yet' });
    await using tab = await openPage();
    const { page } = tab;
    await page.goto(`${server.url}/admin/plugins/store-credit/accounts#token=${ADMIN_TOKEN}`);
    const panel = page.locator('store-credit-accounts');
    await panel.locator('h1').waitFor({ state: 'visible' });
    await settled(page);
    await panel.getByText('开业赠送').first().waitFor();
    await expectAccessible(page, 'the accounts');
    await panel.getByLabel('Name, e-mail or customer number').fill('Nobody Yet');
    await panel.getByRole('button', { name: 'Adjust: Nobody Yet' }).click();
    const dialog = panel.locator('gx-dialog[open]');
    await dialog.getByLabel('Amount (CNY)').fill('-1');
    await dialog.getByRole('button', { name: 'Adjust', exact: true }).click();
    await dialog.getByText('No account goes below zero.').waitFor();
    await dialog.getByLabel('Amount (CNY)').fill('7.5');
    await dialog.getByText('¥0.00 now, ¥7.50 afterwards').waitFor();
    await dialog.getByLabel('Reason').fill('A broken cup');
    await expectAccessible(page, 'a correction');
    await dialog.getByRole('button', { name: 'Adjust', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await panel.locator('#entries').getByText('A broken cup').waitFor();
    expect(await balance(other)).to.equal(750);
    await panel.getByRole('button', { name: 'Movements: Nobody Yet' }).click();
    await panel.locator('#entries gx-table').getByRole('row').nth(2).waitFor({ state: 'detached' });
    const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Export CSV' }).last().click()]);
    expect(readFileSync(await file.path(), 'utf8')).to.contain('A broken cup').and.contain('adjustment,750');
    await page.setViewportSize(phone);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });
});
