import { expect } from 'chai';
import { createSignInToken } from '../../server/http/admin/session.routes.js';
import { expectAccessible, HttpClient, openPage, phone, type Shopper, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

describe('the pages of points', function () {
  this.timeout(180_000);
  let server: TestServer, shopper: Shopper;
  before(async () => {
    server = await startAdminServer();
    shopper = await server.shopper({ name: 'Mei Chen' });
    await server.services.grants.grant(server.context(), { personId: shopper.personId!, reward: { kind: 'points', amount: 37 }, source: 'interaction-games.check-in', causeRef: 'c', key: 'mei' });
    const order = await server.order(shopper, [{ sku: 'TEA-LJ01', quantity: 2 }]);
    await server.refund(order.id, [{ sku: 'TEA-LJ01', quantity: 1 }]);
  });
  after(() => server.close());

  const asked = async (amount: number): Promise<void> => {
    const token = await createSignInToken(server.services, server.context().shop, 'Lin', 'operator');
    const { bearer } = await server.visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token });
    await new HttpClient(server.url, bearer).must('POST', `/api/admin/customers/${shopper.personId!}/adjustments`, { amount, reason: 'The parcel was lost twice' });
  };

  it('let the merchant change the rules, and keep the version', async () => {
    await using tab = await openAdmin(server, '/points');
    const { page } = tab;
    await page.getByText('Nothing was changed yet').waitFor();
    await page.getByLabel('Return window after delivery').fill('10');
    await page.getByRole('button', { name: 'Save', exact: false }).first().click();
    await page.getByText('Rules saved as version 1').waitFor();
    await page.getByText(/returns 10 d/).waitFor();
    await expectAccessible(page, 'the points programme');
    const { programme } = await (await server.admin()).must<{ programme: { returnDays: number; version: number } }>('GET', '/api/admin/points/programme');
    expect(programme).to.deep.include({ returnDays: 10, version: 1 });
  });

  it('let a second person agree to what somebody else asked for', async () => {
    await asked(20_000);
    await using tab = await openAdmin(server, '/points');
    await tab.page.getByText('The parcel was lost twice').waitFor();
    await expectAccessible(tab.page, 'an adjustment that waits');
    await tab.page.getByRole('button', { name: 'Agree' }).click();
    await tab.page.getByText('Points booked').waitFor();
    await tab.page.getByText('Nothing waits for agreement').waitFor();
    expect((await shopper.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available).to.equal(20_037);
  });

  it('sign a colleague in by a link that works once, who agrees to what the owner asked for', async () => {
    await (await server.admin()).must('POST', `/api/admin/customers/${shopper.personId!}/adjustments`, { amount: 11_000, reason: 'The owner asks' });
    await using tab = await openAdmin(server, '/points');
    const { page } = tab;
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await page.getByRole('button', { name: 'Sign in a colleague' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Wang');
    await expectAccessible(page, 'the dialog that signs a colleague in');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const token = (await page.locator('gx-colleague-dialog code').innerText()).split('#token=')[1]!;
    const wang = new HttpClient(server.url, (await server.visitor().must<{ bearer: string }>('POST', '/api/admin/sign-in', { token })).bearer);
    expect((await server.visitor().post('/api/admin/sign-in', { token })).status).to.equal(401);
    const { items: [wish] } = await wang.must<{ items: readonly { id: string; own: boolean }[] }>('GET', '/api/admin/points/adjustments?state=pending');
    expect(wish!.own).to.equal(false);
    await wang.must('POST', `/api/admin/points/adjustments/${wish!.id}/decision`, { approve: true });
    expect((await wang.post('/api/admin/colleagues', { name: 'Zhao', role: 'operator' })).status, 'owners only').to.equal(403);
    const self = await (await server.admin()).post<{ code: string }>('/api/admin/colleagues', { name: 'automation', role: 'operator' });
    expect([self.status, self.body.code]).to.deep.equal([409, 'GX_STAFF_SELF']);
    await server.integrity();
  });

  it('fit a phone in Chinese and stand still', async () => {
    await using tab = await openAdmin(server, '/points', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    expect(await tab.page.locator('h1').first().innerText()).to.equal('积分规则');
    await tab.page.getByText('没有等待同意的调整').waitFor();
    await expectAccessible(tab.page, 'points, zh-CN');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });

  it('tell the merchant in sentences why a customer has their points', async () => {
    await using tab = await openAdmin(server, `/customers/${shopper.personId!}`);
    await tab.page.getByRole('heading', { name: 'Why these points?' }).waitFor();
    await tab.page.getByText(/37 of 37 points: Games?.*: |37 of 37 points/).first().waitFor();
    await tab.page.getByText(/points returned because 1 of 2 × .* was refunded/).waitFor();
    await tab.page.getByText(/Counted again from \d+ entries: the same balance\./).waitFor();
    await expectAccessible(tab.page, 'a customer with points explained');
  });

  it('take a guest\'s points along when they sign in on the demo, and explain them there in both languages', async () => {
    const guest = await server.guest();
    await server.services.grants.grant(server.context(), { personId: guest.personId!, reward: { kind: 'points', amount: 15 }, source: 'interaction-games.wheel', causeRef: 'c', key: 'guest-15' });
    for (let n = 0; n < 32; n++) await server.services.grants.grant(server.context(), { personId: guest.personId!, reward: { kind: 'points', amount: 1 }, source: 'interaction-games.check-in', causeRef: 'c', key: `guest-day-${n}` });
    await using tab = await openPage({ strict: false });
    const { page } = tab;
    await page.goto(`${server.url}/demo/account?lang=en`);
    await page.evaluate((bearer) => localStorage.setItem('gx-shopper', bearer), guest.bearer!);
    await page.reload();
    await page.getByLabel('E-mail').fill('fresh-guest@example.test');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('15 of 15 points: lucky wheel').waitFor();
    await page.getByRole('heading', { name: 'When points expire' }).waitFor();
    await expectAccessible(page, 'the account');
    await page.getByRole('button', { name: 'Show 3 points more, from 3 entries' }).click();
    expect(await page.locator('#why > li').count(), 'every point is told').to.equal(33);
    await page.goto(`${server.url}/demo/account?lang=zh-CN`);
    await page.getByText('剩 15 / 15 分：幸运转盘').waitFor();
    await page.getByRole('heading', { name: '积分明细' }).waitFor();
    await page.evaluate((bearer) => localStorage.setItem('gx-shopper', bearer), shopper.bearer!);
    await page.goto(`${server.url}/demo/account?lang=en`);
    const statement = page.locator('#statement');
    await statement.getByText(/^168 points returned because 1 of 2 × .* was refunded$/).waitFor();
    await statement.getByText('daily check-in').waitFor();
    await statement.getByText(/−168 pending$/).waitFor();
    await page.goto(`${server.url}/demo/account?lang=zh-CN`);
    await statement.getByText(/^因「.*」2 件中退了 1 件，收回 168 分$/).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.be.at.most(0);
    await server.integrity();
  });
});
