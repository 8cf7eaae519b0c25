import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { walkTo } from '../../kit/admin-walk.js';
import { settled } from '../../kit/browser.js';
import { ADMIN_TOKEN, expectAccessible, openPage, phone, startTestServer, type PageOptions, type TestPage, type TestServer } from '../../kit/index.js';

const ADMIN = '/api/admin/plugins/coupon-exchange';
const SHOP = '/api/storefront/plugins/coupon-exchange';
const HOME = '/admin/plugins/coupon-exchange/exchange';
interface Reward { readonly id: string; readonly title: { readonly en: string }; readonly state: string; readonly kind: string; readonly discount: number; readonly minimum: number; readonly stock: number | null; readonly remaining: number | null; readonly ownCost: number | null }

describe('coupon exchange in the admin', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await startTestServer(); await server.install('coupon-exchange'); });
  after(() => server.close());

  async function open(path = '', options: PageOptions = {}): Promise<TestPage & { readonly panel: Locator }> {
    const tab = await openPage(options);
    await tab.page.goto(`${server.url}${HOME}${path}#token=${ADMIN_TOKEN}`);
    const panel = tab.page.locator('coupon-exchange-exchange');
    await panel.locator('h1').waitFor({ state: 'visible' });
    await settled(tab.page);
    return { ...tab, panel };
  }
  const rewards = async (): Promise<Reward[]> => (await (await server.admin()).must<{ items: Reward[] }>('GET', `${ADMIN}/rewards`)).items;
  const named = async (en: string): Promise<Reward | undefined> => (await rewards()).find(({ title }) => title.en === en);

  it('begins with the first reward: a form with the card beside it, checked, saved and published', async () => {
    for (const { id } of await rewards()) await (await server.admin()).post(`${ADMIN}/rewards/${id}/end`, {});
    await using tab = await open('/new');
    const { page, panel } = tab;
    const preview = panel.locator('.preview');
    await panel.getByRole('button', { name: 'Save and publish' }).click();
    expect(await panel.getByText('Enter a title.').count()).to.equal(2);
    expect(await panel.evaluate((host) => host.shadowRoot?.activeElement?.id)).to.equal('title-en');
    await expectAccessible(page, 'the form with mistakes');
    await panel.getByLabel('Title in English').fill('Eighth off');
    await panel.getByLabel('Title in Chinese').fill('八七五折');
    await panel.getByLabel('Kind').selectOption('percent');
    await panel.getByLabel('Percentage off').fill('120');
    await panel.getByText('Enter a number from 0.01 to 100.').waitFor();
    await panel.getByLabel('Percentage off').fill('12.5');
    await panel.getByLabel('Orders from').fill('59.90');
    await panel.getByLabel('Costs').fill('40');
    await panel.getByLabel('Stock (coupons)').fill('3');
    await preview.getByText('Eighth off').waitFor();
    await preview.getByText('12.5% off').waitFor();
    await preview.getByText('40 points').waitFor();
    await preview.getByText(/Orders from ¥59.90/).waitFor();
    await preview.getByText(/Only 3 left/).waitFor();
    await panel.getByRole('button', { name: 'Save and publish' }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('“Eighth off” is live').waitFor();
    await panel.getByRole('heading', { name: 'Rewards' }).waitFor();
    expect(await named('Eighth off')).to.include({ state: 'active', kind: 'percent', discount: 1250, minimum: 5990, stock: 3, remaining: 3 });
  });

  it('pauses, resumes, adds stock, copies and ends, asking before each that shoppers notice', async () => {
    await using tab = await open();
    const { page, panel } = tab;
    const act = async (name: string, agree?: string): Promise<void> => {
      await panel.getByRole('button', { name: 'Actions for Eighth off', exact: true }).click();
      await panel.getByRole('menuitem', { name, exact: true }).click();
      if (agree) await page.locator('gx-dialog[open]').getByRole('button', { name: agree, exact: true }).click();
    };
    await act('Pause', 'Pause');
    await page.getByText('“Eighth off” is paused').waitFor();
    expect((await named('Eighth off'))?.state).to.equal('paused');
    await act('Resume', 'Resume');
    await page.getByText('“Eighth off” is live again').waitFor();
    await act('Add stock');
    const dialog = panel.locator('gx-dialog');
    await dialog.getByLabel('How many more').fill('1.5');
    await dialog.getByRole('button', { name: 'Add stock' }).click();
    await dialog.getByText('Enter a whole number from 1 to 1,000,000.').waitFor();
    await dialog.getByLabel('How many more').fill('7');
    await dialog.getByText('After this 10 are left.').waitFor();
    await expectAccessible(page, 'the stock dialog');
    await dialog.getByRole('button', { name: 'Add stock' }).click();
    await page.getByText('Stock added').waitFor();
    expect(await named('Eighth off')).to.include({ stock: 10, remaining: 10 });
    await act('Duplicate');
    await panel.getByRole('heading', { name: 'Eighth off (copy)', exact: true }).first().waitFor();
    expect(await panel.getByLabel('Percentage off').inputValue()).to.equal('12.5');
    expect(await panel.getByLabel('Orders from').inputValue()).to.equal('59.9');
  });

  it('lists who has which coupon with masked codes, by reward and state, and as a file', async () => {
    const reward = await named('Eighth off');
    const member = await server.shopper({ name: 'Lin Mei' });
    await (await server.admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    const { code } = await member.must<{ code: string }>('POST', `${SHOP}/redemptions`, { rewardId: reward?.id });
    await using tab = await open();
    const { page, panel } = tab;
    const table = panel.getByRole('table', { name: 'Coupons given out' });
    await table.getByRole('link', { name: 'Lin Mei' }).waitFor();
    expect(await table.getByRole('link', { name: 'Lin Mei' }).getAttribute('href')).to.equal(`/admin/customers/${member.personId ?? ''}`);
    expect(await table.textContent()).to.contain('Not used').and.not.contain(code);
    await panel.getByText('0 of 1 coupons were used. Most redeemed: Eighth off.').waitFor();
    await panel.getByLabel('Filter by state').selectOption('used');
    await panel.getByRole('heading', { name: 'No coupon matches' }).or(panel.getByText('No coupon matches')).first().waitFor();
    await panel.getByLabel('Filter by state').selectOption('');
    await panel.getByLabel('Filter by reward').selectOption({ label: 'Eighth off' });
    await table.getByText('Lin Mei').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Export CSV' }).click()]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv).to.contain('Lin Mei').and.contain(code.slice(0, 7)).and.not.contain(code);

    await table.getByRole('button', { name: /^History: Lin Mei/ }).click();
    const dialog = panel.locator('gx-dialog').filter({ hasText: 'What happened with' });
    await dialog.getByText('Given to the customer').waitFor();
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await dialog.getByText('Say why.').waitFor();
    await dialog.getByLabel('Why it is taken back').fill('by mistake');
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await table.getByText('Cancelled').waitFor();
    expect((await member.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available).to.equal(100);
  });

  it('keeps a published reward as it is and offers a copy', async () => {
    await using tab = await open(`/${(await named('Eighth off'))?.id ?? ''}`);
    await tab.panel.getByText('This reward is published').waitFor();
    expect(await tab.panel.getByLabel('Title in English').count()).to.equal(0);
    await expectAccessible(tab.page, 'a published reward');
  });

  it('changes its language with the admin, without losing what was typed', async () => {
    await using tab = await open('/new');
    const { page, panel } = tab;
    await panel.getByLabel('Title in English').fill('Typed before');
    await page.getByRole('button', { name: '中文' }).first().click();
    await panel.getByRole('heading', { name: '新建奖励' }).waitFor();
    expect(await panel.getByLabel('英文标题').inputValue()).to.equal('Typed before');
    await panel.getByText('300 积分').waitFor();
  });

  it('asks for what each kind has, loads codes, and lets staff tick off what they hand over', async () => {
    const admin = await server.admin();
    const sku = (await server.services.products.search(server.context(), '', { limit: 1 })).items[0]!;
    await using tab = await open('/new');
    const { page, panel } = tab;
    await panel.getByLabel('Title in English').fill('Tea for points');
    await panel.getByLabel('Title in Chinese').fill('积分换茶');
    const kind = panel.locator('#kind');
    expect(await kind.locator('option[value=credit]').textContent()).to.contain('no module keeps store credit here');
    expect(await kind.locator('option[value=credit]').isDisabled(), 'a kind that the shop cannot give').to.equal(true);
    await kind.selectOption('product');
    await panel.getByRole('button', { name: 'Save draft' }).click();
    await panel.getByText('Choose one.').waitFor();
    await panel.getByRole('combobox', { name: 'Product' }).fill(sku.title.slice(0, 12));
    await panel.locator('gx-product-field').getByRole('option').first().click();
    await panel.getByLabel('Cash part').fill('9.9');
    await panel.locator('.preview').getByText(/Instead of/).waitFor();
    await panel.locator('.preview').getByText(/300 points \+ ¥9.90/).waitFor();
    await panel.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    expect(await named('Tea for points')).to.include({ kind: 'product', discount: 990 });

    const make = async (en: string, kindOf: string): Promise<string> => {
      const { id } = await admin.must<{ id: string }>('POST', `${ADMIN}/rewards`, { title: { en, 'zh-CN': en }, kind: kindOf, discount: 0, minimum: 0, cost: 40, stock: null, perPerson: 1, validDays: 14 });
      await admin.must('POST', `${ADMIN}/rewards/${id}/publish`, {});
      return id;
    };
    await panel.getByRole('button', { name: 'Actions for Tea for points', exact: true }).click();
    await panel.getByRole('menuitem', { name: 'Edit', exact: true }).click();
    await panel.getByLabel('One costs you').fill('-1');
    await panel.getByRole('button', { name: 'Save draft' }).click();
    await panel.getByText('Enter a number from 0 to 1,000,000.').waitFor();
    await panel.getByLabel('One costs you').fill('61.5');
    await panel.getByRole('button', { name: 'Save draft' }).click();
    await panel.getByRole('heading', { name: 'Rewards' }).waitFor();
    expect(await named('Tea for points')).to.include({ ownCost: 6150 });
    const [gift, card] = [await make('Gift wrap', 'right'), await make('Gift card', 'code')];
    const member = await server.shopper({ name: 'Wang Lei' });
    await admin.must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    await member.must('POST', `${SHOP}/redemptions`, { rewardId: gift });
    await page.reload();
    await panel.getByRole('heading', { name: 'To hand over' }).waitFor();
    await panel.getByRole('button', { name: 'Actions for Gift card', exact: true }).click();
    await panel.getByRole('menuitem', { name: 'Load codes' }).click();
    const dialog = panel.locator('gx-dialog').filter({ hasText: 'Load codes into' });
    await dialog.getByLabel('Codes, one per line').fill('CARD-1\nCARD-2\nCARD-1');
    await dialog.getByText('2 codes found').waitFor();
    await expectAccessible(page, 'the dialog for codes');
    await dialog.getByRole('button', { name: 'Load codes' }).click();
    await page.getByText('Loaded: 2. Known before: 0.').waitFor();
    expect((await rewards()).find(({ id }) => id === card)).to.include({ stock: 2, remaining: 2 });
    await panel.getByRole('button', { name: 'Actions for Gift card', exact: true }).click();
    await panel.getByRole('menuitem', { name: 'What one costs you' }).click();
    const price = panel.locator('gx-dialog').filter({ hasText: 'What one of' });
    await price.getByText('Money budgets use their own estimate for one now.').waitFor();
    await price.getByLabel('One costs you').fill('much');
    await price.getByRole('button', { name: 'Save' }).click();
    await price.getByText('Enter an amount of 0 or more, or leave it empty.').waitFor();
    await price.getByLabel('One costs you').fill('48');
    await expectAccessible(page, 'the dialog for the cost');
    await price.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Cost saved').waitFor();
    expect(await named('Gift card')).to.include({ ownCost: 4800, state: 'active' });
    await panel.getByLabel('Kind', { exact: true }).selectOption('right');
    const table = panel.getByRole('table', { name: 'To hand over' });
    await table.getByText('Wang Lei').waitFor();
    await table.getByRole('button', { name: 'Tick off' }).click();
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'Tick off', exact: true }).click();
    await page.getByText('Ticked off', { exact: true }).waitFor();
    await panel.getByText('Nothing to hand over').waitFor();
    expect((await member.must<{ items: { state: string }[] }>('GET', `${SHOP}/redemptions`)).items[0]?.state).to.equal('used');
  });

  it('shows the ladder over the orders, changes and publishes it, and opens numbers to their rows', async () => {
    const member = await server.shopper({ name: 'Chen Jie' });
    const sku = (await server.services.products.search(server.context(), '', { limit: 1 })).items[0]!.sku;
    for (const quantity of [1, 2, 2, 3, 5, 8]) await server.order(member, [{ sku, quantity }]);
    await using tab = await open('/ladder');
    const { page, panel } = tab;
    await panel.getByText(/6 orders: half below/).waitFor();
    const middle = panel.getByRole('group', { name: 'Middle' });
    await middle.getByLabel('Money off').fill('0');
    await middle.getByText('Enter more than 0 and less than the minimum.').waitFor();
    await middle.getByLabel('Money off').fill('3');
    await panel.locator('svg.ladder').getByText(/−¥3.00/).waitFor();
    await panel.getByRole('group', { name: 'Large' }).getByRole('checkbox').uncheck();
    const before = (await rewards()).length;
    await panel.getByRole('button', { name: 'Publish ladder' }).click();
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'Publish ladder', exact: true }).click();
    await page.getByText('The ladder is live').waitFor();
    expect((await rewards()).filter(({ discount, state }) => discount === 300 && state === 'active')).to.have.length(1);
    expect((await rewards()).length).to.be.within(before + 1, before + 2);
    const rowsIn = (name: string | RegExp, many: number) => panel.getByRole('table', { name }).locator('tbody tr').nth(many - 1).waitFor();
    /** Presses each number of the page and counts what it opens. */
    const openAll = async (): Promise<string[]> => {
      const opened: string[] = [];
      for (const button of await panel.locator('button[data-rows]').all()) {
        const [name, many] = [await button.getAttribute('aria-label') ?? '', Number(await button.getAttribute('data-rows'))];
        await button.click();
        const dialog = panel.locator('gx-dialog[open] gx-table');
        const list = await dialog.count() ? dialog : panel.locator('#coupons gx-table');
        if (name.startsWith('Seen')) await list.getByText('Gift card').first().waitFor();
        else {
          expect(await list.evaluate(async (element, rows) => {
            const table = element as HTMLElement & { readonly rows?: readonly unknown[]; readonly loading: boolean };
            for (let frame = 0; frame < 600 && (table.loading || table.rows?.length !== rows); frame++) await new Promise(requestAnimationFrame);
            return table.rows?.length;
          }, many), name).to.equal(many);
        }
        if (await dialog.count()) { await page.keyboard.press('Escape'); await dialog.waitFor({ state: 'detached' }).catch(() => undefined); }
        opened.push(name);
      }
      return opened;
    };
    await member.must('GET', `${SHOP}/rewards`);
    await walkTo(page, '/plugins/coupon-exchange/exchange/report');
    await panel.getByRole('heading', { name: 'From seeing to using' }).waitFor();
    expect((await openAll()).map((name) => name.split(':')[0])).to.include.members(['Seen', 'Given out', 'Used', 'under 1 day']);
    await panel.getByRole('button', { name: /^Used: 1$/ }).first().click();
    await panel.getByRole('table', { name: 'Coupons given out' }).getByText('Wang Lei').waitFor();
    expect(await panel.getByLabel('Filter by state').inputValue()).to.equal('used');
    await walkTo(page, '/plugins/coupon-exchange/exchange/ladder');
    await panel.getByText(/6 orders: half below/).waitFor();
    await panel.locator('summary').click();
    expect(await openAll()).to.have.length.above(3);
    await walkTo(page, '/plugins/coupon-exchange/exchange');
    await panel.locator('gx-kpi').getByRole('button', { name: 'Used', exact: true }).click();
    await rowsIn('Coupons given out', 1);
    expect(await panel.getByLabel('Filter by state').inputValue()).to.equal('used');
  });

  it('is accessible in both languages on phone and desktop', async () => {
    for (const options of [{ locale: 'en', colorScheme: 'light' }, { locale: 'zh-CN', colorScheme: 'dark', viewport: phone }] as const) {
      await using tab = await open('', options);
      for (const path of ['', '/new', '/ladder', '/report']) {
        if (path) await walkTo(tab.page, `/plugins/coupon-exchange/exchange${path}`);
        await tab.panel.locator('gx-card').first().waitFor();
        await expectAccessible(tab.page, `${path || 'the list'} in ${options.locale}`);
        expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
      }
    }
  });

  it('says what rewards are for before there is one', async () => {
    await using tab = await openPage();
    await tab.page.route('**/api/admin/plugins/coupon-exchange/rewards', (route) => route.fulfill({ json: { items: [] } }));
    await tab.page.goto(`${server.url}${HOME}#token=${ADMIN_TOKEN}`);
    const panel = tab.page.locator('coupon-exchange-exchange');
    await panel.getByText('Let points buy something').waitFor();
    await panel.getByText('Create first reward').click();
    await panel.getByRole('heading', { name: 'New reward' }).waitFor();
  });
});
