import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { expectAccessible, phone, type TestServer } from '../kit/index.js';
import { openAdmin, startAdminServer } from './admin-place.js';

describe('people\'s data in the admin', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startAdminServer();
    await (await server.admin()).must('DELETE', '/api/admin/installs/interaction-games');
    await server.services.purges.purge(server.context(), 'interaction-games');
  });
  after(() => server.close());

  it('is saved as a file and erased after the name was typed, by keyboard alone', async () => {
    const shopper = await server.shopper({ name: 'Ada Byron', email: 'ada@example.test' });
    await using tab = await openAdmin(server, `/customers/${shopper.personId ?? ''}`);
    const { page } = tab;
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export everything' }).press('Enter');
    const file = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as { data: { core: { person: { email: string }[] } } };
    expect(file.data.core.person[0]?.email).to.equal('ada@example.test');

    await page.getByRole('button', { name: 'Erase …' }).press('Enter');
    const typed = page.getByLabel('Type Ada Byron to confirm');
    await typed.waitFor();
    await expectAccessible(page, 'the erasure dialog');
    await typed.fill('Ada');
    await page.keyboard.press('Enter');
    await page.getByText('Type exactly: Ada Byron').waitFor();
    await typed.fill('Ada Byron');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    await expectAccessible(page, 'the receipt of an erasure');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Privacy' }).waitFor();
    await page.getByText('Erased customer').first().waitFor();
    expect((await server.services.customers.byId(server.context(), shopper.personId ?? ''))?.email).to.equal(null);
  });

  it('shows requests and both kinds of receipts, in both languages', async () => {
    for (const [locale, erased, person, receipt, purged, settings, options] of [['en', 'Erase a customer', 'Customer', 'Show receipt', 'Interaction games', 'Settings', { colorScheme: 'light' }], ['zh-CN', '清除顾客数据', '顾客', '查看凭证', '互动游戏', '设置', { colorScheme: 'dark', viewport: phone }]] as const) {
      await using tab = await openAdmin(server, '/privacy', { locale, ...options });
      const { page } = tab;
      for (const [what, record] of [[erased, person], [purged, settings]] as const) {
        await page.getByRole('button', { name: new RegExp(what) }).first().press('Enter');
        await page.getByRole('menuitem', { name: receipt }).press('Enter');
        await page.locator('gx-receipt-dialog').getByText(record, { exact: true }).first().waitFor();
        await expectAccessible(page, `the receipt of ${what}, ${locale}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await expectAccessible(page, `the privacy page, ${locale}`);
    }
  });
});
