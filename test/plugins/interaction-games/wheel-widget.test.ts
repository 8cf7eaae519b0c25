import { expect } from 'chai';
import { expectAccessible, phone, startTestServer, type TestServer } from '../../kit/index.js';
import { end, only, openClub, points, underPointer, wheelRules, type ClubPage } from './club-page.js';

const MOUNT = '[data-guanxi=wheel]';
const named = (tab: ClubPage, name: string) => tab.wheel.getByRole('button', { name, exact: true });
const focused = (tab: ClubPage): Promise<string> => tab.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent?.trim() ?? '');

/** Tab, as a person does who has no mouse, until a button of the wheel has the focus. */
async function tabTo(tab: ClubPage, name: string): Promise<void> {
  await named(tab, name).waitFor();
  for (let press = 0; press < 60 && await focused(tab) !== name; press++) await tab.page.keyboard.press('Tab');
  expect(await focused(tab)).to.equal(name);
}

describe('wheel on the storefront', function () {
  this.timeout(60_000);
  let server: TestServer;
  before(async () => { server = await startTestServer(); await server.install('interaction-games'); });
  after(() => server.close());

  it('is played with the keyboard alone, and the focus never leaves the button', async () => {
    await only(server, 'wheel', wheelRules({ prizes: [points(10, 50)], freePerDay: 2 }));
    await using tab = await openClub(server);
    await tabTo(tab, 'Spin');
    await tab.page.keyboard.press('Enter');
    await tab.status.getByText('You won: 10 points').waitFor();
    expect(await focused(tab)).to.equal('Spin again');
    await tab.wheel.getByText('1 free try left today · You have 10 points').waitFor();
    await tab.page.keyboard.press('Space');
    await tab.wheel.getByText('You have 20 points').waitFor();
    expect(await focused(tab)).to.equal('Come back tomorrow');
    await tab.page.keyboard.press('Enter');
    expect(await named(tab, 'Come back tomorrow').getAttribute('aria-disabled')).to.equal('true');
    await named(tab, 'Odds and rules').click();
    const mine = tab.wheel.getByRole('dialog').locator('section', { hasText: 'Your last tries' });
    await mine.waitFor();
    expect((await mine.locator('li').allTextContents()).map((line) => line.split(' · ')[1])).to.deep.equal(['10 points', '10 points']);
    await expectAccessible(tab.page, 'own tries', { include: MOUNT });
  });

  it('stops the disc in the middle of what the server drew, at once for whoever asks', async () => {
    await only(server, 'wheel', wheelRules({ prizes: [points(10, 20), points(20, 20), points(30, 20)], blanks: 20, freePerDay: 6 }));
    await using tab = await openClub(server, { reducedMotion: 'no-preference' });
    for (let turn = 0; turn < 6; turn++) {
      await tab.button.press('Enter');
      await named(tab, 'Show result now').waitFor();
      expect(await focused(tab)).to.equal('Show result now');
      await tab.button.press('Enter');
      await tab.status.getByText(/You won|No prize this time/).waitFor();
      const said = (await tab.status.textContent())?.trim() ?? '';
      expect(said).to.equal(await underPointer(tab.wheel) === 'No prize' ? 'No prize this time' : `You won: ${await underPointer(tab.wheel)}`);
    }
  });

  it('does not turn for whoever wants less motion', async () => {
    await only(server, 'wheel', wheelRules());
    await using tab = await openClub(server, { reducedMotion: 'reduce' });
    await tab.page.evaluate(() => {
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (...given) { document.documentElement.dataset['moved'] = 'yes'; return animate.apply(this, given); };
    });
    await tab.button.click();
    await tab.status.getByText(/You won/).waitFor();
    expect(await tab.page.evaluate(() => document.documentElement.dataset['moved'])).to.equal(undefined);
  });

  it('plays once however often it is pressed while the answer is on its way', async () => {
    await only(server, 'wheel', wheelRules({ freePerDay: 5 }));
    await using tab = await openClub(server);
    await tab.button.evaluate((button) => { for (let press = 0; press < 8; press++) (button as HTMLElement).click(); });
    await tab.wheel.getByText('4 free tries left today').waitFor();
  });

  it('names the price on the button, takes it, and says what is missing', async () => {
    await only(server, 'wheel', wheelRules({ prizes: [points(1, 50)], freePerDay: 0, costPerTry: 20, paidPerDay: 5 }));
    const member = await server.shopper();
    await (await server.admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 30, reason: 'for the test' });
    await using tab = await openClub(server, { as: member });
    await tab.wheel.getByText('5 more tries today, 20 points each · You have 30 points').waitFor();
    await named(tab, 'Spin for 20 points').click();
    await tab.wheel.getByText('You have 11 points').waitFor();
    expect(await named(tab, 'Spin for 20 points').getAttribute('aria-disabled')).to.equal('true');
    await tab.wheel.getByText('9 points missing for another try').waitFor();
  });

  it('asks visitors and guests to sign in before they pay, not after they won', async () => {
    await only(server, 'wheel', wheelRules({ freePerDay: 0, costPerTry: 20, paidPerDay: 5 }));
    await using tab = await openClub(server);
    await tab.page.evaluate(() => { addEventListener('guanxi:sign-in', (event) => { event.preventDefault(); document.documentElement.dataset['asked'] = 'yes'; }); });
    await named(tab, 'Sign in to spin for 20 points').click();
    expect(await tab.page.evaluate(() => document.documentElement.dataset['asked'])).to.equal('yes');
  });

  it('says when all tickets are drawn, when the game has ended, and when none runs', async () => {
    const game = await only(server, 'wheel', wheelRules({ prizes: [points(5, 1)], freePerDay: 3 }));
    await using tab = await openClub(server, { strict: false });
    await named(tab, 'Spin').click();
    await named(tab, 'All prizes are drawn').waitFor();
    await only(server, 'wheel', wheelRules());
    await tab.page.reload();
    await named(tab, 'Spin').waitFor();
    await end(server, (await running()) ?? game);
    await named(tab, 'Spin').click();
    await tab.status.getByText('This game has ended.').waitFor();
    await tab.page.reload();
    await tab.status.getByText('There is no wheel right now.').waitFor();
    await expectAccessible(tab.page, 'no wheel', { include: MOUNT });
  });

  it('offers to try again when the wheel cannot be fetched', async () => {
    await only(server, 'wheel', wheelRules());
    await using tab = await openClub(server, { strict: false, prepare: (page) => page.route('**/interaction-games/activities', (route) => route.fulfill({ status: 500, body: '' })) });
    await named(tab, 'Try again').waitFor({ timeout: 20_000 });
    await tab.page.unroute('**/interaction-games/activities');
    await named(tab, 'Try again').click();
    await named(tab, 'Spin').waitFor();
  });

  it('shows odds and numbers from the record that draws, one press away', async () => {
    await only(server, 'wheel', wheelRules({ prizes: [points(10, 90), points(500, 1)], blanks: 9, guarantee: { byTry: 2, prize: 0, quantity: 30 } }));
    await using tab = await openClub(server, { viewport: phone });
    await named(tab, 'Odds and rules').click();
    const rows = tab.wheel.getByRole('dialog', { name: 'Odds and rules' }).locator('tbody tr');
    expect((await rows.allTextContents()).map((row) => row.replace(/\s+/g, ' '))).to.deep.equal(['10 points90%120120', '500 points1%11', 'No prize9%9–']);
    await tab.wheel.getByText('30 tickets set aside for newcomers').waitFor();
    await expectAccessible(tab.page, 'odds', { include: MOUNT });
    await tab.page.keyboard.press('Escape');
    await tab.wheel.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(tab)).to.equal('Odds and rules');
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    it(`is accessible before and after a turn (${lang})`, async () => {
      await only(server, 'wheel', wheelRules({ blanks: 10, fallbackPoints: 5 }));
      await using tab = await openClub(server, { lang, viewport: phone });
      await tab.button.waitFor();
      await expectAccessible(tab.page, `wheel ${lang}`, { include: MOUNT });
      await tab.button.click();
      await tab.status.getByText(lang === 'en' ? /You won|No prize this time/ : /恭喜抽中|这次没有中奖/).waitFor();
      await expectAccessible(tab.page, `wheel after a turn ${lang}`, { include: MOUNT });
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.equal(0);
    });
  }

  const running = async (): Promise<string | undefined> => (await server.visitor().must<{ items: { id: string }[] }>('GET', '/api/storefront/plugins/interaction-games/activities')).items[0]?.id;
});
