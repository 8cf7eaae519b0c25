import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { expectAccessible, openPage, phone, startTestServer, type PageOptions, type Shopper, type TestPage, type TestServer } from '../../kit/index.js';

const ADMIN = '/api/admin/plugins/coupon-exchange/rewards';
const SHOP = '/api/storefront/plugins/coupon-exchange';
const MOUNT = '[data-guanxi=rewards]';
interface ClubTab extends TestPage { readonly widget: Locator }

describe('rewards on the storefront', function () {
  this.timeout(90_000);
  let server: TestServer;
  before(async () => { server = await startTestServer(); await server.install('coupon-exchange'); });
  after(() => server.close());
  afterEach(() => server.integrity());

  /** Ends what was there before and puts up what is given, in this order of price. */
  async function offer(...wishes: readonly { en: string; zh: string; cost: number; stock?: number | null; perPerson?: number; minimum?: number }[]): Promise<string[]> {
    const admin = await server.admin();
    const { items } = await admin.must<{ items: { id: string; state: string }[] }>('GET', ADMIN);
    for (const { id, state } of items) if (state === 'active') await admin.must('POST', `${ADMIN}/${id}/end`, {});
    return Promise.all(wishes.map(async ({ en, zh, cost, stock = null, perPerson = 1, minimum = 0 }) => {
      const { id } = await admin.must<{ id: string }>('POST', ADMIN, { title: { en, 'zh-CN': zh }, kind: 'amount', discount: 500, minimum, cost, stock, perPerson, validDays: 14 });
      await admin.must('POST', `${ADMIN}/${id}/publish`, {});
      return id;
    }));
  }
  async function rich(points: number): Promise<Shopper> {
    const member = await server.shopper();
    await (await server.admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: points, reason: 'for the test' });
    return member;
  }
  async function open({ as, lang = 'en', ...options }: PageOptions & { readonly as?: Shopper; readonly lang?: 'en' | 'zh-CN' } = {}): Promise<ClubTab> {
    const tab = await openPage(options);
    if (as?.bearer) await tab.page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, as.bearer);
    await tab.page.goto(`${server.url}/demo/club?lang=${lang}`);
    await tab.page.locator(MOUNT).scrollIntoViewIfNeeded();
    const widget = tab.page.locator('coupon-exchange-rewards');
    await widget.locator('.card').waitFor();
    return { ...tab, widget };
  }
  const available = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
  const focused = (widget: Locator): Promise<string> => widget.evaluate((host) => host.shadowRoot?.activeElement?.textContent?.trim() ?? '');

  it('turns points into a code by keyboard, asking first', async () => {
    await offer({ en: '¥5 off', zh: '5 元券', cost: 120, perPerson: 2 });
    const member = await rich(200);
    await using tab = await open({ as: member });
    const { page, widget } = tab;
    await widget.getByText('200 points').waitFor();
    const button = widget.getByRole('button', { name: 'Redeem ¥5 off for 120 points' });
    await button.press('Enter');
    const dialog = widget.getByRole('dialog', { name: 'Redeem “¥5 off”?' });
    await dialog.getByText('This takes 120 points. You will have 80 points left.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await available(member), 'Esc takes nothing').to.equal(200);
    expect(await focused(widget)).to.equal('Redeem');

    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Take 120 points' }).press('Enter');
    await widget.getByRole('heading', { name: 'Here is your code' }).waitFor();
    expect(await focused(widget), 'the result is where the focus is').to.equal('Here is your code');
    const code = await widget.locator('dialog code').textContent();
    const { items } = await member.must<{ items: { code: string; title: { en: string } }[] }>('GET', `${SHOP}/redemptions`);
    expect(items.map((coupon) => [coupon.code, coupon.title.en])).to.deep.equal([[code, '¥5 off']]);
    expect(await available(member)).to.equal(80);
    await page.keyboard.press('Escape');
    await widget.getByText('40 points to go').waitFor();
    await widget.locator('dialog').waitFor({ state: 'detached' });
    expect(await widget.evaluate((host) => host.shadowRoot?.activeElement?.className), 'the card has the focus when its button is gone').to.contain('reward');
  });

  it('says what is missing, sold out and used up, and offers no button there', async () => {
    const [first = ''] = await offer({ en: 'Once', zh: '一次', cost: 10 }, { en: 'None left', zh: '没了', cost: 20, stock: 0 }, { en: 'Few', zh: '少', cost: 30, stock: 3 }, { en: 'Dear', zh: '贵', cost: 1000, minimum: 5900 });
    const member = await rich(890);
    await member.must('POST', `${SHOP}/redemptions`, { rewardId: first });
    await using tab = await open({ as: member });
    const card = (title: string): Locator => tab.widget.getByRole('listitem').filter({ has: tab.page.getByRole('heading', { name: title, exact: true }) });
    await card('Once').getByText('Limit reached').waitFor();
    await card('None left').getByText('Sold out').waitFor();
    await card('Few').getByText('Only 3 left').waitFor();
    await card('Dear').getByText('120 points to go').waitFor();
    await card('Dear').getByText('Orders from ¥59').waitFor();
    expect(await tab.widget.getByRole('listitem').getByRole('button').count()).to.equal(1);
  });

  it('takes nothing when the last one has gone meanwhile, and shows it', async () => {
    const [id = ''] = await offer({ en: 'The last', zh: '最后一张', cost: 10, stock: 1 });
    const [member, faster] = [await rich(50), await rich(50)];
    await using tab = await open({ as: member, strict: false });
    await tab.widget.getByRole('button', { name: /Redeem The last/ }).click();
    await tab.widget.getByRole('button', { name: 'Take 10 points' }).waitFor();
    await faster.must('POST', `${SHOP}/redemptions`, { rewardId: id });
    await tab.widget.getByRole('button', { name: 'Take 10 points' }).click();
    await tab.widget.getByRole('alert').getByText('This reward has just sold out. No points were taken.').waitFor();
    expect(await tab.widget.locator('dialog .button').allTextContents()).to.deep.equal(['Close']);
    await tab.widget.getByRole('button', { name: 'Close' }).click();
    await tab.widget.getByText('Sold out', { exact: true }).waitFor();
    expect(await available(member)).to.equal(50);
  });

  it('copies a code, and selects it where there is no clipboard', async () => {
    await offer({ en: '¥5 off', zh: '5 元券', cost: 10 });
    const member = await rich(50);
    const { items: [reward] } = await member.must<{ items: { id: string }[] }>('GET', `${SHOP}/rewards`);
    const { code } = await member.must<{ code: string }>('POST', `${SHOP}/redemptions`, { rewardId: reward?.id });
    await using tab = await open({ as: member, permissions: ['clipboard-read', 'clipboard-write'] });
    const { page, widget } = tab;
    await widget.getByRole('button', { name: 'My rewards' }).click();
    await widget.getByText(/Valid until/).waitFor();
    await widget.getByRole('button', { name: 'Copy the code: ¥5 off' }).click();
    await widget.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).to.equal(code);
    await page.evaluate(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); });
    await widget.getByRole('button', { name: 'Copy the code: ¥5 off' }).click();
    await widget.getByText('Selected: copy it with your keyboard or menu.').waitFor();
    expect((await page.evaluate(() => getSelection()?.toString() ?? '')).trim()).to.equal(code);
  });

  it('shows a coupon that ran out as expired, before any job has said so', async () => {
    const [id = ''] = await offer({ en: 'Short-lived', zh: '短期券', cost: 10 });
    const member = await rich(50);
    await member.must('POST', `${SHOP}/redemptions`, { rewardId: id });
    await server.advance('P15D');
    await using tab = await open({ as: member });
    await tab.widget.getByRole('button', { name: 'My rewards' }).click();
    await tab.widget.getByText(/Expired on|Points returned/).waitFor();
    expect(await tab.widget.getByRole('button', { name: /Copy/ }).count()).to.equal(0);
  });

  it('gives codes of others, rights and samples, and says of each what happens with it', async () => {
    await offer();
    const admin = await server.admin();
    const put = async (kind: string, en: string, cost: number): Promise<string> => {
      const { id } = await admin.must<{ id: string }>('POST', ADMIN, { title: { en, 'zh-CN': en }, kind, discount: 0, minimum: 0, cost, stock: null, perPerson: 1, validDays: 14, note: { 'en': 'Ask at the desk', 'zh-CN': '到店咨询' } });
      await admin.must('POST', `${ADMIN}/${id}/publish`, {});
      return id;
    };
    const card = await put('code', 'Gift card', 10);
    await admin.must('POST', `${ADMIN}/${card}/codes`, { codes: ['CARD-42-XY'] });
    await put('right', 'Gift wrap', 20);
    await put('next-order', 'Sample', 30);
    const member = await rich(100);
    await using tab = await open({ as: member });
    const { page, widget } = tab;
    const take = async (title: string, cost: number): Promise<void> => {
      await widget.getByRole('button', { name: `Redeem ${title} for ${cost} points` }).click();
      await widget.getByRole('button', { name: `Take ${cost} points` }).click();
    };
    await take('Gift card', 10);
    await widget.locator('dialog').getByText('Keep this code to yourself.').waitFor();
    expect(await widget.locator('dialog code').textContent()).to.equal('CARD-42-XY');
    await page.keyboard.press('Escape');
    await take('Gift wrap', 20);
    await widget.locator('dialog').getByText(/Show this code by/).waitFor();
    await page.keyboard.press('Escape');
    await take('Sample', 30);
    await widget.locator('dialog').getByText(/It comes with your next order/).waitFor();
    expect(await widget.locator('dialog code').count(), 'nothing to show or enter').to.equal(0);
    await page.keyboard.press('Escape');
    await widget.getByRole('button', { name: 'My rewards' }).click();
    await widget.getByText(/Comes with your next order, until/).waitFor();
    await widget.locator('.mine').getByText('CARD-42-XY').waitFor();
    await widget.locator('.mine summary').first().click();
    await widget.locator('.mine').getByText(/Given to you/).waitFor();
    await expectAccessible(page, 'rewards of many kinds');
  });

  it('asks visitors and guests to sign in before anything else', async () => {
    await offer({ en: '¥5 off', zh: '5 元券', cost: 10 });
    for (const as of [undefined, await server.guest()]) {
      await using tab = await open(as ? { as } : {});
      await tab.widget.getByText('Sign in to turn points into rewards.').waitFor();
      expect(await tab.widget.getByRole('button').allTextContents()).to.deep.equal(['Sign in']);
      const asked = tab.page.evaluate(() => new Promise((done) => { addEventListener('guanxi:sign-in', (event) => { event.preventDefault(); done(true); }, { once: true }); }));
      await tab.widget.getByRole('button', { name: 'Sign in' }).click();
      expect(await asked).to.equal(true);
    }
  });

  it('says when nothing is up, and offers another try when the server does not answer', async () => {
    await offer();
    const tab = await openPage({ strict: false });
    await using _ = tab;
    let broken = true;
    await tab.page.route('**/plugins/coupon-exchange/rewards', (route) => (broken ? route.fulfill({ status: 500, body: '' }) : route.continue()));
    await tab.page.goto(`${server.url}/demo/club?lang=en`);
    await tab.page.locator(MOUNT).scrollIntoViewIfNeeded();
    const widget = tab.page.locator('coupon-exchange-rewards');
    const retry = widget.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    broken = false;
    await retry.click();
    await widget.getByText('There is nothing to redeem right now. Come back soon.').waitFor();
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    it(`is accessible as list, question, code and coupons (${lang})`, async () => {
      await offer({ en: '¥5 off', zh: '5 元券', cost: 10, perPerson: 3 }, { en: 'None left', zh: '没了', cost: 20, stock: 0 }, { en: 'Dear', zh: '贵', cost: 1000 });
      const say = (en: string, zh: string): string => (lang === 'en' ? en : zh);
      await using tab = await open({ as: await rich(50), lang, viewport: phone });
      const { page, widget } = tab;
      await widget.getByText(say('950 points to go', '还差 950 积分')).waitFor();
      await expectAccessible(page, `rewards ${lang}`, { include: MOUNT });
      await widget.getByRole('button', { name: say('Redeem', '兑换') }).first().click();
      await widget.getByRole('button', { name: say('Take 10 points', '确认扣除 10 积分') }).waitFor();
      await expectAccessible(page, `the question ${lang}`, { include: MOUNT });
      await widget.getByRole('button', { name: say('Take 10 points', '确认扣除 10 积分') }).click();
      await widget.getByRole('heading', { name: say('Here is your code', '券码到手') }).waitFor();
      await expectAccessible(page, `the code ${lang}`, { include: MOUNT });
      await widget.getByRole('button', { name: say('Close', '关闭') }).click();
      await widget.getByRole('button', { name: say('My rewards', '我的奖励') }).click();
      await widget.getByText(say('Valid until', '有效期至')).waitFor();
      await expectAccessible(page, `coupons ${lang}`, { include: MOUNT });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
    });
  }
});
