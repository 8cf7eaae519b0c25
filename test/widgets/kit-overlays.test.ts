import { expect } from 'chai';
import { expectAccessible, type TestServer } from '../kit/index.js';
import { kitServer, openKit } from './kit-place.js';

interface Kit { confirm(options: object): Promise<boolean>; toast(text: string, tone?: string): void }
interface WithKit { kit: Kit; answer: Promise<boolean> }

describe('dialogs, menus and notices of the kit', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await kitServer(); });

  it('asks before what cannot be undone; Esc is no', async () => {
    await using tab = await openKit(server, '<button id="b">Start</button>');
    for (const [press, expected] of [['Escape', false], ['Enter', true]] as const) {
      await tab.page.locator('#b').focus();
      await tab.page.evaluate(() => { const page = window as unknown as WithKit; page.answer = page.kit.confirm({ title: 'End it?', body: 'It cannot be started again.', action: 'End now', danger: true }); });
      await tab.page.getByText('It cannot be started again.').waitFor();
      await expectAccessible(tab.page, 'a question');
      if (press === 'Enter') await tab.page.getByRole('button', { name: 'End now' }).press('Enter'); else await tab.page.keyboard.press(press);
      expect(await tab.page.evaluate(() => (window as unknown as WithKit).answer)).to.equal(expected);
      await tab.page.getByText('It cannot be started again.').waitFor({ state: 'detached' });
    }
  });

  it('opens a menu at the first press and moves in it by arrows', async () => {
    await using tab = await openKit(server, '<gx-menu label="Actions for Wheel"></gx-menu>');
    await tab.page.evaluate(() => {
      const menu = document.querySelector('gx-menu') as HTMLElement;
      Object.assign(menu, { items: [{ name: 'pause', label: 'Pause' }, { name: 'end', label: 'End', danger: true }] });
      menu.addEventListener('gx-select', (event) => { document.title = (event as CustomEvent<{ name: string }>).detail.name; });
    });
    await tab.page.getByRole('button', { name: 'Actions for Wheel' }).press('Enter');
    await tab.page.getByRole('menuitem', { name: 'Pause' }).waitFor();
    await expectAccessible(tab.page, 'a menu');
    await tab.page.getByRole('menuitem', { name: 'End' }).click();
    await tab.page.waitForFunction(() => document.title === 'end');
  });

  it('reads notices out and lets them be dismissed', async () => {
    await using tab = await openKit(server, '');
    await tab.page.evaluate(() => { const { kit } = window as unknown as WithKit; kit.toast('Saved', 'success'); kit.toast('It failed', 'danger'); });
    await tab.page.getByRole('status').getByText('It failed').waitFor();
    await expectAccessible(tab.page, 'notices');
    await tab.page.getByRole('button', { name: 'Dismiss' }).last().click();
    expect(await tab.page.getByText('It failed').count()).to.equal(0);
  });

  it('says how far long work is, and cancels', async () => {
    await using tab = await openKit(server, '<gx-progress></gx-progress><gx-timeline></gx-timeline>');
    await tab.page.evaluate(() => {
      const progress = document.querySelector('gx-progress') as HTMLElement;
      Object.assign(progress, { label: 'Importing', done: 250, total: 1000, elapsed: 20_000, cancellable: true, leave: true });
      progress.addEventListener('gx-cancel', () => { document.title = 'cancelled'; });
      Object.assign(document.querySelector('gx-timeline') as HTMLElement, { now: 1_000_000_000, items: [{ id: '1', at: 999_000_000, icon: 'star', title: 'Wrote a review', detail: 'Fine' }] });
    });
    await tab.page.getByText('250 of 1,000 · about 1 min 0 sec left').waitFor();
    await tab.page.getByText('17 minutes ago').waitFor();
    await expectAccessible(tab.page, 'long work');
    await tab.page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await tab.page.waitForFunction(() => document.title === 'cancelled');
  });
});
