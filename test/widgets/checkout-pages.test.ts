import { expect } from 'chai';
import { DAY, MINUTE, newId, type DiscountTerms } from '../../server/plugin-api/index.js';
import { expectAccessible, openPage, phone, type Shopper, type TestServer } from '../kit/index.js';
import { openAdmin, shifted, startAdminServer } from './admin-place.js';

const look = async (page: { screenshot(o: object): Promise<unknown> }, name: string): Promise<void> => { if (process.env['GX_SHOTS']) await page.screenshot({ path: `${process.env['GX_SHOTS']}/${name}.png`, fullPage: true }); };

describe('the pages of cart, checkout and what goes together', function () {
  this.timeout(180_000);
  let server: TestServer, shopper: Shopper;
  before(async () => {
    server = await startAdminServer();
    await server.install('coupon-exchange');
    shopper = await server.shopper({ name: 'Mei Chen' });
    server.services.memberPrices.register('coupon-exchange', 'vip', (_ctx, person) => Promise.resolve(person === shopper.personId ? { basisPoints: 1000, label: { en: 'VIP price', 'zh-CN': 'VIP 价' } } : undefined));
    await server.services.grants.grant(server.context(), { personId: shopper.personId!, reward: { kind: 'points', amount: 500 }, source: 'core.gift', causeRef: 'test', key: newId() });
  });
  after(() => server.close());

  async function coupon(terms: DiscountTerms, validFor = DAY): Promise<string> {
    const { discounts, store } = server.services, ctx = server.context();
    const code = discounts.generate();
    await store.hot(ctx, code, (inner) => discounts.steps.register(inner, { code, terms, personId: shopper.personId!, expiresAt: inner.now + validFor, owner: 'test', ownerRef: newId() }));
    return code;
  }
  const signIn = (page: Awaited<ReturnType<typeof openPage>>['page'], lines: readonly object[]): Promise<void> => page.evaluate(([bearer, cart]) => { localStorage.setItem('gx-shopper', bearer!); localStorage.setItem('gx-demo-cart', cart!); }, [shopper.bearer!, JSON.stringify(lines)] as const);

  it('explain on a phone which coupon is best and why the other lost, hold it, take points, and give back in parts', async () => {
    await coupon({ kind: 'amount', value: 500, minimum: 0 });
    const twenty = await coupon({ kind: 'amount', value: 2000, minimum: 20_000, returns: 'deduct' }, 10 * MINUTE);
    await using tab = await openPage({ viewport: phone, strict: false });
    const { page } = tab;
    await page.goto(`${server.url}/demo/products/TEA-LJ01?lang=en`);
    await signIn(page, [{ sku: 'TEA-LJ01', quantity: 1 }, { sku: 'HOM-MG05', quantity: 2 }]);
    await page.reload();
    await page.getByText('VIP price ¥151.20').waitFor();
    await page.getByText('You save ¥16.80').waitFor();

    await page.goto(`${server.url}/demo/cart?lang=en`);
    const best = page.getByRole('group', { name: 'How you get the best price' });
    await best.getByText('¥5 off is not used, because it does not go together with ¥20 off from ¥200. Best for you: VIP price and ¥20 off from ¥200. With it you would pay ¥15 more.').waitFor();
    await expectAccessible(page, 'the cart');
    await look(page, 'cart');
    await page.getByRole('link', { name: 'Check out' }).click();
    await page.getByText(/This price is held for you until/).waitFor();
    await page.getByLabel('Pay with points').check();
    // ¥286 less ¥28.60 for the VIP, ¥20 for the coupon and ¥5 in points.
    await page.getByRole('button', { name: 'Pay ¥232.40 (demo)' }).waitFor();
    await expectAccessible(page, 'the checkout');
    await look(page, 'checkout');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);

    await server.advance('PT31M');
    await page.getByRole('button', { name: 'Pay ¥232.40 (demo)' }).click();
    await page.getByText(`The checkout was open for more than 30 minutes. ${twenty}: This code has expired. The best price is ¥247.40 now, ¥15 more than before.`).waitFor();
    await page.getByRole('button', { name: 'Remove code' }).waitFor();
    const again = await coupon({ kind: 'amount', value: 2000, minimum: 20_000, returns: 'deduct' });
    await page.getByLabel('Coupon code').fill(again);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(`${again} takes off ¥20`).waitFor();
    await page.getByRole('button', { name: 'Pay ¥232.40 (demo)' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();

    await page.locator('#return select').nth(1).selectOption('2');
    await page.getByText(`${again} needs ¥200, and you keep goods for ¥168. The coupon no longer holds`).waitFor();
    await page.getByText(/You get back ¥[\d.]+ and \d+ points\./).waitFor();
    await expectAccessible(page, 'a return');
    await look(page, 'order');
    await page.getByRole('button', { name: 'Confirm the return' }).click();
    await page.getByText(/Refunded ¥/).waitFor();
    await server.integrity();
  });

  it('say it in Chinese', async () => {
    await coupon({ kind: 'amount', value: 1000, minimum: 0 });
    await using tab = await openPage({ viewport: phone, strict: false, locale: 'zh-CN' });
    const { page } = tab;
    await page.goto(`${server.url}/demo/cart?lang=zh-CN`);
    await signIn(page, [{ sku: 'TEA-LJ01', quantity: 1 }]);
    await page.reload();
    await look(page, 'cart-zh');
    await page.getByRole('group', { name: '最优惠的组合' }).getByText('「立减 ¥5」未使用，因为不能和「立减 ¥10」同时使用。对你最划算的是「VIP 价」和「立减 ¥10」；用它要多付 ¥5。').waitFor();
    await expectAccessible(page, 'the cart, zh-CN');
  });

  it('let the merchant change the rules with a live example, and set a floor', async () => {
    await using tab = await openAdmin(server, '/stacking');
    const { page } = tab;
    await page.getByRole('heading', { name: 'Example' }).waitFor();
    await page.getByText(/Order coupon, ¥20\.00 off: not used, does not go together with: Order coupon, 15 % off/).waitFor();
    await expectAccessible(page, 'what goes together');
    await look(page, 'stacking');
    await page.getByLabel('Two of the kind: Order coupon').check();
    await page.getByText(/Order coupon, ¥20\.00 off: not used/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Move up: Points' }).click();
    await page.getByLabel('the list price').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Checkouts that are open keep their price.').waitFor();
    const { rules } = await (await server.admin()).must<{ rules: { version: number; pairs: string[]; priority: string[]; basis: string } }>('GET', '/api/admin/stacking');
    expect(rules).to.deep.include({ version: 1, basis: 'original', priority: ['member', 'product', 'order', 'points', 'shipping'] });
    expect(rules.pairs).to.include('order+order');

    await page.getByRole('combobox', { name: 'Product' }).fill('TEA-LJ01');
    await page.getByRole('option', { name: /TEA-LJ01/ }).click();
    await page.getByRole('textbox', { name: 'Floor', exact: true }).fill('90');
    await page.getByRole('button', { name: 'Set floor' }).click();
    await page.getByText('90 %').waitFor();
    await page.getByRole('button', { name: /^Take away/ }).click();
    await page.getByText('No floors yet').waitFor();

    await page.getByRole('combobox', { name: 'For', exact: true }).selectOption('A category');
    await page.getByRole('combobox', { name: 'Category' }).selectOption('tea');
    await page.getByRole('textbox', { name: 'Floor', exact: true }).fill('40');
    await page.getByRole('button', { name: 'Set floor' }).click();
    await page.getByText(/\d+ products, where no narrower floor holds/).waitFor();
    await expectAccessible(page, 'floors');
    await look(page, 'floors');
    await page.getByRole('button', { name: 'Take away tea' }).click();
    await page.getByText('No floors yet').waitFor();
  });

  it('fit a phone in Chinese and stand still', async () => {
    await using tab = await openAdmin(server, '/stacking', { locale: 'zh-CN', colorScheme: 'dark', viewport: phone });
    expect(await tab.page.locator('h1').first().innerText()).to.equal('优惠叠加');
    await expectAccessible(tab.page, 'what goes together, zh-CN');
    await look(tab.page, 'stacking-zh');
    expect(await shifted(tab), 'layout shift').to.be.at.most(0.02);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'px wider than the screen').to.be.at.most(0);
  });
});
