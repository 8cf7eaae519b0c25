import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { settled } from '../../kit/browser.js';
import { ADMIN_TOKEN, expectAccessible, openPage, phone, startTestServer, type PageOptions, type TestPage, type TestServer } from '../../kit/index.js';
import { plan } from './member-fixture.js';

const HOME = '/admin/plugins/membership/members';

describe('membership in the admin', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    await server.install('membership');
    const member = await server.shopper({ name: 'Lin' });
    for (let n = 0; n < 3; n++) await server.order(member, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    const other = await server.shopper({ name: 'Wang' });
    await server.order(other, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    await (await server.admin()).must('POST', '/api/admin/plugins/membership/tasks/birthday/start', { points: 10 });
    await other.must('POST', '/api/storefront/plugins/membership/tasks/birthday', { month: 5, day: 1 });
  });
  after(() => server.close());

  async function open(path = '', options: PageOptions = {}): Promise<TestPage & { readonly panel: Locator }> {
    const tab = await openPage(options);
    await tab.page.goto(`${server.url}${HOME}${path}#token=${ADMIN_TOKEN}`);
    const panel = tab.page.locator('membership-members');
    await panel.locator('h1').waitFor({ state: 'visible' });
    await settled(tab.page);
    return { ...tab, panel };
  }

  it('shows who stands where, filters the list, and starts a task', async () => {
    await using tab = await open();
    const { page, panel } = tab;
    await panel.getByText('In 90 days 1 moved up and 0 down.').waitFor();
    await panel.getByRole('link', { name: 'Lin' }).waitFor();
    await expectAccessible(page, 'the overview of members');
    await panel.getByLabel('Tier', { exact: true }).selectOption('ordinary');
    await panel.getByRole('link', { name: 'Lin' }).waitFor({ state: 'detached' });
    await panel.getByRole('link', { name: 'Wang' }).waitFor();
    await panel.getByRole('button', { name: '1 from Member in 90 days' }).click();
    const moved = panel.locator('gx-dialog[open][label="Member → VIP"]');
    await moved.getByText('Reached the tier').waitFor();
    await expectAccessible(page, 'who moved');
    await page.keyboard.press('Escape');
    await moved.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: '1 member', exact: true }).first().click();
    await panel.locator('#members').getByRole('link', { name: 'Lin' }).waitFor();
    const kpi = (name: string) => panel.locator('gx-kpi').getByRole('button', { name });
    const names = (rows: number) => panel.locator('#members gx-table').evaluate(async (element, many) => {
      const table = element as HTMLElement & { readonly rows?: readonly { readonly name: string }[]; readonly loading: boolean };
      for (let frame = 0; frame < 600 && (table.loading || table.rows?.length !== many); frame++) await new Promise(requestAnimationFrame);
      return table.rows?.map(({ name }) => name);
    }, rows);
    await kpi('About to lose a tier').click();
    expect(await names(0)).to.deep.equal([]);
    await kpi('Above the first tier').click();
    expect(await names(1)).to.deep.equal(['Lin']);
    await kpi('Members').click();
    expect(await names(2)).to.have.members(['Lin', 'Wang']);
    await kpi('Birthdays known').click();
    const told = panel.locator('gx-dialog[open][label="Birthdays known"]');
    await told.getByRole('link', { name: 'Wang' }).waitFor();
    expect(await told.locator('tbody tr').count()).to.equal(1);
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Show data' }).click();
    await panel.locator('gx-chart').getByRole('button', { name: '1', exact: true }).click();
    await panel.locator('gx-dialog[open]').getByRole('link', { name: 'Lin' }).waitFor();
    await page.keyboard.press('Escape');
    await panel.getByLabel('Points for “Follow the shop”').fill('70');
    await panel.getByRole('button', { name: 'Start' }).first().click();
    await panel.getByRole('listitem').filter({ hasText: 'Follow the shop' }).getByText('Running').waitFor();
    const { items } = await (await server.admin()).must<{ items: { task: string; points: number; state: string }[] }>('GET', '/api/admin/plugins/membership/tasks');
    expect(items.find(({ task }) => task === 'follow')).to.deep.include({ points: 70, state: 'live' });
  });

  it('previews while the merchant types, marks what cannot be, and saves what was shown', async () => {
    await using tab = await open('/plan', { viewport: phone, strict: false });
    const { page, panel } = tab;
    await panel.getByText(/^0 of 2 members move up at once/).waitFor();
    const orders = panel.getByLabel('Orders', { exact: true }).first();
    await orders.fill('0.5');
    await panel.getByText('Correct the marked fields to see who would move.').waitFor();
    expect(await orders.getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible(page, 'the plan with a mistake');
    await orders.fill('1');
    await panel.getByText(/^1 of 2 members move up at once/).waitFor();
    await panel.getByRole('link', { name: 'Wang' }).waitFor();
    await panel.getByRole('button', { name: 'List all 1' }).click();
    const list = panel.locator('gx-dialog[open][label="Move up at once"]');
    await list.getByRole('link', { name: 'Wang' }).waitFor();
    await list.getByText('Member → VIP').waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    const { version } = await plan(server);
    await panel.getByRole('button', { name: 'Save plan' }).click();
    await page.getByText(/1 member moves up at once; 0 would lose a tier/).waitFor();
    await page.locator('body > div > gx-dialog').getByRole('button', { name: 'Save plan' }).click();
    await panel.getByRole('heading', { name: 'Members by tier' }).waitFor();
    expect(await plan(server)).to.deep.include({ version: version + 1 });
    const { items } = await (await server.admin()).must<{ items: { name: string; tier: string }[] }>('GET', '/api/admin/plugins/membership/members');
    expect(items.map(({ name, tier }) => `${name} ${tier}`).sort()).to.deep.equal(['Lin vip', 'Wang vip']);
  });
});
