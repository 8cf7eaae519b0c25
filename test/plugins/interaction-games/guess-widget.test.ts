import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { HOUR } from '../../../server/plugin-api/index.js';
import { allHeard } from '../../kit/all-heard.js';
import { expectAccessible, openPage, phone, startTestServer, type PageOptions, type Shopper, type TestPage, type TestServer } from '../../kit/index.js';

const GAMES = '/api/admin/plugins/interaction-games/games', MOUNT = '[data-guanxi=guess-price]';

describe('guess the price in the browser', function () {
  this.timeout(240_000);
  let server: TestServer, product: { sku: string; title: string; price: number };
  before(async () => {
    server = await startTestServer();
    await server.install('interaction-games');
    product = (await server.services.products.search(server.context(), 'Longjing', { limit: 1 })).items[0]!;
  });
  after(() => server.close());

  async function club(as: Shopper | undefined, lang: 'en' | 'zh-CN' = 'en', options: PageOptions = {}): Promise<TestPage & { readonly widget: Locator }> {
    const tab = await openPage(options);
    if (as?.bearer) await tab.page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, as.bearer);
    await tab.page.goto(`${server.url}/demo/club?lang=${lang}`);
    await tab.page.locator(MOUNT).scrollIntoViewIfNeeded();
    const widget = tab.page.locator('interaction-games-guess-price');
    await widget.locator('[role=status]').first().waitFor({ state: 'attached' });
    return { ...tab, widget };
  }
  async function admin(path = ''): Promise<TestPage> {
    const tab = await openPage();
    const { bearer } = await server.admin();
    await tab.page.addInitScript((token) => { sessionStorage.setItem('guanxi.admin.bearer', token ?? ''); }, bearer);
    await tab.page.goto(`${server.url}/admin/plugins/interaction-games/games${path}`);
    await tab.page.locator('interaction-games-games h1').waitFor();
    return tab;
  }
  const local = (at: number): string => new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).replace(' ', 'T').slice(0, 16);

  it('goes from a template over members who guess to a coupon for whoever was right', async () => {
    const now = server.services.clock.now();
    await using empty = await club(undefined);
    await empty.widget.getByText('There is no price to guess right now.').waitFor();
    await using tab = await admin();
    const { page } = tab;
    await page.locator('wa-button[href$="/new/guess-price"]').click();
    await page.getByRole('heading', { name: 'New price to guess' }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Set when guessing closes.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Tea price');
    await page.getByLabel('Ends', { exact: true }).fill(local(now + 3 * HOUR));
    const picker = page.getByRole('combobox', { name: 'Product' });
    await picker.fill('Longjing');
    await page.getByRole('option', { name: /Longjing/ }).first().click();
    await page.getByText('It costs ¥168.00 now.').waitFor();
    await page.getByLabel('Price in the sale').fill('149.5');
    await page.getByText('¥142.03 – ¥156.97').waitFor();
    await page.getByLabel('The sale ends').fill(local(now + 9 * HOUR));
    for (const [mode, hint] of [['exact', /names the very price/], ['nearest', /above or below/], ['nearest-below', /above the price never wins/], ['within', /within this share/]] as const) {
      await page.getByLabel('A guess is right').selectOption(mode);
      await page.getByText(hint).waitFor();
    }
    expect(await page.getByRole('link', { name: 'Limit the cost with a budget' }).getAttribute('href')).to.equal('/admin/budgets');
    await expectAccessible(page, 'a new round');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('gx-dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { name: 'Tea price' }).waitFor();
    await page.getByText('Known after the close').first().waitFor();

    const member = await server.shopper({ name: 'Anna' });
    await using shop = await club(member, 'en', { viewport: phone });
    const { widget } = shop;
    await widget.getByRole('link', { name: new RegExp('Longjing') }).waitFor();
    await widget.getByLabel('What will it cost in the sale (CNY)?').fill('lots');
    await widget.getByRole('button', { name: 'Guess (3 left)' }).click();
    await widget.getByText('Type a price, for example').waitFor();
    expect(await widget.getByLabel('What will it cost in the sale (CNY)?').getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible(shop.page, 'a guess that is no price', { include: MOUNT });
    for (const [typed, said] of [['99', 'The price is higher than ¥99.00.'], ['１５０', 'The price is not higher than ¥150.00.']] as const) {
      await widget.getByLabel('What will it cost in the sale (CNY)?').fill(typed);
      await shop.page.keyboard.press('Enter');
      await widget.getByText(said).waitFor();
    }
    expect(await shop.page.content()).to.not.include('149.5').and.to.not.include('14950');
    await shop.page.reload();
    await widget.getByRole('button', { name: 'Guess (1 left)' }).waitFor();
    await expectAccessible(shop.page, 'guesses', { include: MOUNT });
    expect(await shop.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);

    await server.advance('PT4H');
    await shop.page.reload();
    await widget.getByText('It was ¥149.50').waitFor();
    await widget.getByText('You were right: Coupon for this product').waitFor();
    expect(await widget.locator('.ticket code').textContent()).to.match(/^GX-/);
    await widget.getByText('Proof that the price was set before').click();
    await expectAccessible(shop.page, 'a round that is over', { include: MOUNT });
    const code = await widget.locator('.ticket code').textContent() ?? '';
    expect((await server.order(member, [{ sku: product.sku, quantity: 1 }], [code]))['discount']).to.equal(Math.floor(product.price / 10));

    await page.reload();
    await page.getByText('1 of 1 have their prize').waitFor();
    await page.getByRole('link', { name: 'Anna' }).first().waitFor();
    await page.getByLabel('The sale price is another').fill('139');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.getByText('Noted. Everybody who is right about it wins too.').first().waitFor();
    await expectAccessible(page, 'a round that is over');
    await using later = await club(await server.shopper(), 'zh-CN', { viewport: phone });
    await later.widget.getByText('实际促销价为 ¥139.00').waitFor();
    await later.widget.getByText('共 1 人猜对。').waitFor();
  });

  it('asks whoever is not signed in to do so, takes one guess however often the button is pressed, and says what became of a prize that was checked', async () => {
    const client = await server.admin(), now = server.services.clock.now();
    const { id } = await client.must<{ id: string }>('POST', GAMES, {
      type: 'guess-price', title: 'Second', endsAt: now + HOUR,
      config: { sku: product.sku, price: 100, mode: 'nearest', tolerance: 500, guesses: 1, hints: false, prize: { title: { en: '10 points', 'zh-CN': '10 积分' }, kind: 'points', amount: 10 }, coupon: null, fallbackPoints: 0 },
    });
    await client.must('POST', `${GAMES}/${id}/publish`, {});
    await using tab = await club(undefined, 'zh-CN');
    await tab.page.evaluate(() => { addEventListener('guanxi:sign-in', (event) => { event.preventDefault(); document.documentElement.dataset['asked'] = 'yes'; }); });
    await tab.widget.getByRole('button', { name: '登录后猜价' }).click();
    expect(await tab.page.evaluate(() => document.documentElement.dataset['asked'])).to.equal('yes');
    const pair = [await server.shopper(), await server.shopper()] as const;
    await using other = await club(pair[0]);
    await other.widget.getByLabel('What will it cost in the sale (CNY)?').fill('1');
    await other.widget.getByRole('button', { name: 'Guess (1 left)' }).evaluate((button) => { for (let press = 0; press < 5; press++) (button as HTMLElement).click(); });
    await other.widget.getByText('Your guess of ¥1.00 counts.').waitFor();
    await other.widget.getByText('All your guesses are in.').waitFor();

    for (const each of pair) await server.services.risk.note(server.context(), each.personId ?? '', { device: 'a-shared-tablet', address: '5 Guess Road' });
    await server.advance('PT2H');
    await allHeard(server);
    await other.page.reload();
    await other.widget.getByText('It is being checked until').waitFor();
    const { items } = await client.must<{ items: { grantId: string; personId: string }[] }>('GET', '/api/admin/risk');
    await client.must('POST', `/api/admin/risk/held/${items.find(({ personId }) => personId === pair[0].personId)!.grantId}/refuse`, { reason: 'Looks odd' });
    await allHeard(server);
    await other.page.reload();
    await other.widget.getByText('After a check the shop did not give this prize.').waitFor();
    await using desk = await admin(`/${id}`);
    await desk.page.getByText('Refused').first().waitFor();
    await desk.page.getByText('0 of 1 have their prize').waitFor();
  });
});
