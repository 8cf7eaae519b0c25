import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectAccessible, openPage, phone, startTestServer, type PageOptions, type TestPage, type TestServer } from '../../kit/index.js';
import { ADMIN, complete, publish, rules, SHOP, words } from './survey-fixture.js';

describe('survey widget', function () {
  this.timeout(120_000);
  let server: TestServer;
  let survey = '';
  before(async () => {
    server = await startTestServer();
    await server.install('questionnaires');
  });
  after(() => server.close());
  beforeEach(async () => { survey = await publish(server, rules({ thankYou: words('Many thanks', '多谢') })); });
  afterEach(async () => {
    await server.advance('PT1S');
    await (await server.admin()).post(`${ADMIN}/surveys/${survey}/end`, {});
  });

  async function open(options: PageOptions = {}, bearer?: string): Promise<TestPage> {
    const tab = await openPage({ viewport: phone, ...options });
    if (bearer) await tab.page.addInitScript((value) => { localStorage.setItem('gx-shopper', value); }, bearer);
    await tab.page.goto(`${server.url}/demo/club`);
    return tab;
  }
  const widget = (page: Page) => page.locator('questionnaires-survey');
  const next = (page: Page, name = 'Next') => widget(page).getByRole('button', { name, exact: true }).click();
  const heard = (page: Page) => page.evaluate(() => { addEventListener('guanxi:questionnaires.completed', (event) => { (window as unknown as { done: unknown }).done = (event as CustomEvent<unknown>).detail; }); });

  it('asks one question per screen, keeps answers, goes back, and thanks with the points', async () => {
    const member = await server.shopper();
    await using tab = await open({}, member.bearer);
    const { page } = tab;
    await heard(page);
    await widget(page).getByText('Finish it and get 50 points.').waitFor();
    await widget(page).getByText('1 / 5').waitFor();
    await next(page);
    await widget(page).getByText('Please answer this question to go on.').waitFor();
    await widget(page).getByRole('radio', { name: '9', exact: true }).check({ force: true });
    await next(page);
    await widget(page).getByRole('radio', { name: 'Option b' }).check();
    await next(page, 'Back');
    expect(await widget(page).getByRole('radio', { name: '9', exact: true }).isChecked()).to.equal(true);
    await next(page);
    expect(await widget(page).getByRole('radio', { name: 'Option b' }).isChecked()).to.equal(true);
    await next(page);
    await widget(page).getByRole('checkbox', { name: 'Option a' }).check();
    await widget(page).getByRole('checkbox', { name: 'Option c' }).check();
    expect(await widget(page).getByRole('checkbox', { name: 'Option b' }).isDisabled()).to.equal(true);
    await next(page);
    await widget(page).getByRole('radio', { name: '4', exact: true }).check({ force: true });
    await next(page);
    await widget(page).getByRole('textbox').fill('<b>bold</b> 好');
    await next(page, 'Finish');
    await widget(page).getByRole('heading', { name: 'Many thanks' }).waitFor();
    await widget(page).getByText('50 points are in your account.').waitFor();
    expect(await page.evaluate('window.done')).to.deep.equal({ points: 50, state: 'given' });
    expect((await member.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available).to.equal(50);
    const { items } = await member.must<{ items: { id: string; progress: { answers: unknown } }[] }>('GET', `${SHOP}/surveys`);
    expect(items.find(({ id }) => id === survey)?.progress.answers).to.deep.equal({ ...complete, some: ['a', 'c'], words: '<b>bold</b> 好' });
    await page.reload();
    await widget(page).getByRole('heading', { name: 'Many thanks' }).waitFor();
  });

  it('resumes after a reload, for a guest who never signed in, by keyboard alone', async () => {
    await using tab = await open({ locale: 'zh-CN' });
    const { page } = tab;
    await widget(page).getByText('会推荐我们吗？').waitFor();
    await widget(page).getByRole('radio').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await widget(page).getByText('2 / 5').waitFor();
    expect(await widget(page).evaluate((element) => element.shadowRoot?.activeElement?.localName)).to.equal('legend');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await widget(page).getByText('3 / 5').waitFor();
    await page.reload();
    await widget(page).getByText('3 / 5').waitFor();
    for (let back = 0; back < 2; back++) await next(page, '上一题');
    expect(await widget(page).getByRole('radio', { name: '1', exact: true }).isChecked()).to.equal(true);
  });

  for (const [locale, ahead, finish, scheme] of [['en', 'Next', 'Finish', 'light'], ['zh-CN', '下一题', '提交', 'dark']] as const) {
    it(`is accessible on every screen in ${locale}, with targets of 44 px and more`, async () => {
      await using tab = await open({ locale, colorScheme: scheme });
      const { page } = tab;
      await widget(page).getByText('1 / 5').waitFor();
      await next(page, ahead);
      for (let question = 1; question <= 5; question++) {
        await widget(page).getByText(`${question} / 5`).waitFor();
        await expectAccessible(page, `question ${question} in ${locale}`, { include: 'questionnaires-survey' });
        const sizes = await widget(page).locator('.choice').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).map(({ width, height }) => [Math.round(width), Math.round(height)] as const));
        for (const [width, height] of sizes) { expect(height, 'height').to.be.at.least(48); expect(width, 'width').to.be.at.least(44); }
        if (question < 5) { await widget(page).locator('input').first().check({ force: true }); await next(page, ahead); }
      }
      await next(page, finish);
      await widget(page).locator('.thanks').waitFor();
      await expectAccessible(page, `the thanks in ${locale}`, { include: 'questionnaires-survey' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
    });
  }

  it('tells a guest whose points are full to sign in, and keeps the answers', async () => {
    const guest = await server.guest();
    const rich = await publish(server, rules({ rewardPoints: 301 }));
    await guest.must('POST', `${SHOP}/surveys/${rich}/answers`, { answers: complete });
    await guest.must('POST', `${SHOP}/surveys/${survey}/answers`, { answers: complete });
    await using tab = await open({}, guest.bearer);
    await widget(tab.page).getByText('Sign in to get your 301 points.').waitFor();
    expect(await widget(tab.page).getByRole('button', { name: 'Sign in' }).isVisible()).to.equal(true);
    await expectAccessible(tab.page, 'waiting points', { include: 'questionnaires-survey' });
    await server.advance('PT1S');
    await (await server.admin()).post(`${ADMIN}/surveys/${rich}/end`, {});
  });

  it('says when it ended meanwhile, when there is none, and offers to try again after a failure', async () => {
    await using tab = await open({ strict: false });
    const { page } = tab;
    await widget(page).getByRole('radio', { name: '9', exact: true }).check({ force: true });
    await server.advance('PT1S');
    await (await server.admin()).must('POST', `${ADMIN}/surveys/${survey}/end`, {});
    await next(page);
    await widget(page).getByText('This survey does not take answers right now.').waitFor();
    await page.reload();
    await widget(page).getByText('There is no survey right now.').waitFor();
    await page.route('**/questionnaires/surveys', (route) => route.fulfill({ status: 500, body: 'no' }));
    await page.reload();
    await widget(page).getByRole('alert').waitFor();
    await expectAccessible(page, 'a failure', { include: 'questionnaires-survey' });
    await page.unroute('**/questionnaires/surveys');
    await widget(page).getByRole('button', { name: 'Try again' }).click();
    await widget(page).getByText('There is no survey right now.').waitFor();
  });
});
