import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, openPage, phone, startTestServer, type PageOptions, type Shopper, type TestPage, type TestServer } from '../../kit/index.js';
import { author, listed, MUG, settings, shown, SOAP, take, TEA, write } from './review-fixture.js';

const WIDGET = 'reviews-monitor-product-reviews';

describe('reviews on a product page', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    await server.install('reviews-monitor');
    await take(server, Array.from({ length: 13 }, (_, n) => ({ externalId: String(n), sku: TEA, stars: String(1 + n % 5), body: n === 12 ? 'Long. '.repeat(200) : `Number ${n}`, writtenAt: `2026-01-${10 + n}`, author: 'Ada Lovelace', ...(n % 4 === 0 ? { reply: 'Thank you' } : {}) })));
  });
  after(() => server.close());
  afterEach(() => settings(server, {}));

  async function open(sku: string, { as, lang = 'en', ...options }: PageOptions & { readonly as?: Shopper; readonly lang?: 'en' | 'zh-CN' } = {}): Promise<TestPage> {
    const tab = await openPage(options);
    if (as?.bearer) await tab.page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, as.bearer);
    await tab.page.goto(`${server.url}/demo/products/${sku}?lang=${lang}`);
    await tab.page.locator('[data-guanxi=product-reviews]').scrollIntoViewIfNeeded();
    await tab.page.locator(`${WIDGET} .card[aria-busy=false], ${WIDGET} .top`).first().waitFor();
    return tab;
  }
  const widget = (page: Page) => page.locator(WIDGET);
  const wide = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  it('shows average, distribution and reviews, newest first, and loads more where the reader is', async () => {
    await using tab = await open(TEA);
    const own = widget(tab.page);
    expect(await own.getByRole('img', { name: /out of 5 stars/ }).first().getAttribute('aria-label')).to.equal('2.8 out of 5 stars');
    await own.getByText('13 reviews').waitFor();
    await own.getByRole('img', { name: '1 star: 3 reviews' }).waitFor();
    expect(await own.getByRole('article').count()).to.equal(5);
    expect(await own.getByRole('article').nth(1).textContent()).to.contain('Number 11');
    await own.getByRole('button', { name: 'Read more' }).click();
    await own.getByRole('button', { name: 'Show less' }).waitFor();
    await own.getByRole('button', { name: 'Load more' }).press('Enter');
    await own.getByText('Number 0').waitFor();
    expect(await own.getByRole('article').count()).to.equal(13);
    expect(await own.getByRole('article').nth(5).evaluate((article) => article === (article.getRootNode() as ShadowRoot).activeElement)).to.equal(true);
    expect(await own.getByRole('button', { name: 'Load more' }).count()).to.equal(0);
    expect(await own.getByText('Reply from').count()).to.equal(4);
  });

  it('lets a member write by keyboard alone', async () => {
    const member = await server.shopper({ name: 'Grace Hopper' });
    await server.order(member, [{ sku: MUG, quantity: 1 }]);
    await using tab = await open(MUG, { as: member });
    const { page } = tab, own = widget(page);
    await own.getByText('No reviews yet').waitFor();
    await own.getByRole('button', { name: 'Write a review' }).focus();
    await page.keyboard.press('Enter');
    await own.getByRole('radiogroup', { name: 'Your rating' }).waitFor();
    expect(await own.locator('h3').first().evaluate((title) => title === (title.getRootNode() as ShadowRoot).activeElement), 'focus at the form').to.equal(true);
    await page.keyboard.press('Tab');
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
    expect(await own.getByRole('radio', { checked: true }).getAttribute('aria-label')).to.equal('4 stars: good');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Sturdy');
    await page.keyboard.press('Tab');
    await page.keyboard.type('<b>Holds</b> half a litre.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('很好用');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await own.getByRole('heading', { name: 'Thank you for your review' }).waitFor();
    await own.getByText('It is shown below.').waitFor();
    await own.getByRole('article').getByText('<b>Holds</b> half a litre.').waitFor();
    await own.getByText('Verified buyer').waitFor();
    expect((await shown(server.visitor(), MUG)).items[0]).to.include({ stars: 4, title: 'Sturdy', body: '<b>Holds</b> half a litre.\n很好用', author: 'Grace H.', verified: true });
    await own.getByRole('button', { name: 'Close' }).press('Enter');
    await own.getByRole('button', { name: 'Write a review' }).click();
    await own.getByRole('heading', { name: 'You have reviewed this product' }).waitFor();
  });

  it('says what is missing, at the field, and keeps what was written', async () => {
    await using tab = await open(SOAP, { as: await server.shopper() });
    const own = widget(tab.page);
    await own.getByRole('button', { name: 'Write a review' }).click();
    await own.getByRole('button', { name: 'Publish review' }).click();
    await own.getByText('Choose 1 to 5 stars.').waitFor();
    await own.getByText('Write a few words.').waitFor();
    expect(await own.getByRole('radio').first().evaluate((radio) => radio === (radio.getRootNode() as ShadowRoot).activeElement)).to.equal(true);
    expect(await own.getByLabel('Your review').getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible(tab.page, 'the form with mistakes');
    await own.getByRole('radio', { name: '2 stars: bad' }).check();
    await own.getByLabel('Your review').fill('x'.repeat(4990));
    await own.getByText('10 characters left').waitFor();
    await tab.page.route('**/reviews', (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"code":"GX_INVALID","title":"x","detail":"x"}' }) : route.continue()));
    await own.getByRole('button', { name: 'Publish review' }).click();
    await own.getByRole('alert').getByText('Please check your stars and your text.').waitFor();
    expect(await own.getByLabel('Your review').inputValue()).to.have.length(4990);
    tab.problems.length = 0;
  });

  it('asks guests to sign in, before they write', async () => {
    await using tab = await open(SOAP);
    const own = widget(tab.page);
    await own.getByRole('button', { name: 'Write a review' }).click();
    await own.getByRole('heading', { name: 'Sign in to write a review' }).waitFor();
    expect(await own.getByRole('textbox').count()).to.equal(0);
    await tab.page.evaluate(() => { addEventListener('guanxi:sign-in', (event) => { event.preventDefault(); document.title = 'asked'; }); });
    await own.getByRole('button', { name: 'Sign in' }).click();
    expect(await tab.page.title()).to.equal('asked');
    await own.getByRole('button', { name: 'Close' }).click();
    await own.getByRole('button', { name: 'Write a review' }).waitFor();
  });

  it('says when a review is shown after a check, and to whom the shop leaves the writing', async () => {
    await settings(server, { publishAtOnce: false, buyersOnly: true });
    const [buyer, other] = [await server.shopper(), await server.shopper()];
    await server.order(buyer, [{ sku: SOAP, quantity: 1 }]);
    await using refused = await open(SOAP, { as: other });
    await widget(refused.page).getByRole('button', { name: 'Write a review' }).click();
    await widget(refused.page).getByRole('heading', { name: 'Only buyers can review this product' }).waitFor();
    await using tab = await open(SOAP, { as: buyer, lang: 'zh-CN' });
    const own = widget(tab.page);
    await own.getByRole('button', { name: '写评价' }).click();
    await own.getByRole('radio', { name: '5 星：非常满意' }).check();
    await own.getByLabel('评价内容').fill('好闻');
    await own.getByRole('button', { name: '发布评价' }).click();
    await own.getByText('店铺审核后会展示。').waitFor();
    expect((await listed(server, { queue: 'hidden' })).map(({ body }) => body)).to.deep.equal(['好闻']);
    expect(await own.getByText('好闻').count()).to.equal(0);
  });

  it('learns from the server that somebody has written already in another tab', async () => {
    const member = await server.shopper();
    await using tab = await open(TEA, { as: member });
    const own = widget(tab.page);
    await own.getByRole('button', { name: 'Write a review' }).click();
    await write(member, TEA, { stars: 5, body: 'From the other tab' });
    await own.getByRole('radio', { name: '1 star: very bad' }).check();
    await own.getByLabel('Your review').fill('Again');
    await own.getByRole('button', { name: 'Publish review' }).click();
    await own.getByRole('heading', { name: 'You have reviewed this product' }).waitFor();
    expect(tab.problems.splice(0).every((problem) => problem.includes('409'))).to.equal(true);
  });

  it('offers to try again when reviews do not come, and then shows them', async () => {
    await using tab = await openPage({ strict: false });
    let down = true;
    await tab.page.route('**/products/*/reviews?*', (route) => (down ? route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"code":"GX_NOT_FOUND"}' }) : route.continue()));
    await tab.page.goto(`${server.url}/demo/products/${TEA}?lang=en`);
    const again = widget(tab.page).getByRole('button', { name: 'Try again' });
    await again.waitFor();
    down = false;
    await again.click();
    await widget(tab.page).getByText('Number 11').waitFor();
  });

  it('runs no text of a review as code', async () => {
    await author(server, TEA, { stars: 1, title: '<img src=x onerror="window.hacked=1">', body: '<script>window.hacked=1</script><a href="javascript:window.hacked=1">x</a>' }, { name: '<b>Eve</b>' });
    await using tab = await open(TEA);
    await widget(tab.page).getByText('<script>window.hacked=1</script>').waitFor();
    expect(await tab.page.evaluate(() => (window as { hacked?: number }).hacked)).to.equal(undefined);
    expect(await widget(tab.page).locator('article img, article a, article b, article script').count()).to.equal(0);
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    it(`is accessible on a phone, with and without the form (${lang})`, async () => {
      for (const as of [undefined, await server.shopper()]) {
        await using tab = await open(TEA, { viewport: phone, lang, ...(as && { as }) });
        await expectAccessible(tab.page, `the product page in ${lang}`);
        await widget(tab.page).getByRole('button', { name: lang === 'en' ? 'Write a review' : '写评价' }).click();
        await widget(tab.page).locator('.write').waitFor();
        await expectAccessible(tab.page, `the form in ${lang}`);
        expect(await wide(tab.page), 'px wider than the screen').to.be.at.most(0);
      }
    });
  }

  it('fits a narrow phone and a page that reads from right to left', async () => {
    await using tab = await open(TEA, { viewport: { width: 280, height: 700 }, as: await server.shopper() });
    await tab.page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    await widget(tab.page).getByRole('button', { name: 'Write a review' }).click();
    await widget(tab.page).locator('.write').waitFor();
    const box = await widget(tab.page).evaluate((host) => { const inner = host.shadowRoot?.querySelector('.card') as HTMLElement; return inner.scrollWidth - inner.clientWidth; });
    expect(box).to.be.at.most(0);
  });
});
