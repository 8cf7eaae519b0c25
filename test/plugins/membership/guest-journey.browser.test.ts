import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { openPage, startTestServer, type Shopper, type TestServer } from '../../kit/index.js';
import { only, wheelRules } from '../interaction-games/club-page.js';
import { available, card, SHOP, startTasks } from './member-fixture.js';

/** What somebody does as a guest comes along at sign-in, once (E14): each step is taken on the demo storefront as shoppers take it. */
describe('a guest who signs in', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    await server.install('interaction-games');
    await server.install('membership');
    await startTasks(server);
    await only(server, 'check-in', { cycle: [5, 5, 8] });
    await only(server, 'wheel', wheelRules({ prizes: [{ title: { en: '10 points', 'zh-CN': '10 积分' }, kind: 'points', amount: 10, quantity: 100 }], freePerDay: 1 }));
  });
  after(() => server.close());
  afterEach(() => server.integrity());

  const cardOf = async (page: Page): Promise<Locator> => {
    await page.goto(`${server.url}/demo/club?lang=en`);
    await page.locator('[data-guanxi=member-card]').scrollIntoViewIfNeeded();
    const widget = page.locator('membership-member-card');
    await widget.locator('.face').waitFor();
    return widget;
  };
  /** Checks in, turns the wheel and follows the shop, as nobody in particular. */
  async function play(page: Page): Promise<void> {
    const widget = await cardOf(page);
    await widget.getByText('Everybody is a member. You would be').waitFor();
    await widget.getByRole('button', { name: 'Follow: Follow the shop' }).click();
    await widget.getByText('50 points are in your account.').waitFor();
    await page.locator('interaction-games-check-in').getByRole('button', { name: 'Check in for 5 points' }).click();
    await page.locator('interaction-games-check-in').getByRole('button', { name: 'Done for today' }).waitFor();
    const wheel = page.locator('interaction-games-wheel');
    await wheel.locator('.button').first().click();
    await wheel.locator('[role=status]').getByText('You won: 10 points').waitFor();
    await widget.getByText('65 points').waitFor();
  }
  async function signIn(page: Page, email: string): Promise<void> {
    await page.goto(`${server.url}/demo/account?lang=en`);
    await page.locator('#email').fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('#hello').waitFor();
  }

  it('keeps what was earned by one who is new, and has nothing twice when they come back', async () => {
    await using tab = await openPage({ strict: false });
    const { page } = tab;
    await play(page);
    await signIn(page, 'newcomer@example.test');
    await page.locator('#available').getByText('65', { exact: true }).waitFor();
    const widget = await cardOf(page);
    await widget.getByText('Your membership').waitFor();
    await widget.getByText('65 points').waitFor();
    expect(await widget.getByRole('button', { name: 'Follow: Follow the shop' }).count(), 'the task is done').to.equal(0);
    await page.locator('interaction-games-check-in').getByRole('button', { name: 'Done for today' }).waitFor();
    await page.reload();
    await widget.getByText('65 points').waitFor();
  });

  it('gives one who had done all of it before nothing twice', async () => {
    const member: Shopper = await server.shopper({ email: 'known@example.test' });
    await member.must('POST', `${SHOP}/tasks/follow`, {});
    await member.must('POST', '/api/storefront/plugins/interaction-games/check-ins', {});
    expect(await available(member)).to.equal(55);
    await using tab = await openPage({ strict: false });
    const { page } = tab;
    await play(page);
    await signIn(page, 'known@example.test');
    // Following and the day's check-in were theirs already; the turn of the wheel was not.
    await page.locator('#available').getByText('65', { exact: true }).waitFor();
    const widget = await cardOf(page);
    await widget.getByText('65 points').waitFor();
    await page.locator('interaction-games-wheel').getByText('No tries left today').first().waitFor();
    expect(await available(member)).to.equal(65);
    expect((await card(member)).has.growth, 'one day is counted once').to.equal(2);
  });
});
