import { expect } from 'chai';
import { expectAccessible, phone, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

describe('the pages of budgets and held rewards', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => { server = await startAdminServer(); });
  after(() => server.close());
  const give = (personId: string, amount: number, key: string) => server.services.grants.grant(server.context(), { personId, reward: { kind: 'points', amount }, source: 'test.gift', causeRef: key, key });

  it('set a limit, show how much is spent, and open a day to the rewards behind it', async () => {
    await using tab = await openAdmin(server, '/budgets');
    const { page } = tab;
    await page.getByRole('button', { name: 'New budget' }).first().click();
    await page.getByLabel('For').selectOption('kind:points');
    await page.getByLabel('Begins anew').selectOption('day');
    await page.getByLabel('Limit', { exact: true }).fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The limit is a whole number above 0.').waitFor();
    await page.getByLabel('Warn from (%)').fill('50');
    await page.getByRole('switch', { name: 'Spread the rest evenly' }).press('Space');
    await expectAccessible(page, 'a new budget');
    await page.getByLabel('Limit', { exact: true }).fill('100');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('0 of 100').waitFor();
    const shopper = await server.shopper({ name: 'Wei Lin' });
    await give(shopper.personId!, 50, 'fifty');
    await page.reload();
    await page.getByText('50 of 100').waitFor();
    await page.getByText(/Spread over the rest of the period: \d+ can be given now\./).waitFor();
    await page.getByText('1 budget is close to the limit.').waitFor();
    await expectAccessible(page, 'budgets');
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('gx-budget-days').getByRole('button', { name: /20\d\d/ }).click();
    await page.getByRole('link', { name: 'Wei Lin' }).waitFor();
    await expectAccessible(page, 'a day of a budget');
    await page.locator('gx-budget-days').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Limit', { exact: true }).fill('50');
    await page.getByRole('switch', { name: 'Spread the rest evenly' }).press('Space');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 budget has reached the limit: activities give their substitute instead, and say so.').waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Pause this budget?').waitFor();
    await page.locator('gx-dialog[open]').getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Budget paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Let it hold again' }).waitFor();
  });

  it('say why a reward is held, show the circle, give one and take the rest back with a reason', async () => {
    const people = [];
    for (let n = 0; n < 6; n++) {
      const shopper = await server.shopper({ email: `lin.mei+${n}@gmail.com`, name: `Mei ${n}` });
      await shopper.must('POST', '/api/storefront/me/device', { device: 'browser-fedcba9876543210' });
      people.push(shopper);
    }
    await server.drain();
    for (const [n, person] of people.entries()) expect(await give(person.personId!, 1, `mei-${n}`)).to.deep.include({ held: true });
    await people[2]!.must('POST', `/api/storefront/me/held/${(await people[2]!.must<{ items: readonly { id: string }[] }>('GET', '/api/storefront/me/held')).items[0]!.id}/appeal`, { text: 'We are sisters' });
    await using tab = await openAdmin(server, '/risk');
    const { page } = tab;
    await page.getByText('The same mailbox as 5 other customers, written differently').first().waitFor();
    await page.getByText('“We are sisters”').waitFor();
    await expectAccessible(page, 'held rewards');
    const sister = page.getByRole('row', { name: /Mei 2/ });
    await sister.getByRole('button', { name: 'Give', exact: true }).click();
    await sister.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Circle of 6' }).first().click();
    await page.getByRole('heading', { name: 'Circle of 6 people' }).or(page.getByText('Circle of 6 people')).first().waitFor();
    await expectAccessible(page, 'a circle');
    await page.getByRole('button', { name: 'Take all back' }).click();
    await page.getByLabel('Reason').fill('Made up accounts');
    await page.locator('gx-reason-dialog').getByRole('button', { name: 'Take all back' }).click();
    await page.getByText('5 decided').waitFor();
    await page.getByText('Nothing is held').waitFor();
  });

  it('show which activity was stopped and why, and let it go on with a reason', async () => {
    const people = [];
    for (let n = 0; n < 6; n++) {
      const shopper = await server.shopper({ email: `zhao.wei+${n}@gmail.com`, name: `Zhao ${n}` });
      await shopper.must('POST', '/api/storefront/me/device', { device: 'browser-1111222233334444' });
      people.push(shopper.personId!);
    }
    await server.drain();
    for (let n = 0; n < 24; n++) await give(people[n % 6]!, 1, `zhao-${n}`);
    expect(await server.services.grantWatch.watch(server.context())).to.deep.equal(['test.gift']);
    const plain = await server.shopper({ name: 'Somebody else' });
    expect(await give(plain.personId!, 7, 'else')).to.deep.include({ held: true, until: null });
    await using home = await openAdmin(server, '/');
    await home.page.getByText('Activities stopped giving rewards').first().waitFor();
    await using tab = await openAdmin(server, '/risk');
    const { page } = tab;
    await page.getByText(/rewards within an hour went to people whose risk is high/).waitFor();
    await expectAccessible(page, 'a stopped activity');
    await page.getByRole('button', { name: 'Let it go on' }).click();
    const dialog = page.locator('gx-reason-dialog');
    await dialog.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByText('Say why, in a few words.').waitFor();
    await page.getByLabel('Reason').fill('A raffle at the counter');
    await dialog.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByText(/A raffle at the counter/).waitFor();
    expect((await server.services.ledger.balance(server.context(), plain.personId!)).available).to.equal(7);
  });

  it('fit a phone in Chinese and in the dark', async () => {
    for (const path of ['/budgets', '/risk']) {
      await using tab = await openAdmin(server, path, { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
      expect(await tab.page.locator('h1').first().innerText()).to.equal(path === '/risk' ? '待核查奖励' : '预算');
      await expectAccessible(tab.page, `${path}, zh-CN`);
      expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
    }
  });
});
