import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, phone, startTestServer } from '../kit/index.js';
import { capability, hurryUntil, lifeOf } from '../server/installs/lives-fixture.js';
import { ground } from '../server/installs/restarts.js';
import { openAdmin } from './admin-place.js';
import { notebook, notebookPlugin } from './market-fixture.js';

const consent = (page: Page) => page.locator('gx-consent-dialog');

describe('a module that needs attention', function () {
  this.timeout(120_000);

  it('stays off after an upgrade that asks for more, until the merchant has seen what changes and agreed', async () => {
    await using place = await ground('sqlite');
    const before = await place.start([notebookPlugin()]);
    await lifeOf(await before.admin()).install(['db']);
    await before.close();
    const after = await place.start([notebookPlugin(notebook({ version: '2.0.0', capabilities: [capability('db'), capability('orders.read'), capability('net:mail.example.com')], jobs: [] }))]);
    await hurryUntil(after, () => after.services.installs.of(after.context().shop.id, 'lives')?.state === 'needs-consent');
    await using tab = await openAdmin(after, '/marketplace?show=consent');
    const { page } = tab;
    await page.locator('article').getByText('Needs your consent', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Notebook', exact: true }).press('Enter');
    await page.getByText('Version 2.0.0 asks for more than you agreed to. Notebook stays off until you decide').waitFor();
    await page.getByText('New: Read orders, mail.example.com').waitFor();
    await expectAccessible(page, 'a module that waits for consent');
    await page.getByRole('button', { name: 'Review what is new' }).press('Enter');
    const dialog = consent(page);
    for (const text of ['1.0.0 → 2.0.0', 'Reads orders too.', 'No longer asked for: Read customers, api.example.com', 'Background runs a day: 25 → 0']) await dialog.getByText(text).waitFor();
    expect(await dialog.getByText('The first one.').count(), 'notes of the version that the shop has').to.equal(0);
    expect(await dialog.locator('li', { hasText: 'Read orders' }).getByText('new', { exact: true }).count()).to.equal(1);
    expect(await dialog.locator('li', { hasText: 'Keep its own tables' }).getByText('new', { exact: true }).count()).to.equal(0);
    await expectAccessible(page, 'the consent to an upgrade');
    await dialog.getByRole('button', { name: 'Not now' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(after.services.installs.of(after.context().shop.id, 'lives')?.state).to.equal('needs-consent');
    await page.getByRole('button', { name: 'Review what is new' }).click();
    await dialog.getByRole('button', { name: 'Agree and update' }).click();
    await page.getByText('Notebook is updated').waitFor();
    expect(await lifeOf(await after.admin()).item()).to.deep.include({ state: 'enabled', version: '2.0.0', needsConsent: false });
    expect(await page.getByText('asks for more').count()).to.equal(0);
  });

  it('says why an install failed, and tries again', async () => {
    await using server = await startTestServer({ plugins: [notebookPlugin(notebook(), { failing: { onInstall: 6 } })], env: { GUANXI_COOL_DOWN_MS: '100' } });
    await using tab = await openAdmin(server, '/marketplace/lives');
    const { page } = tab;
    const state = () => server.services.installs.of(server.context().shop.id, 'lives')?.state;
    await page.getByRole('button', { name: 'Install' }).click();
    await consent(page).getByRole('button', { name: 'Agree and install' }).click();
    await page.getByText('The last attempt failed: onInstall: onInstall failed on purpose').waitFor();
    await hurryUntil(server, () => state() === 'failed');
    await consent(page).getByRole('alert').getByText('onInstall failed on purpose').waitFor();
    await expectAccessible(page, 'a failed install');
    await page.keyboard.press('Escape');
    await page.getByText('Notebook could not be started.').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await hurryUntil(server, () => state() === 'enabled');
    await page.getByText('Notebook works again').waitFor();
  });

  it('tells in both languages why it was stopped', async () => {
    await using server = await startTestServer({ plugins: [notebookPlugin()] });
    await server.install('lives');
    await server.services.installs.suspend(server.context(), 'lives', 'breaker', 'GX_PLUGIN_FAILED 5 times');
    for (const [locale, text, button, options] of [['en', 'Notebook was stopped because it kept failing.', 'Try again', {}], ['zh-CN', '记事本连续出错，已被暂停。', '重试', { viewport: phone, colorScheme: 'dark' }]] as const) {
      await using tab = await openAdmin(server, '/marketplace/lives', { locale, ...options });
      await tab.page.getByText(text).waitFor();
      await tab.page.getByText('GX_PLUGIN_FAILED 5 times').waitFor();
      await tab.page.getByRole('button', { name: button }).waitFor();
      await expectAccessible(tab.page, `a stopped module in ${locale}`);
    }
    await using tab = await openAdmin(server, '/marketplace/lives');
    await tab.page.getByRole('button', { name: 'Try again' }).click();
    await tab.page.getByText('Notebook works again').waitFor();
  });
});
