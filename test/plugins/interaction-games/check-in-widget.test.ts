import { expect } from 'chai';
import { expectAccessible, phone, startTestServer, type TestServer } from '../../kit/index.js';
import { only, openClub } from './club-page.js';

const MOUNT = '[data-guanxi=check-in]';

describe('check-in on the storefront', function () {
  this.timeout(60_000);
  let server: TestServer;
  before(async () => { server = await startTestServer(); await server.install('interaction-games'); });
  after(() => server.close());

  it('is a list that says each day in words, with one button', async () => {
    await only(server, 'check-in', { cycle: [5, 6, 7, 8, 9, 10, 20] });
    await using tab = await openClub(server, { as: await server.shopper() });
    const days = tab.checkIn.getByRole('listitem');
    await days.first().waitFor();
    const words = async (): Promise<string[]> => (await days.locator('.visually-hidden').allTextContents()).map((text) => text.trim());
    expect(await words()).to.deep.equal(['Day 1, 5 points, today', 'Day 2, 6 points', 'Day 3, 7 points', 'Day 4, 8 points', 'Day 5, 9 points', 'Day 6, 10 points', 'Day 7, 20 points']);
    expect(await tab.checkIn.locator('[aria-current=date]').count()).to.equal(1);
    await tab.checkIn.getByRole('button', { name: 'Check in for 5 points' }).press('Enter');
    await tab.checkIn.getByRole('status').getByText('+5 points').waitFor();
    expect((await words())[0]).to.equal('Day 1, 5 points, done');
    await tab.checkIn.getByRole('heading', { name: '1 day in a row. Tomorrow brings 6 points.' }).waitFor();
    expect(await tab.checkIn.getByRole('button', { name: 'Done for today' }).getAttribute('aria-disabled')).to.equal('true');
  });

  it('goes on with the streak the next day, and after the last day begins the cycle again', async () => {
    await only(server, 'check-in', { cycle: [5, 9] });
    const member = await server.shopper();
    for (const expected of ['Check in for 5 points', 'Check in for 9 points', 'Check in for 5 points']) {
      await using tab = await openClub(server, { as: member });
      await tab.checkIn.getByRole('button', { name: expected }).click();
      await tab.checkIn.getByRole('button', { name: 'Done for today' }).waitFor();
      await server.advance('P1D');
    }
    await using tab = await openClub(server, { as: member });
    await tab.checkIn.getByRole('heading', { name: '3 days in a row. Check in to keep your streak.' }).waitFor();
    expect(await tab.checkIn.locator('[aria-current=date]').textContent()).to.contain('Day 4');
  });

  it('tells the wheel beside it that the balance changed', async () => {
    await only(server, 'check-in', { cycle: [7] });
    await only(server, 'wheel', { prizes: [{ title: { en: 'A', 'zh-CN': '甲' }, kind: 'points', amount: 1, quantity: 5 }], blanks: 0, freePerDay: 1, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 0 });
    await using tab = await openClub(server);
    await tab.checkIn.getByRole('button', { name: 'Check in for 7 points' }).click();
    await tab.wheel.getByText('You have 7 points').waitFor();
  });

  for (const lang of ['en', 'zh-CN'] as const) {
    it(`is accessible before and after (${lang})`, async () => {
      await only(server, 'check-in', { cycle: [5, 5, 8, 8, 10, 10, 20] });
      await using tab = await openClub(server, { lang, viewport: phone, as: await server.shopper() });
      await tab.checkIn.getByRole('button').waitFor();
      await expectAccessible(tab.page, `check-in ${lang}`, { include: MOUNT });
      await tab.checkIn.getByRole('button').click();
      await tab.checkIn.getByRole('button', { name: lang === 'en' ? 'Done for today' : '今天已签到' }).waitFor();
      await expectAccessible(tab.page, `check-in done ${lang}`, { include: MOUNT });
    });
  }
});
