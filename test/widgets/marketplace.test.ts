import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { walkTo } from '../kit/admin-walk.js';
import { settled } from '../kit/browser.js';
import { expectAccessible, phone, startTestServer, type TestServer } from '../kit/index.js';
import { openAdmin } from './admin-place.js';
import { notebookPlugin, readerPlugin } from './market-fixture.js';

const cards = (page: Page): Promise<string[]> => page.locator('gx-marketplace-page article').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
const query = (page: Page): string => new URL(page.url()).search;
const pressed = (page: Page): Promise<string> => page.evaluate(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return `${active?.tagName.toLowerCase() ?? ''} ${active?.textContent?.trim() ?? ''}`;
});

describe('the marketplace', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await startTestServer({ plugins: [notebookPlugin(), readerPlugin()] }); });
  after(() => server.close());
  const install = async (): Promise<void> => { await server.install('lives'); };

  it('finds by words of both languages and keywords while one types, and keeps the search in the address', async () => {
    await using tab = await openAdmin(server, '/marketplace');
    const { page } = tab;
    expect(await cards(page)).to.deep.equal(['Notebook', 'Reader']);
    for (const [words, found] of [['regulars', ['Notebook']], ['便签', ['Notebook']], ['朗读', ['Reader']], ['reads notes', ['Reader']], ['wheel', []]] as const) {
      await page.getByLabel('Search modules').fill(words);
      await page.getByText(`${found.length} ${found.length === 1 ? 'module' : 'modules'} found`).waitFor({ state: 'attached' });
      expect(await cards(page), words).to.deep.equal(found);
    }
    await page.getByText('No module matches').waitFor();
    await page.getByRole('button', { name: 'Show every module' }).click();
    await page.getByRole('button', { name: 'Insight' }).click();
    expect(await cards(page)).to.deep.equal(['Reader']);
    await page.getByLabel('Search modules').fill('aloud');
    await page.waitForURL(/q=aloud/);
    expect(Object.fromEntries(new URLSearchParams(query(page)))).to.deep.equal({ q: 'aloud', category: 'insight' });
    await page.reload();
    await page.getByRole('heading', { name: 'Reader' }).waitFor();
    expect(await cards(page)).to.deep.equal(['Reader']);
    expect(await page.getByRole('button', { name: 'Insight' }).getAttribute('aria-pressed')).to.equal('true');
    expect(await page.getByLabel('Search modules').inputValue()).to.equal('aloud');
  });

  it('installs with the keyboard alone, what is optional only when it is chosen, and says what it did', async () => {
    await using tab = await openAdmin(server, '/marketplace?q=notebook');
    const { page } = tab;
    await page.getByRole('button', { name: 'Install Notebook' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('gx-consent-dialog');
    await dialog.getByRole('heading', { name: 'You allow it to', exact: true }).waitFor();
    for (const text of ['Keep its own tables', 'customer number, words (deleted when a customer is erased)', '1 table of its own', '25 background runs a day', '120 requests a minute', 'api.example.com']) await dialog.getByText(text).first().waitFor();
    await expectAccessible(page, 'the consent');
    const reads = dialog.getByRole('switch', { name: 'Read customers' });
    expect(await reads.isChecked()).to.equal(false);
    await reads.focus();
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Agree and install' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Notebook is installed').waitFor();
    await page.locator('article').getByText('On', { exact: true }).waitFor();
    const { granted, state } = await (await server.admin()).must<{ granted: string[]; state: string }>('GET', '/api/admin/marketplace/lives');
    expect([state, granted]).to.deep.equal(['enabled', ['db', 'customers.read']]);
    await page.getByLabel('Show', { exact: true }).selectOption('installed');
    expect(await cards(page)).to.deep.equal(['Notebook']);
    expect(query(page)).to.contain('show=installed');
  });

  it('shows on a module\'s page what it does, needs, keeps and costs, in both languages', async () => {
    await install();
    for (const [locale, texts, options] of [
      ['en', ['It keeps notes.', 'not allowed', 'deleted when a customer is erased', '0 rows', '25 runs a day', 'in your shop', 'example.com/help', 'Reads orders too.'], {}],
      ['zh-CN', ['它会保存备注。', '未允许', '顾客要求删除时一并删除', '0 行', '每天 25 次', '店铺当前版本', '还会读取订单。'], { viewport: phone, colorScheme: 'dark' }],
    ] as const) {
      await using tab = await openAdmin(server, '/marketplace/lives', { locale, ...options });
      for (const text of texts) await tab.page.getByText(text).first().waitFor();
      expect(await tab.page.locator('gx-module-page [role=meter]').getAttribute('aria-valuetext')).to.match(/KB/);
      await settled(tab.page);
      await expectAccessible(tab.page, `a module in ${locale}`);
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.be.at.most(0);
    }
  });

  it('changes what is optional later', async () => {
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    await page.getByRole('button', { name: 'Change what is optional' }).click();
    await page.getByRole('switch', { name: 'api.example.com' }).press('Space');
    await page.getByRole('switch', { name: 'Read customers' }).press('Space');
    await page.locator('gx-consent-dialog').getByRole('button', { name: 'Save' }).click();
    await page.locator('gx-consent-dialog gx-dialog:not([open])').waitFor({ state: 'attached' });
    expect((await (await server.admin()).must<{ granted: string[] }>('GET', '/api/admin/marketplace/lives')).granted).to.deep.equal(['db', 'net:api.example.com']);
  });

  it('names who needs a module before it goes', async () => {
    await using tab = await openAdmin(server, '/marketplace/reader');
    const { page } = tab;
    await page.getByText('Uses labels ^1.2 of shelf').waitFor();
    await page.getByRole('button', { name: 'Install', exact: true }).first().click();
    await page.locator('gx-consent-dialog').getByText('Uses labels ^1.2 of shelf').waitFor();
    await expectAccessible(page, 'what it uses of others');
    await page.locator('gx-consent-dialog').getByRole('button', { name: /install$/i }).last().click();
    await page.getByText('Reader is installed').waitFor();
    await walkTo(page, '/marketplace/lives');
    for (const name of ['Switch off', 'Uninstall']) {
      await page.getByRole('button', { name }).click();
      const dialog = page.locator('gx-leave-dialog');
      await dialog.getByText('Switch these off first:').waitFor();
      await dialog.getByRole('link', { name: 'Reader' }).waitFor();
      expect(await dialog.getByRole('button', { name, exact: true }).count()).to.equal(0);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    await (await server.admin()).must('DELETE', '/api/admin/installs/reader');
  });

  it('switches off with a reason, on again, uninstalls until a date and brings everything back', async () => {
    await (await server.admin()).must('POST', '/api/admin/plugins/lives/notes', { words: 'kept' });
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    const leave = page.locator('gx-leave-dialog');
    await page.getByRole('button', { name: 'Switch off' }).press('Enter');
    await leave.getByLabel('Reason (optional)').fill('Stocktaking');
    await expectAccessible(page, 'switching off');
    await leave.getByRole('button', { name: 'Switch off' }).press('Enter');
    await page.getByText('Reason given: Stocktaking').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.querySelector('gx-admin')?.shadowRoot?.querySelector('gx-module-page')?.shadowRoot?.querySelector('gx-page')?.shadowRoot?.activeElement?.tagName === 'H1');
    await page.getByRole('button', { name: 'Switch on' }).press('Enter');
    await page.getByText('Notebook is switched on').waitFor();
    await page.getByRole('button', { name: 'Uninstall' }).press('Enter');
    const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: server.context().shop.zone }).format(server.context().now + 30 * 86_400_000);
    await leave.getByText(date).waitFor();
    await leave.getByRole('button', { name: 'Uninstall' }).press('Enter');
    await page.getByText(`Notebook is uninstalled; its data is kept until ${date}`).waitFor();
    await page.getByText(`Uninstalled. Its data is kept until ${date}.`).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Bring back' }).press('Enter');
    await page.getByText('1 row from before').waitFor();
    await page.getByRole('button', { name: 'Agree and bring back' }).press('Enter');
    await page.getByText('Notebook is back with its data').waitFor();
    await page.locator('dl.tables').getByText('1 row').waitFor();
    expect(await pressed(page)).to.match(/^h1 /);
    const { notes } = await (await server.admin()).must<{ notes: string[] }>('GET', '/api/admin/plugins/lives/notes');
    expect(notes).to.deep.equal(['kept']);
  });

  it('shows the new preview when what was shown is no longer what is asked for', async () => {
    await (await server.admin()).must('DELETE', '/api/admin/installs/lives');
    await using tab = await openAdmin(server, '/marketplace/lives', { strict: false });
    const { page } = tab;
    let first = true;
    await page.route('**/api/admin/marketplace/lives/preview', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json() as { hash: string };
      await route.fulfill({ response: answer, json: first ? { ...body, hash: 'of-yesterday' } : body });
    });
    await page.getByRole('button', { name: 'Bring back' }).click();
    await page.locator('gx-consent-dialog section').first().waitFor();
    first = false;
    await page.getByRole('button', { name: 'Agree and bring back' }).click();
    await page.getByText('has changed since it was shown. Please look again.').waitFor();
    await page.getByRole('button', { name: 'Agree and bring back' }).click();
    await page.getByText('Notebook is back with its data').waitFor();
  });

  it('asks for the missing module first, and offers nothing to whoever may not', async () => {
    await (await server.admin()).must('DELETE', '/api/admin/installs/lives');
    await using tab = await openAdmin(server, '/marketplace/reader');
    await tab.page.getByRole('button', { name: 'Bring back' }).click();
    const dialog = tab.page.locator('gx-consent-dialog');
    await dialog.getByText('cannot work without:').waitFor();
    await dialog.getByRole('link', { name: 'Notebook' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Agree and bring back' }).count()).to.equal(0);
    await tab.page.keyboard.press('Escape');
    await tab.page.route('**/api/admin/bootstrap', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json() as { staff: object };
      await route.fulfill({ response: answer, json: { ...body, staff: { ...body.staff, role: 'analyst' } } });
    });
    await tab.page.reload();
    await tab.page.getByText('Reads the notes aloud.').first().waitFor();
    expect(await tab.page.getByRole('button', { name: 'Bring back' }).count()).to.equal(0);
  });
});
