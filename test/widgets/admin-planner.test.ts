import { expect } from 'chai';
import { expectAccessible, phone, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

describe('the planner\'s page', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => { server = await startAdminServer(); });
  after(() => server.close());

  it('says first what keeps the mix from being launched, and who can mend it', async () => {
    const admin = await server.admin();
    for (const plugin of ['membership', 'questionnaires']) await admin.must('POST', `/api/admin/installs/${plugin}/disable`, {});
    const { items } = await admin.must<{ items: { id: string; type: string }[] }>('GET', '/api/admin/activities');
    await admin.must('POST', `/api/admin/activities/${items.find(({ type }) => type === 'interaction-games.wheel')!.id}/duplicate`);
    await using tab = await openAdmin(server, '/planner', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    expect(await tab.page.locator('h1').first().innerText()).to.equal('活动规划');
    await tab.page.getByText('个问题，暂时不能上线').waitFor();
    await tab.page.getByText('没有收集顾客信息的活动').waitFor();
    expect(await tab.page.locator('[data-code="GX_PLAN_NO_COLLECTOR"] a').getAttribute('href')).to.equal('/admin/marketplace');
    await tab.page.getByText('修正上面的问题后即可发布').waitFor();
    expect(await tab.page.getByRole('button', { name: /^发布 \d+ 个草稿$/ }).isDisabled()).to.equal(true);
    await expectAccessible(tab.page, 'planner, zh-CN');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });

  it('sets up the default mix, tries out more points, simulates, and keeps the forecast', async () => {
    await (await server.admin()).must('POST', '/api/admin/installs/questionnaires/enable', {});
    await using tab = await openAdmin(server, '/planner');
    const { page } = tab;
    await page.getByRole('button', { name: 'Set up the default mix' }).click();
    await page.getByText('Needs Membership').first().waitFor();
    await expectAccessible(page, 'the default mix');
    const create = page.getByRole('button', { name: 'Create and publish' });
    if (await create.isEnabled()) { await create.click(); await page.getByText('Created', { exact: true }).first().waitFor(); }
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Publish \d+ draft/ }).click();
    await page.getByText('Shoppers rely on published rules').waitFor();
    await page.locator('gx-dialog[open]').getByRole('button', { name: /^Publish \d+ draft/ }).click();
    await page.getByText(/^\d+ (activity|activities) published$/).waitFor();

    const slider = page.getByRole('slider', { name: /^Points:/ }).first();
    await slider.focus();
    await page.keyboard.press('End');
    await page.getByText('1 changed').waitFor();
    await page.getByRole('button', { name: 'Simulate' }).first().click();
    const table = page.getByRole('table', { name: 'Side by side' });
    await table.waitFor({ timeout: 60_000 });
    const issued = await table.getByRole('row', { name: /Points issued/ }).getByRole('cell').allInnerTexts();
    expect(issued[2], 'more points in the second column').not.to.equal(issued[1]);
    await page.getByRole('heading', { name: 'Points per week' }).waitFor();
    await expectAccessible(page, 'a forecast');

    await page.getByLabel('Name').fill('Spring');
    await page.getByRole('button', { name: 'Keep this forecast' }).click();
    await page.getByText('Forecast kept').waitFor();
    await page.getByRole('option', { name: 'Spring' }).waitFor({ state: 'attached' });
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    expect((await saved).suggestedFilename()).to.equal('forecast.csv');
  });
});
