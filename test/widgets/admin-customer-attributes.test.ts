import { expect } from 'chai';
import { expectAccessible, type TestServer } from '../kit/index.js';
import { openAdmin, sharedAdminServer } from './admin-place.js';

interface Attribute { readonly name: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly value: number | string | boolean | null }

describe('what the modules know of a customer', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => { server = await sharedAdminServer(); });

  it('stands on the customer\'s page in both languages', async () => {
    const admin = await server.admin();
    await server.drain();
    const { items: people } = await admin.must<{ items: { id: string }[] }>('GET', '/api/admin/customers?limit=1&sort=orders&direction=desc');
    const path = `/customers/${people[0]!.id}`;
    const { items } = await admin.must<{ items: Attribute[] }>('GET', `/api/admin${path}/attributes`);
    expect(items.map(({ name }) => name)).to.include.members(['reviews-monitor.reviews-written', 'interaction-games.check-in-streak', 'questionnaires.last-nps', 'coupon-exchange.coupons-redeemed']);
    for (const [locale, heading] of [['en', 'What the modules know'], ['zh-CN', '各模块掌握的情况']] as const) {
      await using tab = await openAdmin(server, path, { locale });
      const card = tab.page.locator('gx-customer-attributes');
      await card.getByRole('heading', { name: heading }).waitFor();
      expect(await card.locator('dt').allInnerTexts()).to.deep.equal(items.map(({ title }) => title[locale]));
      expect(await card.locator('dd').allInnerTexts()).to.deep.equal(items.map(({ value }) => (value === null ? '–' : typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : String(value))));
      await expectAccessible(tab.page, `a customer ${locale}`);
    }
  });
});
