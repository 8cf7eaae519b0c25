import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../kit/index.js';
import { openAdmin } from './admin-place.js';

interface Case { readonly what: string; readonly path: () => Promise<string>; readonly edit: (page: Page) => Promise<void>; readonly kept: (page: Page) => Promise<unknown> }

describe('leaving a panel with unsaved work', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => { server = await startTestServer({ seed: 'small' }); });
  after(() => server.close());

  const made = async (path: string, body: object): Promise<string> => (await (await server.admin()).must<{ id: string }>('POST', `/api/admin/plugins/${path}`, body)).id;
  const title = (page: Page) => page.getByLabel('Name').first();
  const survey = { title: 'A', config: { questions: [{ id: 'q', kind: 'nps', title: { en: 'Why?', 'zh-CN': '为什么？' }, required: true, options: [] }] } };
  const cases: readonly Case[] = [
    { what: 'a reward', path: () => Promise.resolve('/plugins/coupon-exchange/exchange/new'), edit: (page) => page.getByLabel('Title in English').fill('Half written'), kept: async (page) => expect(await page.getByLabel('Title in English').inputValue()).to.equal('Half written') },
    { what: 'a game', path: () => Promise.resolve('/plugins/interaction-games/games/new/lucky'), edit: (page) => title(page).fill('Half written'), kept: async (page) => expect(await title(page).inputValue()).to.equal('Half written') },
    { what: 'a survey', path: async () => `/plugins/questionnaires/surveys/${await made('questionnaires/surveys', survey)}`, edit: (page) => title(page).fill('Half written'), kept: async (page) => expect(await title(page).inputValue()).to.equal('Half written') },
    { what: 'a reply', path: () => Promise.resolve('/plugins/reviews-monitor/reviews?queue=all'),
      edit: async (page) => { await page.getByRole('button', { name: 'Reply', exact: true }).first().click(); await page.getByRole('textbox', { name: 'Public reply' }).fill('Half written'); },
      kept: async (page) => expect(await page.getByRole('textbox', { name: 'Public reply' }).inputValue()).to.equal('Half written') },
  ];
  const asked = (page: Page) => page.locator('gx-dialog[label="Leave without saving?"]');
  const follow = (page: Page): Promise<void> => page.getByRole('link', { name: 'Orders', exact: true }).first().click();
  /** Opened from within the admin, so that there is a page to go back to. */
  const from = async (page: Page, path: string): Promise<void> => {
    await page.evaluate((to) => dispatchEvent(new CustomEvent('gx-navigate', { detail: { path: to } })), path);
    await page.locator('gx-panel-page h1').first().waitFor({ state: 'visible' });
  };

  for (const { what, path, edit, kept } of cases) {
    it(`asks before ${what} is lost, by link and by going back`, async () => {
      await using tab = await openAdmin(server, '/customers');
      const { page } = tab;
      await from(page, await path());
      await edit(page);
      await follow(page);
      await asked(page).getByRole('button', { name: 'Cancel' }).click();
      await asked(page).waitFor({ state: 'detached' });
      await kept(page);
      const address = page.url();
      await page.goBack();
      await asked(page).getByRole('button', { name: 'Cancel' }).click();
      await asked(page).waitFor({ state: 'detached' });
      expect(page.url()).to.equal(address);
      await kept(page);
      await page.goBack();
      await asked(page).getByRole('button', { name: 'Leave' }).click();
      await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).to.equal('/admin/customers');
    });
  }

  it('asks nothing where nothing was changed or everything is saved', async () => {
    await using tab = await openAdmin(server, '/customers');
    const { page } = tab;
    await from(page, '/plugins/interaction-games/games/new/lucky');
    await follow(page);
    await page.locator('gx-orders-page').waitFor();
    await from(page, '/plugins/interaction-games/games/new/lucky');
    await title(page).fill('All written');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('All written').first().waitFor();
    expect(await asked(page).count()).to.equal(0);
  });

  it('keeps a half-written survey across a change of language', async () => {
    await using tab = await openAdmin(server, `/plugins/questionnaires/surveys/${await made('questionnaires/surveys', survey)}`);
    const { page } = tab;
    await title(page).fill('Half written');
    await page.getByRole('complementary', { name: 'Sidebar' }).getByRole('button', { name: '中文' }).click();
    await page.getByRole('link', { name: '订单', exact: true }).first().waitFor();
    await page.getByText('有未保存的修改').first().waitFor();
    expect(await page.locator('questionnaires-surveys').getByRole('heading', { level: 1 }).textContent()).to.contain('Half written');
  });

  it('makes the browser ask before the tab is closed', async () => {
    await using tab = await openAdmin(server, '/plugins/coupon-exchange/exchange/new');
    const { page } = tab;
    await page.getByLabel('Title in English').pressSequentially('Half');
    const asks = new Promise<string>((resolve) => { page.once('dialog', (dialog) => { void dialog.accept().then(() => { resolve(dialog.type()); }); }); });
    await page.close({ runBeforeUnload: true });
    expect(await asks).to.equal('beforeunload');
  });
});
