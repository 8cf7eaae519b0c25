import { expect } from 'chai';
import { expectAccessible, phone, type TestPage, type TestServer } from '../kit/index.js';
import { kitServer, openKit } from './kit-place.js';

interface Table extends HTMLElement { columns: unknown; rows: unknown; rowHref: unknown; sort: string; updateComplete: Promise<unknown> }

const fill = (tab: TestPage, count: number): Promise<void> => tab.page.evaluate((rows) => {
  const table = document.querySelector('gx-table') as Table;
  Object.assign(table, {
    label: 'People', csv: true, sort: '-points', hasNext: true, rowHref: (row: { id: number }) => `#${row.id}`,
    columns: [{ key: 'name', label: 'Name', primary: true, sortable: true }, { key: 'points', label: 'Points', align: 'end', sortable: true }, { key: 'note', label: 'Note', wideOnly: true }],
    rows: Array.from({ length: rows }, (_, id) => ({ id, name: `Person ${id}`, points: id * 10, note: '<b>not bold</b>' })),
  });
  const heard = (window as unknown as { heard: unknown[] }).heard = [] as unknown[];
  for (const name of ['gx-sort', 'gx-more', 'gx-csv']) table.addEventListener(name, (event) => { heard.push([name, (event as CustomEvent).detail]); });
}, count);
const heard = (tab: TestPage): Promise<unknown> => tab.page.evaluate(() => (window as unknown as { heard: unknown }).heard);

describe('gx-table', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await kitServer(); });

  it('waits, shows rows as text and an empty state', async () => {
    await using tab = await openKit(server, '<gx-table><gx-empty slot="empty" heading="Nobody"></gx-empty></gx-table>');
    await tab.page.getByRole('status', { name: 'Loading…' }).waitFor();
    await fill(tab, 3);
    expect(await tab.page.getByRole('row').count()).to.equal(4);
    expect(await tab.page.getByText('<b>not bold</b>').first().isVisible()).to.equal(true);
    await expectAccessible(tab.page, 'a table');
    await fill(tab, 0);
    await tab.page.getByText('Nobody').waitFor();
  });

  it('asks for another order, the next page and a file, by keyboard', async () => {
    await using tab = await openKit(server, '<gx-table></gx-table>');
    await fill(tab, 3);
    expect(await tab.page.getByRole('columnheader', { name: 'Points' }).getAttribute('aria-sort')).to.equal('descending');
    await tab.page.getByRole('button', { name: 'Points' }).press('Enter');
    await tab.page.getByRole('button', { name: 'Name' }).press('Space');
    await tab.page.getByRole('button', { name: 'Load more' }).press('Enter');
    await tab.page.getByRole('button', { name: 'Export CSV' }).press('Enter');
    expect(await heard(tab)).to.deep.equal([['gx-sort', { sort: 'points' }], ['gx-sort', { sort: '-name' }], ['gx-more', null], ['gx-csv', null]]);
  });

  it('lets a whole row be pressed and keeps one link per row', async () => {
    await using tab = await openKit(server, '<gx-table></gx-table>');
    await fill(tab, 2);
    expect(await tab.page.getByRole('link').count()).to.equal(2);
    const row = await tab.page.getByRole('row').nth(2).boundingBox();
    if (!row) throw new Error('The row has no box.');
    await tab.page.mouse.click(row.x + row.width - 20, row.y + row.height / 2);
    await tab.page.waitForURL('**#1');
  });

  it('becomes cards on a phone, in both languages, and stays accessible', async () => {
    await using tab = await openKit(server, '<gx-table></gx-table>', { viewport: phone, locale: 'zh-CN' });
    await fill(tab, 12);
    await tab.page.getByLabel('排序').selectOption('name');
    expect(await heard(tab)).to.deep.equal([['gx-sort', { sort: 'name' }]]);
    await tab.page.getByText('已显示 12 行').waitFor();
    await expectAccessible(tab.page, 'a table of cards');
    await tab.page.evaluate(() => { document.documentElement.lang = 'en'; });
    await tab.page.getByText('12 rows shown').waitFor();
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.be.at.most(0);
  });
});
