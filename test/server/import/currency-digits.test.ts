import { expect } from 'chai';
import { onEachServer, type HttpClient } from '../../kit/index.js';

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

onEachServer('currencies of other digits than two', {}, (server) => {
  let admin: HttpClient;
  let orders: OrderRow[];
  before(async () => {
    admin = await server().admin();
    const draft = await admin.must<{ importId: string; mapping: Record<string, string | null> }>('POST', '/api/admin/imports?kind=orders&name=orders.csv', ORDERS, { headers: { 'content-type': 'text/csv' } });
    await admin.must('POST', `/api/admin/imports/${draft.importId}/start`, { mapping: draft.mapping });
    for (;;) {
      const { state, taken, skipped } = await admin.must<{ state: string; taken: number; skipped: number }>('GET', `/api/admin/imports/${draft.importId}`);
      if (state === 'running') { await new Promise((done) => { setTimeout(done, 20); }); continue; }
      expect({ state, taken, skipped }).to.deep.equal({ state: 'done', taken: 7, skipped: 0 });
      break;
    }
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
});
