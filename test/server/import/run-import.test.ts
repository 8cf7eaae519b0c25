import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { runImport } from '../../../server/commerce/import/run-import.js';
import { statement, type GxError, type ImportRow } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, testShop } from '../../kit/databases.js';
import { ImportBench, importDatabase, importParts } from './import-fixture.js';

const SUMS = statement<{ orders: number; lines: number; people: number; total: number; refunds: number; refunded: number; events: number }>(`SELECT CAST((SELECT COUNT(*) FROM shop_order WHERE shop_id = :shop) AS BIGINT) AS orders,
  CAST((SELECT COUNT(*) FROM order_line WHERE shop_id = :shop) AS BIGINT) AS lines, CAST((SELECT COUNT(*) FROM person WHERE shop_id = :shop) AS BIGINT) AS people,
  CAST((SELECT COALESCE(SUM(total), 0) FROM shop_order WHERE shop_id = :shop) AS BIGINT) AS total, CAST((SELECT COUNT(*) FROM refund WHERE shop_id = :shop) AS BIGINT) AS refunds,
  CAST((SELECT COALESCE(SUM(amount), 0) FROM refund WHERE shop_id = :shop) AS BIGINT) AS refunded, CAST((SELECT COUNT(*) FROM outbox_event WHERE shop_id = :shop) AS BIGINT) AS events`);
const ORDERS = statement<{ external_id: string; number: string; total: number; placed_at: number; currency: string }>('SELECT external_id, number, total, placed_at, currency FROM shop_order WHERE shop_id = :shop ORDER BY placed_at, external_id');

forEachEngine('imports', (open) => {
  let bench: ImportBench, parts: ReturnType<typeof importParts>, shops = 0;
  const benches: ImportBench[] = [];
  before(async () => { parts = importParts((await open(importDatabase)).store); });
  after(() => { for (const one of benches) one.dispose(); });
  // A shop of its own for each test: what one takes in, another does not see.
  beforeEach(() => {
    shops += 1;
    bench = new ImportBench(parts, testContext({ shop: testShop(shops, { currency: 'USD', zone: 'UTC' }), now: Date.UTC(2026, 10, 22) }));
    benches.push(bench);
  });
  const sums = async () => (await parts.db.read(bench.ctx, (q) => q.one(SUMS)))!;
  const orders = () => parts.db.read(bench.ctx, (q) => q.many(ORDERS));
  const failure = async (run: Promise<unknown>): Promise<string> => { try { await run; return 'none'; } catch (error) { return (error as GxError).code; } };

  it('take orders without numbers, name them by customer and day, and change nothing the second time', async () => {
    const file = 'master_id,date,cds,usd\n00001,1997-01-01,1,11.77\n00002,1997-01-12,1,12.00\n00002,1997-01-12,5,77.00\n00003,1997-01-02,2,0.00\n';
    expect(await bench.import('orders', file)).to.deep.include({ read: 4, taken: 4, unchanged: 0, skipped: 0, cancelled: false });
    expect(await sums()).to.deep.include({ orders: 4, people: 3, total: 10_077, events: 0 });
    expect((await orders()).map((order) => order.external_id)).to.deep.equal(['csv:00001:1997-01-01:1', 'csv:00003:1997-01-02:1', 'csv:00002:1997-01-12:1', 'csv:00002:1997-01-12:2']);
    expect(await bench.import('orders', file)).to.deep.include({ read: 4, taken: 0, unchanged: 4, skipped: 0 });
    expect(await sums()).to.deep.include({ orders: 4, people: 3, total: 10_077 });
  });

  it('put lines together to orders, with dates, customers and names from companion files, and returns to their purchases', async () => {
    const lines = bench.file('invoice,stock_code,quantity,unit_price\n1,HAT,2,10.00\n1,MUG,6,2.55\n2,HAT,1,10.00\nC3,HAT,-2,10.00\nC4,PEN,-1,1.00\n5,PEN,1,-3.00\n6,MUG,1,2.55\n7,MUG,1,2.55\n', true);
    const invoices = bench.file('invoice,datetime,customer,country\n1,2010-12-01T08:26,17850,UK\n2,2010-12-02T08:26,17850,UK\nC3,2010-12-03T10:00,17850,UK\nC4,2010-12-03T10:00,17850,UK\n5,2010-12-04T10:00,,UK\n6,2010-12-04T11:00,,UK\n', true);
    const products = bench.file('stock_code,description,lines\nHAT,Straw hat,9\nMUG,Blue mug,9\n');
    const request = { kind: 'orders', file: lines, joins: [invoices, products] };
    const report = await runImport(bench.ctx, parts, request);
    expect(report).to.deep.include({ read: 8, skipped: 3, counts: { 'unmatched-return': 1, negative: 1, 'no-join': 1 } });
    expect(await sums()).to.deep.include({ orders: 3, lines: 4, people: 1, refunds: 2, refunded: 2_000, total: 3_530 + 1_000 + 255 });
    const again = await runImport(bench.ctx, parts, request);
    expect(again).to.deep.include({ taken: 0, skipped: 3 });
    expect(await sums()).to.deep.include({ orders: 3, refunds: 2, refunded: 2_000 });
    const title = await parts.db.read(bench.ctx, (q) => q.one(statement<{ title: string }>(`SELECT title FROM order_line WHERE shop_id = :shop AND sku = 'MUG'`)));
    expect(title!.title).to.equal('Blue mug');
  });

  it('recognise Shopify\'s export of orders and give ids that webhooks will know', async () => {
    const head = 'Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Refunded Amount,Id,Lineitem discount\n';
    const report = await bench.import('orders', `${head}#1001,Jon@Example.com,partially_refunded,2026-01-05 10:00:00 -0500,EUR,90.00,5.00,0.00,95.00,SAVE10,10.00,2026-01-05 09:59:00 -0500,2,Hat,45.00,HAT-1,"Doe, Jon",20.00,5550001112223334445,0.00\n#1001,Jon@Example.com,,,,,,,,,,,1,Mug,10.00,MUG-1,,,,0.00\n#1002,amy@example.com,pending,,EUR,10.00,0.00,0.00,10.00,,0.00,2026-01-06 09:59:00 -0500,1,Mug,10.00,MUG-1,Amy,0.00,5550001112223334446,0.00\n`);
    expect(report).to.deep.include({ read: 3, skipped: 0 });
    expect(await orders()).to.deep.equal([
      { external_id: 'gid://shopify/Order/5550001112223334445', number: '#1001', total: 9_500, placed_at: Date.UTC(2026, 0, 5, 14, 59), currency: 'EUR' },
      { external_id: 'gid://shopify/Order/5550001112223334446', number: '#1002', total: 1_000, placed_at: Date.UTC(2026, 0, 6, 14, 59), currency: 'EUR' },
    ]);
    expect(await sums()).to.deep.include({ lines: 3, people: 2, refunds: 1, refunded: 2_000 });
    const unpaid = await parts.db.read(bench.ctx, (q) => q.one(statement<{ number: string }>('SELECT number FROM shop_order WHERE shop_id = :shop AND paid_at IS NULL')));
    expect(unpaid!.number).to.equal('#1002');
  });

  it('report what cannot be taken row by row, and take the rest', async () => {
    const report = await bench.import('orders', 'id,date,customer,total\n1,2026-01-05,a,10\n2,2026-02-30,a,10\n3,2026-01-05,a,-5\n4,2026-01-05,a\n5,2026-01-05,a,10,extra,more\n1,2026-01-06,a,99\n\n6,,a,10\n7,2026-01-05,a,ten\n8,2026-01-05,"quo""ted",3\n');
    expect(report.counts).to.deep.equal({ date: 1, negative: 1, ragged: 2, missing: 2, duplicate: 1, amount: 1 });
    expect(report.problems.filter(({ taken }) => !taken).map(({ row, code }) => `${row} ${code}`).sort()).to.deep.equal(['3 date', '4 negative', '5 missing', '7 duplicate', '9 missing', '10 amount'].sort());
    expect(report).to.deep.include({ read: 9, taken: 3, skipped: 6 });
    expect((await orders()).map((order) => order.total).sort((a, b) => a - b)).to.deep.equal([300, 1_000, 1_000]);
  });

  it('read UTF-8 with and without a mark, UTF-16 both ways and GB18030, with comma, semicolon and tab', async () => {
    const text = '订单编号,下单时间,客户编号,金额,商品\n一,2026-01-05,王小明,10.50,咖啡壶\n';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    // GB18030 of the text above, made once with iconv: Node decodes it but does not encode it.
    const gb = Buffer.from('b6a9b5a5b1e0bac52ccfc2b5a5cab1bce42cbfcdbba7b1e0bac52cbdf0b6ee2cc9ccc6b70ad2bb2c323032362d30312d30352ccdf5d0a1c3f72c31302e35302cbfa7b7c8baf80a', 'hex');
    for (const [name, bytes] of Object.entries({ plain: Buffer.from(text), mark: Buffer.from(`\uFEFF${text}`), little: utf16, big: Buffer.from(utf16).swap16(), gb, semicolon: Buffer.from(text.replaceAll(',', ';')), tab: Buffer.from(text.replaceAll(',', '\t')) })) {
      const report = await bench.import('orders', bytes, { source: name });
      expect(report, name).to.deep.include({ read: 1, taken: 1, skipped: 0 });
    }
    const titles = await parts.db.read(bench.ctx, (q) => q.many(statement<{ title: string }>('SELECT title FROM order_line WHERE shop_id = :shop')));
    expect(new Set(titles.map(({ title }) => title))).to.deep.equal(new Set(['咖啡壶']));
  });

  it('leave out rows with broken bytes, and only those', async () => {
    const report = await bench.import('orders', Buffer.concat([Buffer.from('id,date,customer,total\n1,2026-01-05,Zoë Müller 王小明,1\n2,2026-01-05,'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(',2\n3,2026-01-05,Zoë Müller 王小明 关系,3\n')]));
    expect(report).to.deep.include({ read: 3, taken: 2, skipped: 1, counts: { encoding: 1 } });
  });

  it('say that a file ends too early, and keep what came before', async () => {
    const rows = Array.from({ length: 6_000 }, (_, index) => `${index}-${createHash('sha256').update(String(index)).digest('hex')},2026-01-05,c${index % 50},1\n`).join('');
    const { gzipSync } = await import('node:zlib');
    const zipped = gzipSync(`id,date,customer,total\n${rows}`);
    const report = await bench.import('orders', zipped.subarray(0, zipped.length / 2));
    expect(report.counts.file).to.equal(1);
    expect(report.taken).to.be.greaterThan(1_000);
    expect((await sums()).orders).to.equal(report.taken);
  });

  it('do not start on what is no table, lacks columns or has a wrong mapping', async () => {
    expect(await failure(bench.import('orders', ''))).to.equal('GX_IMPORT_FILE');
    expect(await failure(runImport(bench.ctx, parts, { kind: 'orders', file: `${bench.file('x')}.gone` }))).to.equal('GX_IMPORT_FILE');
    expect(await failure(bench.import('orders', 'a,b\n1,2\n'))).to.equal('GX_IMPORT_MAP');
    expect(await failure(bench.import('orders', 'id,when,total\n1,2026-01-05,2\n', { map: { placedAt: 'then' } }))).to.equal('GX_IMPORT_MAP');
    expect(await failure(bench.import('orders', 'id,when,total\n1,2026-01-05,2\n', { map: { moment: 'when' } }))).to.equal('GX_IMPORT_MAP');
    expect(await failure(bench.import('unicorns', 'id\n1\n'))).to.equal('GX_NOT_FOUND');
    expect(await bench.import('orders', 'id,when,total\n1,2026-01-05,2\n', { map: { placedAt: 'when' } })).to.deep.include({ taken: 1 });
  });

  it('can be stopped: what was taken stays, and the next run takes the rest', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `${index},2026-01-05,c${index % 7},1\n`).join('');
    const stop = new AbortController();
    const file = bench.file(`id,date,customer,total\n${rows}`);
    const intake = Object.assign(Object.create(parts.intake) as typeof parts.intake, { orderBatch: async (...args: Parameters<typeof parts.intake.orderBatch>) => { const answer = await parts.intake.orderBatch(...args); stop.abort(); return answer; } });
    const first = await runImport(bench.ctx, { ...parts, intake }, { kind: 'orders', file, signal: stop.signal });
    expect(first.cancelled).to.equal(true);
    expect(first.taken).to.equal((await sums()).orders).and.lessThan(3_000);
    const second = await runImport(bench.ctx, parts, { kind: 'orders', file });
    expect(second).to.deep.include({ taken: 3_000 - first.taken, unchanged: first.taken, cancelled: false });
  });

  it('take customers and products', async () => {
    const customers = 'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Total Spent,Phone\n\'7001,Amy,Li,AMY@example.com,yes,10.00,\'+49123\n\'7002,,,,no,0.00,\n,,,bob@example.com,no,0.00,\n,,,,no,0.00,\n';
    expect(await bench.import('customers', customers)).to.deep.include({ read: 4, taken: 3, skipped: 1, counts: { missing: 1 } });
    expect(await bench.import('customers', customers)).to.deep.include({ taken: 0, unchanged: 3 });
    const amy = await parts.db.read(bench.ctx, (q) => q.one(statement<{ name: string; email: string; phone: string }>(`SELECT p.name, p.email, p.phone FROM person p JOIN identity i ON i.shop_id = p.shop_id AND i.person_id = p.id WHERE p.shop_id = :shop AND i.external_id = 'gid://shopify/Customer/7001'`)));
    expect(amy).to.deep.equal({ name: 'Amy Li', email: 'amy@example.com', phone: '+49123' });
    const products = 'Handle,Title,Type,Option1 Value,Variant SKU,Variant Price,Image Src\nhat,Straw hat,Hats,Small,,19.99,https://img.example/1.png\nhat,,,Large,,24.99,\nhat,,,,,,https://img.example/2.png\nmug,Mug,,Default Title,MUG-1,-1,\n';
    const report = await bench.import('products', products);
    expect(report).to.deep.include({ read: 4, taken: 2, counts: { negative: 1 } });
    const variants = await parts.db.read(bench.ctx, (q) => q.many(statement<{ sku: string; price: number }>('SELECT sku, price FROM variant WHERE shop_id = :shop ORDER BY sku')));
    expect(variants).to.deep.equal([{ sku: 'hat-large', price: 2_499 }, { sku: 'hat-small', price: 1_999 }]);
    expect(await bench.import('products', products)).to.deep.include({ taken: 0, unchanged: 2 });
  });

  it('hand rows of a plugin\'s kind to the plugin, in blocks, and report what it refuses', async () => {
    const given: ImportRow[] = [];
    const sizes: number[] = [];
    parts.targets.unregister('notes-plugin');
    parts.targets.register('notes', 'notes-plugin', {
      title: { en: 'Notes', 'zh-CN': '备注' }, fields: [{ name: 'text', label: { en: 'Text', 'zh-CN': '内容' }, required: true, aliases: ['Review Text', 'review'] }, { name: 'stars', label: { en: 'Stars', 'zh-CN': '星级' }, required: false, aliases: ['rating'] }],
      take: async (_ctx, rows) => { given.push(...rows); sizes.push(rows.length); return { taken: rows.length - 1, unchanged: 0, skipped: [{ row: rows[0]!.row, reason: 'too short' }] }; },
    });
    const report = await bench.import('notes', `id,Review Text,Rating\n${Array.from({ length: 1_200 }, (_, index) => `${index},"好，很好 ""${index}""",5\n`).join('')}9,,3\n`);
    expect(report).to.deep.include({ read: 1_201, taken: 1_197, skipped: 4, counts: { refused: 3, missing: 1 } });
    expect(sizes).to.deep.equal([500, 500, 200]);
    expect(given[1]).to.deep.equal({ row: 3, values: { text: '好，很好 "1"', stars: '5' }, joined: true });
    expect(() => parts.targets.register('orders', 'x', { title: { en: '', 'zh-CN': '' }, fields: [], take: async () => ({ taken: 0, unchanged: 0, skipped: [] }) })).to.throw();
  });
});
