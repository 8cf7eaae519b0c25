import { expect } from 'chai';
import { onEachServer, type Answer, type HttpClient } from '../../kit/index.js';

const LINES = 'invoice,stock_code,quantity,unit_price\n901,MUG,2,3.50\n901,HAT,1,20.00\n902,MUG,1,3.50\nC903,MUG,-1,3.50\n904,MUG,1,3.50\n';
const INVOICES = 'invoice,datetime,customer,country\n901,2026-01-05T08:26,ada,France\n902,2026-01-06T09:00,bob,Spain\nC903,2026-01-07T09:00,ada,France\n';
const PRODUCTS = 'stock_code,description\nMUG,Blue mug\nHAT,Straw hat\n';

interface Draft { readonly importId: string; readonly columns: string[]; readonly sample: string[][]; readonly mapping: Record<string, string | null>; readonly file: string; readonly companions: { name: string; by: string; adds: string[]; rows: number; matched: number; sampled: number }[]; readonly complaint?: string }
interface Progress { readonly state: string; readonly read: number; readonly taken: number; readonly unchanged: number; readonly skipped: number; readonly companions: string[]; readonly problems: { row: number; code: string; message: string }[] }
interface Refusal { readonly code: string; readonly detail: string }

onEachServer('companion files of an import', {}, (server) => {
  let admin: HttpClient;
  before(async () => { admin = await server().admin(); });
  afterEach(() => server().integrity());
  const csv = { headers: { 'content-type': 'text/csv' } };
  const upload = (text: string, name = 'lines.csv'): Promise<Draft> => admin.must<Draft>('POST', `/api/admin/imports?kind=orders&name=${name}`, text, csv);
  const add = <T = Draft>(id: string, text: string, name: string): Promise<Answer<T>> => admin.post<T>(`/api/admin/imports/${id}/companions?name=${encodeURIComponent(name)}`, text, csv);
  const run = async ({ importId, mapping }: Draft): Promise<Progress> => {
    await admin.must('POST', `/api/admin/imports/${importId}/start`, { mapping, options: { currency: 'GBP' } });
    for (;;) {
      const progress = await admin.must<Progress>('GET', `/api/admin/imports/${importId}`);
      if (progress.state !== 'running') return progress;
      await new Promise((done) => { setTimeout(done, 20); });
    }
  };

  it('bring dates, customers and names to the lines of orders, once', async () => {
    const bare = await upload(LINES);
    expect(bare.complaint).to.contain('placedAt');
    const dated = await add(bare.importId, INVOICES, 'invoices 2026.csv');
    expect(dated.status).to.equal(201);
    expect(dated.body.complaint).to.equal(undefined);
    const named = await add(bare.importId, PRODUCTS, 'products.csv');
    expect(named.body).to.deep.include({
      file: 'lines.csv', columns: ['invoice', 'stock_code', 'quantity', 'unit_price', 'datetime', 'customer', 'country', 'description'],
      companions: [{ name: 'invoices 2026.csv', by: 'invoice', adds: ['datetime', 'customer', 'country'], rows: 3, matched: 4, sampled: 5 }, { name: 'products.csv', by: 'stock_code', adds: ['description'], rows: 2, matched: 5, sampled: 5 }],
    });
    expect(named.body.sample[0]).to.deep.equal(['901', 'MUG', '2', '3.50', '2026-01-05T08:26', 'ada', 'France', 'Blue mug']);
    expect(named.body.mapping).to.deep.include({ order: 'invoice', placedAt: 'datetime', customer: 'customer', sku: 'stock_code', title: 'description', quantity: 'quantity', unitPrice: 'unit_price' });
    expect(await admin.must('GET', `/api/admin/imports/${bare.importId}/draft`)).to.deep.equal(named.body);

    const first = await run(named.body);
    expect(first).to.deep.include({ state: 'done', read: 5, taken: 3, skipped: 1, companions: ['invoices 2026.csv', 'products.csv'] });
    expect(first.problems.map(({ row, code }) => [row, code])).to.deep.equal([[6, 'no-join']]);
    const { items } = await admin.must<{ items: { number: string; total: number; refundedTotal: number; currency: string; personId: string | null }[] }>('GET', '/api/admin/orders');
    expect(items.filter(({ number }) => number.startsWith('90')).map(({ number, total, refundedTotal, currency }) => [number, total, refundedTotal, currency])).to.deep.equal([['902', 350, 0, 'GBP'], ['901', 2_700, 350, 'GBP']]);
    expect(items.every(({ personId }) => personId !== null)).to.equal(true);

    const again = await upload(LINES);
    await add(again.importId, INVOICES, 'invoices.csv');
    const { body: draft } = await add(again.importId, PRODUCTS, 'products.csv');
    expect(await run(draft)).to.deep.include({ state: 'done', read: 5, taken: 0, unchanged: 3, skipped: 1 });
  });

  it('that do not fit are refused with a sentence, and the import stays as it was', async () => {
    const { importId } = await upload(LINES);
    const wrong: readonly (readonly [string, string, string, string, RegExp])[] = [
      ['no shared column', 'a.csv', 'when,who\n2026-01-05,ada\n', 'GX_IMPORT_JOIN_COLUMN', /"a\.csv" shares no column.*when, who/],
      ['nothing new', 'b.csv', 'invoice,quantity\n901,1\n', 'GX_IMPORT_JOIN_NOTHING', /no column that the table does not have/],
      ['several rows for a value', 'c.csv', 'invoice,datetime\n901,2026-01-05\n901,2026-01-06\n', 'GX_IMPORT_JOIN_REPEATS', /several rows for one value of invoice/],
      ['no rows', 'd.csv', 'invoice,datetime\n', 'GX_IMPORT_JOIN_EMPTY', /no rows/],
      ['another export', 'e.csv', 'invoice,datetime\nX1,2026-01-05\n', 'GX_IMPORT_JOIN_MATCH', /None of the table's first 5 rows .* "invoice"/],
      ['no table', 'f.csv', '', 'GX_IMPORT_FILE', /"f\.csv".*empty/],
    ];
    for (const [what, name, text, code, sentence] of wrong) {
      const { status, body } = await add<Refusal>(importId, text, name);
      expect([status, body.code], what).to.deep.equal([422, code]);
      expect(body.detail, what).to.match(sentence);
    }
    expect(await admin.must<Draft>('GET', `/api/admin/imports/${importId}/draft`)).to.deep.include({ companions: [], columns: ['invoice', 'stock_code', 'quantity', 'unit_price'] });
  });

  it('can be taken away again, are at most three, and cannot be added once the import runs', async () => {
    const { importId } = await upload(LINES.replaceAll('90', '80'));
    const invoices = INVOICES.replaceAll('90', '80');
    await add(importId, PRODUCTS, 'products.csv');
    await add(importId, invoices, 'invoices.csv');
    const left = await admin.must<Draft>('DELETE', `/api/admin/imports/${importId}/companions/1`);
    expect(left.companions.map(({ name }) => name)).to.deep.equal(['invoices.csv']);
    for (const place of [0, 2, 'x']) expect((await admin.delete(`/api/admin/imports/${importId}/companions/${place}`)).status, String(place)).to.be.within(400, 499);
    await add(importId, PRODUCTS, 'products.csv');
    await add(importId, 'stock_code,colour\nMUG,blue\n', 'colours.csv');
    expect((await add<Refusal>(importId, 'stock_code,weight\nMUG,1\n', 'weights.csv')).body.code).to.equal('GX_IMPORT_FILE');
    const draft = await admin.must<Draft>('GET', `/api/admin/imports/${importId}/draft`);
    expect(await run(draft)).to.deep.include({ state: 'done', taken: 3 });
    expect((await add<Refusal>(importId, PRODUCTS, 'products.csv')).body.code).to.equal('GX_IMPORT_STARTED');
    expect((await admin.delete<Refusal>(`/api/admin/imports/${importId}/companions/1`)).body.code).to.equal('GX_IMPORT_STARTED');
    expect((await add(importId.replace(/^./, 'f'), PRODUCTS, 'products.csv')).status).to.equal(404);
  });

  it('become the table when their rows repeat what stands once in the table so far', async () => {
    const { importId } = await upload(INVOICES, 'invoices.csv');
    const { body } = await add(importId, LINES, 'lines.csv');
    expect(body).to.deep.include({ file: 'lines.csv', companions: [{ name: 'invoices.csv', by: 'invoice', adds: ['datetime', 'customer', 'country'], rows: 3, matched: 4, sampled: 5 }] });
    const both = await upload('invoice,price\n901,2\n901,3\n', 'prices.csv');
    expect((await add<Refusal>(both.importId, 'invoice,cost\n901,1\n901,2\n', 'costs.csv')).body.code).to.equal('GX_IMPORT_JOIN_REPEATS');
  });

  it('are joined by the shared column whose values do not repeat', async () => {
    const { importId } = await upload(LINES);
    const { body } = await add(importId, 'quantity,stock_code,description\n1,MUG,Blue mug\n1,HAT,Straw hat\n', 'goods.csv');
    expect(body.companions).to.deep.equal([{ name: 'goods.csv', by: 'stock_code', adds: ['description'], rows: 2, matched: 5, sampled: 5 }]);
  });
});
