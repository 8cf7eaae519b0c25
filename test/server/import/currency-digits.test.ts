import { expect } from 'chai';
import { issueStaffToken } from '../../../server/http/shopper-token.js';
import { moneyText } from '../../../server/plugin-api/index.js';
import { HttpClient, installPlugin, onEachServer } from '../../kit/index.js';

/** Orders of three currencies in one file; the yen has no smaller unit, the Kuwaiti dinar a thousand. */
const ORDERS = `order,date,customer,currency,sku,quantity,unit price,shipping,total,refunded amount
Y1,2026-01-05,kenji,JPY,TEA,3,"1,200",500,"4,100",
Y2,2026-01-06,kenji,JPY,CUP,1,¥980,,980,980
K1,2026-01-05,noor,KWD,OUD,2,12.345,0.250,24.940,1.005
K2,2026-01-06,noor,KWD,ROSE,1,0.5,,0.5,
C1,2026-01-06,wei,CNY,MUG,1,19.90,,19.90,
`;
interface OrderRow { readonly number: string; readonly currency: string; readonly total: number; readonly refundedTotal: number; readonly personId: string }
const cells = (line: string): string[] => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));

/** Answers how many rows were taken: orders, and their refunds. */
async function taken(admin: HttpClient, csv: string): Promise<number> {
  const draft = await admin.must<{ importId: string; mapping: Record<string, string | null> }>('POST', '/api/admin/imports?kind=orders&name=orders.csv', csv, { headers: { 'content-type': 'text/csv' } });
  await admin.must('POST', `/api/admin/imports/${draft.importId}/start`, { mapping: draft.mapping });
  for (;;) {
    const report = await admin.must<{ state: string; taken: number; skipped: number }>('GET', `/api/admin/imports/${draft.importId}`);
    if (report.state === 'running') { await new Promise((done) => { setTimeout(done, 20); }); continue; }
    expect(report).to.include({ state: 'done', skipped: 0 });
    return report.taken;
  }
}

onEachServer('currencies of other digits than two', {}, (server) => {
  let admin: HttpClient;
  let orders: OrderRow[];
  before(async () => {
    admin = await server().admin();
    expect(await taken(admin, ORDERS)).to.equal(7);
    orders = (await admin.must<{ items: OrderRow[] }>('GET', '/api/admin/orders')).items;
  });
  afterEach(() => server().integrity());
  const of = (number: string): OrderRow => orders.find((order) => order.number === number)!;

  it('are imported to their smallest unit', () => {
    const amounts = Object.fromEntries(orders.map(({ number, currency, total, refundedTotal }) => [number, [currency, total, refundedTotal]]));
    expect(amounts).to.deep.equal({ Y1: ['JPY', 4_100, 0], Y2: ['JPY', 980, 980], K1: ['KWD', 24_940, 1_005], K2: ['KWD', 500, 0], C1: ['CNY', 1_990, 0] });
  });

  it('leave in the CSV export as they came', async () => {
    const [header, ...rows] = (await admin.must<string>('GET', '/api/admin/orders.csv')).replace('\uFEFF', '').trim().split(/\r?\n/);
    const place = (name: string): number => cells(header!).indexOf(name);
    expect(Object.fromEntries(rows.map(cells).map((row) => [row[place('number')], ['currency', 'total', 'refunded'].map((name) => row[place(name)])]))).to.deep.equal({
      Y1: ['JPY', '4100', '0'], Y2: ['JPY', '980', '980'], K1: ['KWD', '24.94', '1.005'], K2: ['KWD', '0.5', '0'], C1: ['CNY', '19.9', '0'],
    });
  });

  it('stand in a customer\'s timeline with their own digits', async () => {
    const told = async (number: string): Promise<unknown> => {
      const { items } = await admin.must<{ items: { id: string; title: Record<string, string> }[] }>('GET', `/api/admin/customers/${of(number).personId}/timeline`);
      return items.filter(({ title }) => title['en']!.startsWith('Order')).map(({ title }) => ({ en: title['en']!.replaceAll('\u00a0', ' '), 'zh-CN': title['zh-CN']!.replaceAll('\u00a0', ' ') }));
    };
    expect(await told('Y1')).to.deep.equal([{ en: 'Order Y2: JPY 980', 'zh-CN': '订单 Y2：JPY 980' }, { en: 'Order Y1: JPY 4,100', 'zh-CN': '订单 Y1：JPY 4,100' }]);
    expect(await told('K1')).to.deep.equal([{ en: 'Order K2: KWD 0.500', 'zh-CN': '订单 K2：KWD 0.500' }, { en: 'Order K1: KWD 24.940', 'zh-CN': '订单 K1：KWD 24.940' }]);
    expect(await told('C1')).to.deep.equal([{ en: 'Order C1: ¥19.90', 'zh-CN': '订单 C1：¥19.90' }]);
  });

  // Hungarians write no fraction, and Node's table of currencies follows them; platforms and banks count in hundredths.
  describe('and a shop in a currency that is written without its fraction', () => {
    const key = 'forint', plain = (text: string): string => text.replaceAll('\u00a0', ' ');
    let owner: HttpClient;
    before(async () => {
      const { shops, secrets, clock } = server().services;
      const shop = await shops.ensure({ key, platform: 'demo', name: 'Forint', zone: 'Europe/Budapest', dayStartHour: 0, currency: 'HUF', locale: 'en' }, clock.now());
      owner = new HttpClient(server().url, issueStaffToken(secrets.key('staff-bearer'), { shop: shop.id, staff: 'o', name: 'O', role: 'owner', exp: Date.now() + 600_000 }));
      for (const plugin of ['coupon-exchange', 'membership']) await installPlugin(owner, plugin);
      expect(await taken(owner, 'order,date,customer,currency,sku,quantity,unit price,total\nF1,2026-01-05,ilona,HUF,TEA,1,1990.50,1990.50\n')).to.equal(1);
      await owner.must('POST', '/api/admin/plugins/coupon-exchange/default-rewards', {});
    });

    it('keeps hundredths and writes them', async () => {
      const { items: [order] } = await owner.must<{ items: OrderRow[] }>('GET', '/api/admin/orders');
      expect(order).to.include({ number: 'F1', total: 199_050 });
      const { items } = await owner.must<{ items: { title: Record<string, string> }[] }>('GET', `/api/admin/customers/${order!.personId}/timeline`);
      expect(items.map(({ title }) => plain(title['en']!))).to.include('Order F1: Ft 1,990.50');
    });

    it('begins with rewards, tiers and a pack of its main unit', async () => {
      const { items: rewards } = await owner.must<{ items: { title: Record<string, string>; kind: string; discount: number; minimum: number }[] }>('GET', '/api/admin/plugins/coupon-exchange/rewards');
      expect(rewards.filter(({ kind }) => kind === 'amount').map(({ title, discount, minimum }) => [plain(title['en']!), discount, minimum])).to.have.deep.members([['Ft 2 off, no minimum', 200, 0], ['Ft 5 off Ft 59', 500, 5_900], ['Ft 20 off Ft 199', 2_000, 19_900]]);
      const { rules } = await owner.must<{ rules: { tiers: { entry: { spend: number | null } }[] } }>('GET', '/api/admin/plugins/membership/plan');
      expect(rules.tiers.map(({ entry }) => entry.spend)).to.deep.equal([null, 100_000, 500_000]);
      const { pack } = await owner.must<{ pack: { part: string; state: string; points: Record<string, string> }[] }>('GET', '/api/admin/planner');
      expect(pack.filter(({ part }) => part.endsWith('-coupon')).map(({ state, points }) => [state, plain(points['en']!)])).to.deep.equal([['present', 'Ft 2 off for 200 points'], ['present', 'Ft 20 off Ft 199 for 800 points']]);
    });

    it('tells both browsers how many digits', async () => {
      const shopper = new HttpClient(server().url, undefined, { 'x-guanxi-shop': key });
      for (const answer of [await owner.get<{ shop: { currencyDigits: Record<string, number> } }>('/api/admin/bootstrap'), await shopper.get<{ shop: { currencyDigits: Record<string, number> } }>('/api/storefront/bootstrap')]) {
        expect(answer.body.shop.currencyDigits).to.include({ JPY: 0, KWD: 3 }).and.not.have.property('HUF');
      }
    });
  });
});

describe('money as text', () => {
  const written: readonly (readonly [number, string, string])[] = [[199_050, 'HUF', 'Ft1,990.50'], [199_000, 'IDR', 'Rp1,990.00'], [1_990, 'JPY', '¥1,990'], [24_940, 'KWD', 'KWD24.940'], [1_990, 'IQD', 'IQD1.990'], [-5, 'CNY', '-¥0.05']];
  for (const [minor, currency, text] of written) it(`${minor} of ${currency} is ${text}`, () => { expect(moneyText(minor, currency, 'en').replaceAll('\u00a0', '')).to.equal(text); });
  it('leaves a fraction of zeros out, or says the code, when asked', () => {
    expect(moneyText(2_000, 'CNY', 'zh-CN', { short: true })).to.equal('¥20');
    expect(moneyText(2_050, 'CNY', 'zh-CN', { short: true })).to.equal('¥20.50');
    expect(moneyText(2_000, 'USD', 'en', { code: true }).replaceAll('\u00a0', ' ')).to.equal('USD 20.00');
  });
});
