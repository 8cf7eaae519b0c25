import { expect } from 'chai';
import { expectAccessible, phone, type TestPage, type TestServer } from '../kit/index.js';
import { kitServer, openKit } from './kit-place.js';

const data = { categories: ['2026-11-20', '2026-11-21', '2026-11-22'], days: true, series: [{ name: 'Good', values: [4, 6, 12] }, { name: 'Bad', values: [1, 0, 9], tone: 'danger' }] };
const draw = (tab: TestPage, kind: string, given: object = data): Promise<void> => tab.page.evaluate(([name, shown]) => {
  Object.assign(document.querySelector('gx-chart') as HTMLElement, { kind: name, data: shown, label: 'Reviews', sentence: '32 reviews in 3 days.' });
}, [kind, given] as const);

describe('gx-chart and the small charts', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await kitServer(); });

  let shared: TestPage | undefined;
  after(() => shared?.close());
  for (const kind of ['line', 'stacked', 'bars', 'funnel', 'heat', 'flow']) {
    it(`draws ${kind} as SVG under the policy, with a sentence and a table`, async () => {
      const tab = shared ??= await openKit(server, '');
      await tab.page.emulateMedia({ colorScheme: kind === 'bars' ? 'dark' : 'light' });
      await tab.page.evaluate(() => { document.querySelector('main gx-chart')?.remove(); document.querySelector('main')?.append(document.createElement('gx-chart')); });
      await draw(tab, kind);
      await tab.page.locator('gx-chart .box svg').waitFor();
      expect(await tab.page.getByRole('img', { name: 'Reviews. 32 reviews in 3 days.' }).count()).to.equal(1);
      expect(await tab.page.locator('gx-chart table tbody tr').count()).to.equal(3);
      await expectAccessible(tab.page, kind);
    });
  }

  it('shows its data by keyboard and draws again afterwards', async () => {
    await using tab = await openKit(server, '<gx-chart></gx-chart>', { viewport: phone });
    await draw(tab, 'line');
    await tab.page.getByRole('button', { name: 'Show data' }).press('Enter');
    expect(await tab.page.getByRole('cell', { name: '12' }).isVisible()).to.equal(true);
    await expectAccessible(tab.page, 'the data of a chart');
    await tab.page.getByRole('button', { name: 'Hide data' }).press('Enter');
    await tab.page.locator('gx-chart .box svg').waitFor();
  });

  it('names what was picked, by pointer on the drawing and by keyboard in the table', async () => {
    await using tab = await openKit(server, '<gx-chart pickable></gx-chart>');
    await tab.page.evaluate(() => { document.querySelector('gx-chart')!.addEventListener('gx-pick', (event) => { const { category, series } = (event as CustomEvent<{ category: number; series: number }>).detail; document.body.dataset['picked'] = `${category}/${series}`; }); });
    const picked = async (act: Promise<unknown>): Promise<string | undefined> => { await tab.page.evaluate(() => { delete document.body.dataset['picked']; }); await act; await tab.page.locator('body[data-picked]').waitFor({ state: 'attached' }); return tab.page.evaluate(() => document.body.dataset['picked']); };
    await draw(tab, 'flow', { categories: ['Coupons'], series: [{ name: 'Orders', values: [120] }] });
    const box = tab.page.locator('gx-chart .box');
    await box.locator('svg path').first().waitFor();
    const { width, height } = (await box.boundingBox())!;
    expect(await picked(box.click({ position: { x: width * 0.3, y: height / 2 } })), 'the only stream').to.equal('0/0');
    await draw(tab, 'flow', data);
    await tab.page.getByRole('button', { name: 'Show data' }).press('Enter');
    expect(await picked(tab.page.getByRole('button', { name: '9', exact: true }).press('Enter'))).to.equal('2/1');
    expect(await tab.page.getByRole('button', { name: '0', exact: true }).count(), 'nothing is behind a zero').to.equal(0);
    await expectAccessible(tab.page, 'numbers to open');
  });

  it('draws a band around a line, and writes it into the table', async () => {
    await using tab = await openKit(server, '<gx-chart></gx-chart>');
    await draw(tab, 'line', { categories: ['a', 'b'], series: [{ name: 'Owed', values: [10, 20] }, { name: 'Expected', values: [5, 8], band: [[4, 6], [7, 11]] }] });
    await tab.page.locator('gx-chart .box svg').waitFor();
    // The filled area between the ends of the band, beside the two lines.
    await tab.page.waitForFunction(() => [...document.querySelector('gx-chart')!.shadowRoot!.querySelectorAll('svg path')].some((path) => path.getAttribute('fill') !== 'none' && path.getAttribute('fill-opacity') === '0.18'));
    await tab.page.getByRole('button', { name: 'Show data' }).press('Enter');
    expect(await tab.page.getByRole('cell', { name: '8 (7 – 11)' }).isVisible()).to.equal(true);
  });

  it('says that there is nothing instead of drawing an empty frame', async () => {
    await using tab = await openKit(server, '<gx-chart></gx-chart>');
    await draw(tab, 'line', { categories: ['a'], series: [{ name: 'n', values: [0] }] });
    await tab.page.getByText('No data in this period').waitFor();
    expect(await tab.page.locator('gx-chart .box').count()).to.equal(0);
  });

  it('shows the data when the drawing cannot be loaded', async () => {
    await using tab = await openKit(server, '<gx-chart></gx-chart>', { strict: false });
    await tab.page.route('**/chart-engine-*.js', (route) => route.abort());
    await draw(tab, 'line');
    await tab.page.getByText('The chart could not be drawn.').waitFor();
    expect(await tab.page.getByRole('cell', { name: '12' }).isVisible()).to.equal(true);
  });

  it('draws key numbers, sparks, stars and a trend without ECharts', async () => {
    await using tab = await openKit(server, '<gx-kpi></gx-kpi><gx-stars value="3.5" number></gx-stars><gx-trend></gx-trend>');
    const fetched: string[] = [];
    tab.page.on('request', (request) => fetched.push(request.url()));
    await tab.page.evaluate((given) => {
      Object.assign(document.querySelector('gx-kpi') as HTMLElement, { label: 'Sales', value: 123450, format: 'money', currency: 'USD', note: 'last 30 days', trend: [1, 4, 2] });
      Object.assign(document.querySelector('gx-trend') as HTMLElement, { data: given, label: 'Reviews', sentence: 'Up.' });
    }, data);
    await tab.page.getByText('$1,234.50').waitFor();
    await tab.page.getByRole('img', { name: '3.5 out of 5 stars' }).waitFor();
    await tab.page.getByRole('img', { name: 'Reviews. Up.' }).waitFor();
    await expectAccessible(tab.page, 'small charts');
    expect(fetched.filter((url) => url.includes('chart-engine'))).to.deep.equal([]);
  });
});
