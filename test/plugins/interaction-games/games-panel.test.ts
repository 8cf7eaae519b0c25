import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { walkTo } from '../../kit/admin-walk.js';
import { expectAccessible, openPage, phone, startTestServer, type PageOptions, type TestPage, type TestServer } from '../../kit/index.js';
import { fromLocal, toLocal } from '../../../widgets/kit/zoned-time.js';
import { everyDay } from '../../../plugins/interaction-games/widgets/admin/games/every-day.js';
import { only, wheelRules } from './club-page.js';

const PANEL = '/admin/plugins/interaction-games/games';

describe('games in the admin: dates', () => {
  it('writes and reads a clock of the shop\'s zone, across changes of the clock', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Pacific/Chatham', 'UTC']) {
      for (const at of [Date.UTC(2026, 10, 22, 1, 30), Date.UTC(2026, 2, 29, 0, 15), Date.UTC(2026, 2, 8, 12), Date.UTC(2026, 6, 1)]) expect(fromLocal(toLocal(at, zone), zone), `${zone} ${at}`).to.equal(at);
    }
    expect(toLocal(Date.UTC(2026, 10, 22, 16, 5), 'Asia/Shanghai')).to.equal('2026-11-23T00:05');
    expect(fromLocal('', 'UTC')).to.equal(null);
    expect(toLocal(null, 'UTC')).to.equal('');
  });

  it('shows quiet days between days with plays', () => {
    expect(everyDay([])).to.deep.equal([]);
    expect(everyDay([{ date: '2026-02-27', plays: 3, won: 1 }, { date: '2026-03-02', plays: 1, won: 1 }]).map(({ date, plays }) => `${date} ${plays}`)).to.deep.equal(['2026-02-27 3', '2026-02-28 0', '2026-03-01 0', '2026-03-02 1']);
    expect(everyDay([{ date: '2025-01-01', plays: 3, won: 1 }, { date: '2026-03-02', plays: 1, won: 1 }])).to.have.length(60);
  });
});

describe('games in the admin', function () {
  this.timeout(90_000);
  let server: TestServer;
  before(async () => { server = await startTestServer(); await server.install('interaction-games'); });
  after(() => server.close());

  async function open(path = '', options: PageOptions = {}): Promise<TestPage> {
    const tab = await openPage(options);
    const { bearer } = await server.admin();
    await tab.page.addInitScript((token) => { sessionStorage.setItem('guanxi.admin.bearer', token ?? ''); }, bearer);
    await tab.page.goto(`${server.url}${PANEL}${path}`);
    await tab.page.locator('interaction-games-games h1').waitFor();
    return tab;
  }
  const languageTo = async (page: Page, to: '中文' | 'English'): Promise<void> => { await page.getByRole('button', { name: to, exact: true }).first().click(); };
  const publish = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('gx-dialog').getByRole('button', { name: 'Publish' }).click();
  };

  it('takes a wheel from a template over odds shown as they are typed to the report of a live game', async () => {
    await using tab = await open();
    const { page } = tab;
    await page.locator('wa-button[href$="/new/lucky"]').click();
    await page.getByRole('heading', { name: 'New wheel' }).waitFor();
    const odds = page.getByRole('list', { name: 'Odds' }).getByRole('listitem');
    expect((await odds.first().textContent())?.replace(/\s+/g, ' ').trim()).to.contain('10 points30%');
    await page.getByLabel('Quantity').first().fill('696');
    expect((await odds.first().textContent())?.replace(/\s+/g, ' ').trim()).to.contain('10 points49.9%');
    await page.getByLabel('Name', { exact: true }).fill('Autumn wheel');
    await publish(page);
    await page.getByRole('heading', { name: 'Autumn wheel' }).waitFor();
    await page.getByText('1,396 of 1,396 tickets are still in the deck.').waitFor();
    await page.getByText('No plays yet').first().waitFor();
    await expectAccessible(page, 'report without plays');
  });

  it('says at each field what is wrong, keeps what was typed across a change of language, and takes the server\'s word', async () => {
    await using tab = await open('/new/lucky', { strict: false });
    const { page } = tab;
    await page.getByLabel('Name in English').nth(1).fill('');
    await page.getByLabel('Quantity').first().fill('0');
    await page.getByRole('button', { name: 'Save draft' }).click();
    const wrong = page.locator('interaction-games-games [aria-invalid=true]');
    await wrong.first().waitFor();
    expect(await wrong.count()).to.equal(2);
    expect(await wrong.evaluateAll((fields) => fields.map((field) => (field.getRootNode() as ShadowRoot).getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent))).to.deep.equal(['A whole number from 1 to 100,000.', 'Fill this in.']);
    expect(await page.evaluate(() => { let active = document.activeElement; while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement; return active?.id; })).to.equal('config-prizes-0-quantity');
    await expectAccessible(page, 'editor with errors');
    await languageTo(page, '中文');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('请填 1 到 100,000 的整数。').waitFor();
    expect(await page.getByLabel('数量').first().inputValue()).to.equal('0');
    await languageTo(page, 'English');
    await page.getByLabel('Quantity').first().fill('10');
    await page.getByLabel('Name in English').nth(1).fill('Tea');
    await page.route('**/interaction-games/games', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ code: 'GX_INVALID', title: 'x', detail: 'Some fields are not valid', fields: { 'config.blanks': 'Too many for this shop.' } }) }));
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Too many for this shop.').waitFor();
    expect(await page.getByLabel('Blanks', { exact: true }).getAttribute('aria-invalid')).to.equal('true');
    await page.unroute('**/interaction-games/games');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { name: 'Games', exact: true }).waitFor();
  });

  it('opens a draft again with what was saved, and deletes it after asking', async () => {
    const admin = await server.admin();
    const { id } = await admin.must<{ id: string }>('POST', '/api/admin/plugins/interaction-games/games', { type: 'check-in', title: 'To go', config: { cycle: [3, 4] }, endsAt: Date.UTC(2027, 0, 1, 4) });
    await using tab = await open(`/${id}`);
    expect(await tab.page.getByLabel('Day 2').inputValue()).to.equal('4');
    expect(await tab.page.getByLabel('Ends').inputValue()).to.equal('2027-01-01T12:00');
    await tab.page.goto(`${server.url}${PANEL}`);
    await tab.page.getByRole('button', { name: 'Actions for To go' }).click();
    await tab.page.getByRole('menuitem', { name: 'Delete' }).click();
    await tab.page.locator('gx-dialog').getByRole('button', { name: 'Delete' }).click();
    await tab.page.getByRole('link', { name: 'To go' }).waitFor({ state: 'detached' });
    expect((await admin.get(`/api/admin/plugins/interaction-games/games/${id}`)).status).to.equal(404);
  });

  it('reports plays, saves them as a file, pauses and resumes', async () => {
    const id = await only(server, 'wheel', wheelRules());
    const player = await server.shopper({ name: 'Lin Yue' });
    for (const { personId } of [player, await server.shopper()]) await server.services.risk.note(server.context(), personId ?? '', { device: 'a-shared-tablet', address: '4 Wheel Road' });
    for (let play = 0; play < 2; play++) await player.must('POST', `/api/storefront/plugins/interaction-games/activities/${id}/plays`, {});
    await using tab = await open(`/${id}`);
    const { page } = tab;
    await page.getByText('2 plays on 1 day, 2 of them won.').first().waitFor();
    expect(await page.getByRole('link', { name: 'Lin Yue' }).count()).to.equal(2);
    expect(await page.getByText('being checked', { exact: true }).count(), 'the first is checked first, and the second with it').to.equal(2);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    expect(file.suggestedFilename()).to.match(/\.csv$/);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('gx-dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await expectAccessible(page, 'report');
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    it(`is accessible and fits a phone (${lang})`, async () => {
      await only(server, 'check-in', { cycle: [5, 5, 8] });
      await using tab = await open('', { viewport: phone, locale: lang });
      for (const path of ['', '/new', '/new/every-win', '/new/check-in']) {
        if (path) await walkTo(tab.page, `/plugins/interaction-games/games${path}`);
        await expectAccessible(tab.page, `${path || 'list'} ${lang}`);
        expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).to.equal(0);
      }
    });
  }
});
