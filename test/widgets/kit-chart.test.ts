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
  for (const kind of ['line', 'stacked', 'bars', 'funnel', 'heat']) {
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
