import { expect } from 'chai';
import { calm, moods } from '../fixtures/plugins/unruly/mood.js';
import { expectAccessible, fixturePlugin, phone, startTestServer, type TestServer } from '../kit/index.js';
import { unrulyAndTame } from '../server/host/what-runs.js';
import { openAdmin, shifted } from './admin-place.js';

describe('the page "What runs here"', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ plugins: [...await unrulyAndTame(), await fixturePlugin('throws-in-activate')] });
    for (const id of ['unruly', 'bench-constant']) await server.install(id);
    moods.route = 'throw';
    moods.health = 'unwell';
    for (let i = 0; i < 12; i++) await server.visitor().get('/api/storefront/plugins/unruly/act');
  });
  after(async () => { calm(); await server.close(); });

  it('names the culprits first, with what happened and when it is tried again', async () => {
    await using tab = await openAdmin(server, '/system');
    const { page } = tab;
    const lines = page.locator('gx-system-page details');
    const names = await lines.locator('summary .name').allInnerTexts();
    expect(names[0]).to.match(/^throws-in-activate/i);
    expect(names[1]).to.match(/^Unruly/);
    const unruly = lines.filter({ hasText: 'Unruly' });
    await unruly.getByText(/Pages and calls rest since .*Tried again in/).waitFor();
    await unruly.getByText('1 resting').waitFor();
    expect(await unruly.getByRole('table').innerText()).to.match(/act[\s\S]*TypeError/);
    const broken = lines.first();
    expect(await broken.getByText('What happened').count()).to.equal(1);
    const tame = lines.filter({ hasNotText: 'Unruly' }).last();
    expect(await tame.getAttribute('open')).to.equal(null);
    await tame.getByText('No failures').waitFor();
    await tame.locator('summary').press('Enter');
    await tame.getByText('Requests this minute').waitFor();
    expect(await tame.getByRole('meter').first().getAttribute('aria-valuenow')).to.equal('0');
    await expectAccessible(page, 'what runs here, open');
  });

  it('counts anew when it is asked to', async () => {
    await using tab = await openAdmin(server, '/system');
    const { page } = tab;
    const tame = page.locator('gx-system-page details').filter({ hasNotText: 'Unruly' }).last();
    expect(await tame.getByText('GET storefront/answer').count()).to.equal(0);
    await (await server.shopper()).get('/api/storefront/plugins/bench-constant/answer');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await tame.locator('summary').press('Enter');
    await tame.getByRole('table').getByText('GET storefront/answer').waitFor();
  });

  it('fits on a phone in Chinese', async () => {
    await using tab = await openAdmin(server, '/system', { locale: 'zh-CN', viewport: phone, colorScheme: 'dark' });
    const { page } = tab;
    await page.getByText(/页面与接口自 .* 起暂停/).waitFor();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, 'what runs here in Chinese');
    expect(await shifted(tab)).to.be.at.most(0.02);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.be.at.most(0);
  });
});
