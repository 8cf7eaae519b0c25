import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, phone, startTestServer, type TestServer } from '../kit/index.js';
import { openAdmin } from './admin-place.js';
import { notebookPlugin } from './market-fixture.js';

interface Stored { readonly values: Record<string, unknown> }
const shown = (page: Page) => page.locator('gx-module-settings lives-hello');
const said = (page: Page, text: string): Promise<void> => shown(page).getByText(text, { exact: true }).waitFor();

describe('the settings of a module', function () {
  this.timeout(120_000);
  let server: TestServer;
  let sku = '';
  before(async () => {
    server = await startTestServer({ plugins: [notebookPlugin()] });
    await server.install('lives');
    sku = (await (await server.admin()).must<{ items: { sku: string }[] }>('GET', '/api/admin/products?limit=1')).items[0]?.sku ?? '';
  });
  after(() => server.close());
  /** What anybody who opens the shop is told of the settings. */
  const told = async (): Promise<Record<string, unknown>> => (await server.visitor().must<{ widgets: { settings: Record<string, unknown> }[] }>('GET', '/api/storefront/bootstrap')).widgets[0]!.settings;
  const stored = async (): Promise<Record<string, unknown>> => (await (await server.admin()).must<Stored>('GET', '/api/admin/installs/lives/settings')).values;

  it('show on the storefront\'s widget while they are typed, as a visitor would see them, and nothing is saved', async () => {
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab, before = await stored();
    await said(page, 'Hello / #0b6e5f / no badge / visitor / no secret');
    await page.getByLabel('Greeting').fill('Moin');
    await said(page, 'Moin / #0b6e5f / no badge / visitor / no secret');
    const ink = page.locator('gx-field[label="Ink"] wa-input').getByRole('textbox');
    await ink.fill('#112233');
    await ink.press('Tab');
    await page.getByLabel('Key').fill('s3cret');
    await page.getByRole('switch', { name: 'Show a badge' }).press('Space');
    await said(page, 'Moin / #112233 / new / visitor / no secret');
    expect(await stored(), 'nothing typed was saved').to.deep.equal(before);
    await page.getByRole('button', { name: 'Discard' }).click();
    await said(page, 'Hello / #0b6e5f / no badge / visitor / no secret');
  });

  it('ask only for what matters, take a product and a list, and keep a secret to themselves', async () => {
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    const form = page.locator('gx-schema-form');
    await form.getByLabel('Greeting').waitFor();
    expect(await form.getByLabel('Text of the badge').count()).to.equal(0);
    await form.getByRole('switch', { name: 'Show a badge' }).press('Space');
    await form.getByLabel('Text of the badge').fill('far too long');
    await form.getByRole('combobox', { name: 'Gift' }).fill(sku);
    await form.getByRole('option').first().waitFor();
    await expectAccessible(page, 'a product that is looked for');
    await form.getByRole('combobox', { name: 'Gift' }).press('Enter');
    await form.getByText(` · ${sku}`).waitFor();
    const add = form.getByRole('button', { name: 'Add an entry' });
    await add.press('Enter');
    await page.keyboard.type('Slow');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Sure');
    await form.getByLabel('Key').fill('s3cret');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Use at most 10 characters.').waitFor();
    await form.getByRole('switch', { name: 'Show a badge' }).press('Space');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    // What is hidden is not checked, and what would not be right becomes its default.
    expect(await stored()).to.deep.equal({ greeting: 'Hello', ink: '#0b6e5f', badge: false, badgeText: 'new', gift: sku, mottos: ['Slow', 'Sure'], key: { set: true } });
    await page.reload();
    await form.getByText(` · ${sku}`).waitFor();
    expect(await form.getByLabel('Key').inputValue()).to.equal('');
    await form.getByRole('button', { name: 'Remove entry 1' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await stored())['mottos']).to.deep.equal(['Sure']);
  });

  it('refuse on the server what the form would not let through', async () => {
    const admin = await server.admin();
    const whole = { greeting: 'Hello', ink: '#0b6e5f', badge: true, badgeText: 'new', gift: null, mottos: [] };
    for (const [field, value] of [['gift', 'no-such-sku'], ['mottos', ['', 'x']], ['mottos', ['1', '2', '3', '4']], ['badgeText', 'far too long']] as const) {
      const answer = await admin.put<{ code: string; fields: Record<string, string> }>('/api/admin/installs/lives/settings', { values: { ...whole, [field]: value } });
      expect([answer.status, answer.body.code], `${field}`).to.deep.equal([422, 'GX_SETTINGS']);
      expect(Object.keys(answer.body.fields)[0]).to.match(new RegExp(`^${field}`));
    }
    expect(await told(), 'shoppers learn of what is declared for them alone').to.deep.equal({ greeting: 'Hello', ink: '#0b6e5f', badge: false, badgeText: 'new' });
    const saved = await stored();
    await admin.must('PUT', '/api/admin/installs/lives/settings', { values: { ...whole, greeting: 'Moin' } });
    expect(await told(), 'and of a change at once').to.deep.equal({ greeting: 'Moin', ink: '#0b6e5f', badge: true, badgeText: 'new' });
    await admin.must('PUT', '/api/admin/installs/lives/settings', { values: { ...whole, badge: false, gift: saved['gift'], mottos: saved['mottos'] } });
  });

  it('are not lost by going elsewhere', async () => {
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    await page.getByLabel('Greeting').fill('Half written');
    await page.getByRole('link', { name: 'Orders', exact: true }).first().click();
    const asked = page.locator('gx-dialog[label="Leave without saving?"]');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Greeting').inputValue()).to.equal('Half written');
  });

  it('fit on a phone in Chinese', async () => {
    await using tab = await openAdmin(server, '/marketplace/lives', { locale: 'zh-CN', viewport: phone, colorScheme: 'dark' });
    await said(tab.page, 'Hello / #0b6e5f / no badge / visitor / no secret');
    await expectAccessible(tab.page, 'settings with a preview');
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.be.at.most(0);
  });
});
