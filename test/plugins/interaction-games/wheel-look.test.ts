import { expect } from 'chai';
import fc from 'fast-check';
import type { Locator } from 'playwright-core';
import { readableOn } from '../../../plugins/interaction-games/widgets/storefront/wheel/readable.js';
import { expectAccessible, phone, startTestServer, type TestServer } from '../../kit/index.js';
import { openAdmin } from '../../widgets/admin-place.js';
import { only, openClub, wheelRules, type ClubPage } from './club-page.js';

/** The colours that the button is painted with, behind its words and in them. */
const painted = (wheel: Locator): Promise<string> => wheel.locator('.button').first().evaluate((button) => {
  const { backgroundColor, color } = getComputedStyle(button);
  return `${backgroundColor} / ${color}`;
});
const light = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

describe('the look of the wheel', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    await server.install('interaction-games');
    await only(server, 'wheel', wheelRules());
  });
  after(() => server.close());

  /** The club page, which counts whatever moves on it. */
  const open = (lang: 'en' | 'zh-CN' = 'en'): Promise<ClubPage> => openClub(server, {
    lang, viewport: phone,
    prepare: (page) => page.addInitScript(() => {
      const kept = window as unknown as { shift: number };
      kept.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) kept.shift += (entry as unknown as { value: number }).value; }).observe({ type: 'layout-shift', buffered: true });
    }),
  });
  const settings = async (values: object): Promise<unknown> => (await server.admin()).must('PUT', '/api/admin/installs/interaction-games/settings', { values: { headlineEn: '', headlineZh: '', ownColor: false, color: '#b42318', ...values } });

  it('shows in the admin while it is chosen, and on the storefront when it is saved, with nothing moving', async () => {
    {
      await using tab = await openAdmin(server, '/marketplace/interaction-games');
      const form = tab.page.locator('gx-schema-form'), wheel = tab.page.locator('gx-module-settings interaction-games-wheel');
      await wheel.getByText('Try your luck', { exact: true }).waitFor();
      await form.getByLabel('Headline in English').fill('Autumn of a thousand prizes!');
      await wheel.getByText('Autumn of a thousand prizes!', { exact: true }).waitFor();
      await form.getByLabel('Headline in Chinese').fill('秋日惊喜');
      await form.getByRole('switch', { name: 'A colour of its own' }).press('Space');
      const color = form.locator('gx-field[label="Colour of wheel and button"] wa-input').getByRole('textbox');
      await color.fill('#ffe08a');
      await color.press('Tab');
      await tab.page.locator('gx-module-settings interaction-games-wheel[style*="#ffe08a"]').waitFor();
      expect(await painted(wheel)).to.equal('rgb(255, 224, 138) / rgb(0, 0, 0)');
      await expectAccessible(tab.page, 'the preview of a wheel');
      await form.getByRole('button', { name: 'Save' }).click();
      await tab.page.getByText('Saved', { exact: true }).waitFor();
    }
    await using front = await open();
    await front.status.getByText('Autumn of a thousand prizes!', { exact: true }).waitFor();
    expect(await painted(front.wheel)).to.equal('rgb(255, 224, 138) / rgb(0, 0, 0)');
    await expectAccessible(front.page, 'a wheel of its own colour', { include: '[data-guanxi=wheel]' });
    expect(await front.page.evaluate(() => (window as unknown as { shift: number }).shift)).to.equal(0);
  });

  it('speaks both languages, turns its words white on what is dark, and is the theme\'s without a colour of its own', async () => {
    await settings({ headlineEn: 'Hello', headlineZh: '转一转惊喜不断好运连连', ownColor: true, color: '#1b1464' });
    await using front = await open('zh-CN');
    await front.status.getByText('转一转惊喜不断好运连连', { exact: true }).waitFor();
    expect(await painted(front.wheel)).to.equal('rgb(27, 20, 100) / rgb(255, 255, 255)');
    expect(await front.page.evaluate(() => (window as unknown as { shift: number }).shift)).to.equal(0);
    await settings({ color: '#1b1464' });
    await front.page.reload();
    await front.status.getByText('来试试手气', { exact: true }).waitFor();
    expect(await painted(front.wheel)).to.equal('rgb(31, 92, 74) / rgb(255, 255, 255)');
  });

  it('can be read whatever the colour', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 255 }), { minLength: 3, maxLength: 3 }), (parts) => {
      const [red = 0, green = 0, blue = 0] = parts.map((part) => light(part / 255)), l = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      const contrast = readableOn(`#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`) === '#fff' ? 1.05 / (l + 0.05) : (l + 0.05) / 0.05;
      expect(contrast).to.be.at.least(4.5);
    }), { numRuns: 2_000 });
  });
});
