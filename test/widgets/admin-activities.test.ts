import { expect } from 'chai';
import { DAY } from '../../server/plugin-api/index.js';
import { expectAccessible, openPage, phone, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

const GAMES = '/api/admin/plugins/interaction-games/games';
const points = (amount: number, quantity: number) => ({ title: { en: `${amount} points`, 'zh-CN': `${amount} 积分` }, kind: 'points', amount, quantity });
const config = { prizes: [points(10, 20), points(100, 5)], blanks: 75, freePerDay: 1, costPerTry: 20, paidPerDay: 2, guarantee: null, fallbackPoints: 5 };

describe('the page of an activity', function () {
  this.timeout(180_000);
  let server: TestServer, wheel: string;
  before(async () => {
    server = await startAdminServer();
    const admin = await server.admin();
    ({ id: wheel } = await admin.must<{ id: string }>('POST', GAMES, { type: 'wheel', title: 'Spring wheel', config, endsAt: Date.now() + 400 * DAY }));
  });
  after(() => server.close());

  it('lets the merchant check, publish, improve, pause with a notice, end, settle and archive', async () => {
    await using tab = await openAdmin(server, '/activities');
    const { page } = tab;
    await page.getByRole('row', { name: /Spring wheel.*Lucky wheel/ }).waitFor();
    await page.getByRole('link', { name: 'Spring wheel' }).click();
    await page.getByText('As it would be published now.').waitFor();
    await page.getByText('Shanlan Tea Co., Ltd.').waitFor();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Checked', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Rules, version 1').waitFor();
    await expectAccessible(page, 'a live activity');

    await page.getByRole('button', { name: 'Change in favour of shoppers' }).click();
    await page.getByRole('dialog', { name: 'Change “Spring wheel” while it runs' }).waitFor();
    const dialog = page.locator('gx-live-edit-dialog');
    await dialog.getByLabel('Tickets of “100 points”').fill('4');
    await dialog.getByText('Number of “100 points”').waitFor();
    await dialog.getByText(/This cannot be saved: 2 of the changes/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Save as a new version' }).isDisabled()).to.equal(true);
    await expectAccessible(page, 'a change that is refused');
    await dialog.getByLabel('Tickets of “100 points”').fill('6');
    await dialog.getByLabel('Tickets that win nothing').fill('74');
    await dialog.getByLabel('End').selectOption('30');
    await dialog.getByText('5 / 100 (5.00 %)').waitFor();
    await dialog.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Changed, as version 2 of the public rules').waitFor();
    await page.getByText('Rules, version 2').waitFor();

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByLabel('Notice in English').fill('We look into a complaint.');
    await page.locator('gx-pause-dialog').getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Shoppers are told:').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await page.locator('body > div gx-dialog[open]').getByRole('button', { name: 'End now' }).click();
    await page.getByRole('button', { name: 'Settle now' }).click();
    await page.getByText('Tickets not drawn, taken back').waitFor();
    await expectAccessible(page, 'a settled activity');
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.locator('body > div gx-dialog[open]').getByRole('button', { name: 'Archive' }).click();
    await page.getByText('Archived', { exact: true }).first().waitFor();
  });

  it('shows the public rules to shoppers, on a phone, in the dark and in Chinese', async () => {
    await using tab = await openPage({ viewport: phone, colorScheme: 'dark', locale: 'zh-CN' });
    await tab.page.goto(`${server.url}/demo/activities/${wheel}/rules`);
    await tab.page.getByText('山岚茶业有限公司').waitFor();
    await tab.page.getByRole('heading', { name: /^第 2 版/ }).waitFor();
    await expectAccessible(tab.page, 'public rules');
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });

  it('leads from the game to its rules', async () => {
    const admin = await server.admin();
    const { id } = await admin.must<{ id: string }>('POST', GAMES, { type: 'wheel', title: 'May wheel', config });
    await admin.must('POST', `${GAMES}/${id}/publish`, {});
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${server.url}/demo/club?lang=en`);
    await tab.page.getByRole('button', { name: 'Odds and rules' }).click();
    const link = tab.page.getByRole('link', { name: 'Public rules' }).first();
    await tab.page.goto(await link.evaluate((each) => (each as HTMLAnchorElement).href));
    await tab.page.getByRole('heading', { name: 'SHA-256 of these rules' }).waitFor();
  });

  it('fits a phone in Chinese and stands still', async () => {
    await using tab = await openAdmin(server, `/activities/${wheel}`, { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    await tab.page.getByText('结算报告').waitFor();
    await expectAccessible(tab.page, 'an activity, zh-CN');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });

  it('asks under Settings who organises', async () => {
    await using tab = await openAdmin(server, '/settings');
    await tab.page.getByLabel('Legal name').fill('Shanlan GmbH');
    await tab.page.getByRole('button', { name: 'Save', exact: false }).last().click();
    await expectAccessible(tab.page, 'settings');
    await tab.page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await (await server.admin()).must<{ legalName: string }>('GET', '/api/admin/organiser')).to.deep.include({ legalName: 'Shanlan GmbH' });
  });
});
