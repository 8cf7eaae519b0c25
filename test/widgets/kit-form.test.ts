import { expect } from 'chai';
import { expectAccessible, phone, type TestPage, type TestServer } from '../kit/index.js';
import { kitServer, openKit } from './kit-place.js';

const both = (text: string): { en: string; 'zh-CN': string } => ({ en: text, 'zh-CN': `中${text}` });
const fields = {
  greeting: { kind: 'text', label: both('Greeting'), default: 'Hello', max: 10 }, count: { kind: 'number', label: both('Count'), default: 3, min: 1, max: 9 }, bonus: { kind: 'money', label: both('Bonus'), default: 1050 },
  shown: { kind: 'toggle', label: both('Shown'), default: true }, accent: { kind: 'color', label: both('Accent'), default: '#b42318' }, order: { kind: 'choice', label: both('Order'), default: 'new', options: [{ value: 'new', label: both('Newest') }, { value: 'best', label: both('Best') }] },
  key: { kind: 'secret', label: both('Key'), default: null },
};
const show = (tab: TestPage, values: object): Promise<void> => tab.page.evaluate(([given, stored]) => {
  const saved = (window as unknown as { saved: unknown[] }).saved = [] as unknown[];
  Object.assign(document.querySelector('gx-schema-form') as HTMLElement, { fields: given, values: stored, save: (next: unknown) => { saved.push(next); return Promise.resolve(); } });
}, [fields, values] as const);
const saved = (tab: TestPage): Promise<unknown[]> => tab.page.evaluate(() => (window as unknown as { saved: unknown[] }).saved);
const whole = { greeting: 'Hi', count: 4, bonus: 1050, shown: true, accent: '#b42318', order: 'new' };

describe('gx-schema-form', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await kitServer(); });

  it('draws every kind of field, accessible in both languages', async () => {
    for (const [locale, options] of [['en', {}], ['zh-CN', { viewport: phone, colorScheme: 'dark' }]] as const) {
      await using tab = await openKit(server, '<gx-schema-form></gx-schema-form>', { locale, ...options });
      await show(tab, { ...whole, key: { set: true } });
      await tab.page.getByLabel(locale === 'en' ? 'Greeting' : '中Greeting').waitFor();
      await expectAccessible(tab.page, `the form in ${locale}`);
    }
  });

  it('saves the whole document and leaves an untouched secret out', async () => {
    await using tab = await openKit(server, '<gx-schema-form></gx-schema-form>');
    await show(tab, { ...whole, key: { set: true } });
    expect(await tab.page.getByRole('button', { name: 'Save' }).isVisible()).to.equal(false);
    await tab.page.getByLabel('Greeting').fill('Welcome');
    await tab.page.getByLabel('Bonus').fill('12.5');
    await tab.page.getByLabel('Bonus').blur();
    await tab.page.getByRole('button', { name: 'Save' }).press('Enter');
    await tab.page.getByText('Saved', { exact: true }).waitFor();
    expect(await saved(tab)).to.deep.equal([{ ...whole, greeting: 'Welcome', bonus: 1250 }]);
    expect(await tab.page.getByRole('button', { name: 'Save' }).isVisible()).to.equal(false);
  });

  it('replaces and removes a secret without ever showing it', async () => {
    await using tab = await openKit(server, '<gx-schema-form></gx-schema-form>');
    await show(tab, { ...whole, key: { set: true } });
    expect(await tab.page.getByLabel('Key').inputValue()).to.equal('');
    await tab.page.getByLabel('Key').fill('s3cret');
    await tab.page.getByRole('button', { name: 'Save' }).click();
    await tab.page.getByRole('button', { name: 'Remove Key' }).click();
    await tab.page.getByRole('button', { name: 'Save' }).click();
    expect(await saved(tab)).to.deep.equal([{ ...whole, key: 's3cret' }, { ...whole, key: null }]);
  });

  it('names what is wrong beside the field, and saves nothing', async () => {
    await using tab = await openKit(server, '<gx-schema-form></gx-schema-form>');
    await show(tab, whole);
    await tab.page.getByLabel('Greeting').fill('much too long a greeting');
    await tab.page.getByLabel('Count').fill('12');
    await tab.page.getByRole('button', { name: 'Save' }).click();
    await tab.page.getByText('Use at most 10 characters.').waitFor();
    await tab.page.getByText('Enter a number from 1 to 9.').waitFor();
    expect(await saved(tab)).to.deep.equal([]);
    await tab.page.getByRole('button', { name: 'Discard' }).click();
    expect(await tab.page.getByLabel('Greeting').inputValue()).to.equal('Hi');
  });
});
