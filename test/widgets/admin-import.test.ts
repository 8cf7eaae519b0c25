import { expect } from 'chai';
import { walkTo } from '../kit/admin-walk.js';
import { expectAccessible, phone, type TestServer } from '../kit/index.js';
import { openAdmin, startAdminServer } from './admin-place.js';

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const lines = csv('lines.csv', `invoice,stock_code,quantity,unit_price\n${Array.from({ length: 40 }, (_, n) => `7${100 + n},MUG,2,3.50\n7${100 + n},HAT,1,9\n`).join('')}79999,MUG,1,3.50\n`);
const invoices = csv('invoices.csv', `invoice,datetime,customer,salesperson\n${Array.from({ length: 40 }, (_, n) => `7${100 + n},2026-01-05,c${n % 7},Somebody with a long name\n`).join('')}`);
const products = csv('products.csv', 'stock_code,description\nMUG,Blue mug\nHAT,Straw hat\n');
const foreign = csv('foreign.csv', 'order,date,customer,currency,sku,quantity,unit price,total\nF1,2026-11-05,ilona,HUF,TEA,1,1990.50,1990.50\nY1,2026-11-06,kenji,JPY,TEA,1,1200,1200\n');
const strangers = csv('strangers.csv', 'colour,weight\nblue,1\n');

describe('the admin\'s import page', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await startAdminServer(); });
  after(() => server.close());

  it('joins several files, refuses one that does not fit, and reports what came of them', async () => {
    await using tab = await openAdmin(server, '/imports', { locale: 'en' });
    const { page } = tab;
    // The lines are the table although the invoices' file is the larger one.
    await page.locator('gx-import-page input[type=file]').setInputFiles([invoices, lines]);
    const files = page.locator('gx-import-files');
    await files.getByText('Joined by invoice; adds datetime, customer, salesperson. Knows 80 of the first 81 rows.').waitFor();
    expect(await files.locator('li').first().innerText()).to.match(/lines\.csv\s+The table/i);
    await expectAccessible(page, 'the mapping of joined files');

    await files.locator('input[type=file]').setInputFiles([strangers]);
    await page.getByText(/strangers\.csv: .*shares no column with the table/).waitFor();
    expect(tab.problems.splice(0).every((problem) => problem.includes('status of 422'))).to.equal(true);
    expect(await files.locator('li').count()).to.equal(2);
    await files.locator('input[type=file]').setInputFiles([products]);
    await files.getByText('Joined by stock_code; adds description.').waitFor();
    expect(await page.getByLabel('Product', { exact: true }).inputValue()).to.equal('description');
    await files.getByRole('button', { name: 'Remove products.csv' }).click();
    await files.getByText('Joined by stock_code').waitFor({ state: 'detached' });

    await page.reload();
    await files.getByText('Joined by invoice; adds datetime, customer, salesperson.').waitFor();
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByText('The import is complete.').waitFor();
    await page.getByText('The other file has no such row').waitFor();
    await expectAccessible(page, 'the report');
    const orders = await (await server.admin()).must<{ items: { number: string }[] }>('GET', '/api/admin/orders?limit=200');
    expect(orders.items.filter(({ number }) => /^7\d{3}$/.test(number))).to.have.length(40);

    // Hungarians write no fraction, and browsers follow them; the shop counts in hundredths all the same.
    await page.getByRole('button', { name: 'Import another file' }).click();
    await page.locator('gx-import-page input[type=file]').setInputFiles([foreign]);
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByText('The import is complete.').waitFor();
    await walkTo(page, '/orders');
    for (const text of ['Ft\u00a01,990.50', '¥1,200']) await page.getByText(text, { exact: true }).first().waitFor();
  });

  it('says in Chinese, on a phone, why a file does not fit', async () => {
    await using tab = await openAdmin(server, '/imports', { locale: 'zh-CN', viewport: phone, colorScheme: 'dark' });
    const { page } = tab;
    await page.locator('gx-import-page input[type=file]').setInputFiles([lines, invoices]);
    await page.getByText('按 invoice 关联，补充 datetime').waitFor();
    await page.locator('gx-import-files input[type=file]').setInputFiles([strangers]);
    await page.getByText('strangers.csv: 关联文件与主表没有同名的列').waitFor();
    expect(tab.problems.splice(0).every((problem) => problem.includes('status of 422'))).to.equal(true);
    await expectAccessible(page, 'the mapping in Chinese');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });
});
