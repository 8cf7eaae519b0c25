import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { expectAccessible, phone, type TestPage } from '../kit/index.js';
import { openAdmin, sharedAdminServer, shifted } from './admin-place.js';

const numberIn = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-').replace('+', ''));
/** What a page of rows says that they come to. */
async function sumOf(tab: TestPage): Promise<number> {
  const status = tab.page.getByText(/^[\d,]+ (entry|entries), [+−-]?[\d,]+ points in all$/);
  await status.waitFor();
  return numberIn(/ies, (\S+) points|entry, (\S+) points/.exec(await status.innerText())!.slice(1).find((each) => each !== undefined)!);
}

describe('the economy\'s page', function () {
  this.timeout(180_000);

  it('opens each number to the rows that come to it, and saves them', async () => {
    await using tab = await openAdmin(await sharedAdminServer(), '/economy');
    const { page } = tab;
    const sentence = page.getByText(/^In 90 days [\d,]+ points were issued/);
    await sentence.waitFor();
    const issued = numberIn(/days ([\d,]+) points/.exec(await sentence.innerText())![1]!);
    expect(issued).to.be.above(0);
    await page.getByRole('link', { name: 'Issued', exact: true }).click();
    await page.getByRole('heading', { name: 'Points: Issued' }).waitFor();
    expect(await sumOf(tab)).to.equal(issued);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const rows = parse(readFileSync(await (await saved).path()), { bom: true, columns: true }) as { amount: string }[];
    expect(rows.reduce((sum, { amount }) => sum + Number(amount), 0)).to.equal(issued);
    await page.reload();
    expect(await sumOf(tab), 'the address is the filter').to.equal(issued);
    await page.goBack();

    // By keyboard: the table behind the chart, and a number in it.
    const chart = page.locator('gx-card', { has: page.getByRole('heading', { name: 'Points in and out, by day' }) });
    await chart.getByRole('button', { name: 'Show data' }).press('Enter');
    await chart.getByRole('columnheader', { name: 'Issued · Order' }).waitFor();
    const first = chart.getByRole('cell').getByRole('button').first(), amount = numberIn(await first.innerText());
    await first.press('Enter');
    await page.getByRole('heading', { name: /^Points: / }).waitFor();
    expect(await sumOf(tab)).to.equal(amount);
    await page.goBack();
    await chart.getByLabel('Bars').selectOption('kind');
    if (await chart.getByRole('button', { name: 'Show data' }).count()) await chart.getByRole('button', { name: 'Show data' }).press('Enter');
    await chart.getByRole('columnheader', { name: 'Issued', exact: true }).waitFor();

    const paths = page.locator('gx-card', { has: page.getByRole('heading', { name: 'From where points come to what becomes of them' }) });
    await paths.getByRole('button', { name: 'Show data' }).press('Enter');
    const stream = paths.getByRole('cell').getByRole('button').first(), points = numberIn(await stream.innerText());
    await stream.press('Enter');
    await page.getByRole('link', { name: 'Points economy' }).first().waitFor();
    await page.waitForURL(/\/economy\/(uses|lots)\?/);
    expect(await sumOf(tab)).to.equal(points);
    await expectAccessible(page, 'rows behind a stream');
  });

  it('reads well on a phone, in Chinese and in the dark', async () => {
    await using tab = await openAdmin(await sharedAdminServer(), '/economy', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    await tab.page.getByRole('heading', { name: '积分从何而来、去向何处' }).waitFor();
    await tab.page.getByRole('heading', { name: '到期日历' }).waitFor();
    await expectAccessible(tab.page, 'economy, zh-CN');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });
});
