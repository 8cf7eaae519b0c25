import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runImport } from '../../../server/commerce/import/run-import.js';
import { onEachServer, packageRoot, type TestServer } from '../../kit/index.js';
import { act, author, listed, overview, shown, take, TEA } from './review-fixture.js';

onEachServer('imported reviews', {}, (server) => {
  before(() => server().install('reviews-monitor'));

  it('come in once, however often the rows come', async () => {
    const rows = [{ body: 'One', stars: '5', sku: TEA, writtenAt: '2026-01-05', externalId: '1' }, { body: 'Two', stars: '1', sku: TEA }, { body: '三', stars: '3', sku: TEA, externalId: '3', reply: '谢谢' }];
    expect(await take(server(), rows)).to.deep.equal({ taken: 3, unchanged: 0, skipped: [] });
    await server().advance('P1D');
    expect(await take(server(), rows), 'on another day').to.deep.equal({ taken: 0, unchanged: 3, skipped: [] });
    expect(await take(server(), [...rows, ...rows]), 'twice in one file').to.deep.equal({ taken: 0, unchanged: 6, skipped: [] });
    const page = await shown(server().visitor(), TEA);
    expect(page.summary).to.deep.equal({ count: 3, average: 3, stars: [1, 0, 1, 0, 1] });
    expect(page.items.find(({ body }) => body === '三')).to.include({ reply: '谢谢', verified: false, language: 'zh' });
    expect((await listed(server(), { queue: 'waiting' })).map(({ body }) => body)).to.deep.equal(['Two']);
  });

  it('come in whole and once in any number, also when a file says the same twice', async () => {
    for (const count of [24, 25, 26, 60]) {
      const rows = Array.from({ length: count }, (_, n) => ({ body: `Of ${count}, number ${n % (count - 3)}`, stars: '4' }));
      expect(await take(server(), rows)).to.deep.equal({ taken: count - 3, unchanged: 3, skipped: [] });
      expect(await listed(server(), { search: `Of ${count}, number` })).to.have.length(count - 3);
    }
  });

  it('of two files that number their rows alike do not push each other out', async () => {
    const first = [{ externalId: '7', body: 'From the first file', stars: '5' }], second = [{ externalId: '7', body: 'From the second file', stars: '4' }];
    expect([(await take(server(), first)).taken, (await take(server(), second)).taken, (await take(server(), first)).unchanged]).to.deep.equal([1, 1, 1]);
  });

  it('keep what staff did about them when the file comes again', async () => {
    const rows = [{ externalId: 'kept', body: 'Handled and hidden', stars: '1' }];
    await take(server(), rows);
    const { id } = (await listed(server(), { search: 'handled and hidden' }))[0] ?? { id: '' };
    await act(server(), id, 'handled', { handled: true });
    await act(server(), id, 'visible', { visible: false });
    await take(server(), rows);
    expect((await listed(server(), { search: 'handled and hidden' })).map(({ state, handledBy }) => [state, handledBy])).to.deep.equal([['hidden', 'staff:Automation']]);
  });

  it('that cannot be taken are told by row and reason, and the others go in', async () => {
    const answer = await take(server(), [
      { body: '  ' }, { body: 'x'.repeat(20_001) }, { body: 'Six', stars: '6' }, { body: 'Half', stars: '4.5' }, { body: 'Words', stars: 'five' }, { body: 'Mark', label: 'maybe' }, { body: 'Date', writtenAt: 'yesterday' },
      { body: 'Future', writtenAt: '2999-01-01' }, { body: 'Past', writtenAt: '0001-01-01' }, { body: 'Good one', stars: '5.0', label: '1' }, { body: 'Zero\u0000byte', stars: '2' }, { body: '<script>alert(1)</script>', stars: '2' },
    ]);
    expect(answer.skipped.map(({ row }) => row)).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { reason } of answer.skipped) expect(reason).to.match(/^(no review text|text longer|stars "|mark "|date ")/);
    expect(answer.taken).to.equal(3);
    expect((await listed(server(), { search: 'zerobyte' }))).to.have.length(1);
    expect((await listed(server(), { search: '<script>' }))[0]?.body).to.equal('<script>alert(1)</script>');
  });

  it('are never a shopper\'s own: who is imported can still write', async () => {
    await take(server(), [{ body: 'By Ada', author: 'Ada Lovelace', sku: TEA, stars: '4' }]);
    await author(server(), TEA, { stars: 4, body: 'By Ada herself' }, { name: 'Ada Lovelace' });
  });
});

interface Row { readonly Rating?: string; readonly label?: string; readonly 'Clothing ID'?: string; readonly review?: string; readonly 'Review Text'?: string; readonly [column: string]: string | undefined }
const data = resolve(packageRoot, '../shared/data');
const files = ['en-clothing', 'zh-shopping'].map((name) => join(data, name, 'dev.csv.gz'));

/** As many rows as two shops write in years: what the panel says must be what the files say. */
onEachServer('70,000 imported reviews', { mode: 'demo' }, (server) => {
  const rows: Row[] = [];
  before(async function () {
    this.timeout(600_000);
    if (!files.every((file) => existsSync(file))) { console.log('      (skipped: the review files are not on this machine)'); this.skip(); }
    for (const file of files) rows.push(...parse(gunzipSync(readFileSync(file)), { columns: true, bom: true }) as Row[]);
    await server().install('reviews-monitor');
    for (const file of files) await bring(server(), file);
  });

  it('make the same numbers as the files themselves', async () => {
    const numbers = await overview(server());
    const starred = rows.filter(({ Rating }) => Rating), marked = rows.filter(({ label }) => label !== undefined);
    const stars = [1, 2, 3, 4, 5].map((n) => starred.filter(({ Rating }) => Number(Rating) === n).length);
    const bad = (stars[0] ?? 0) + (stars[1] ?? 0) + (stars[2] ?? 0) + marked.filter(({ label }) => label === '0').length;
    expect(numbers.total).to.equal(rows.length);
    expect(numbers.distribution.stars).to.deep.equal(stars);
    expect(numbers.distribution.average).to.equal(Math.round(stars.reduce((sum, n, index) => sum + n * (index + 1), 0) / starred.length * 10) / 10);
    expect([numbers.bad, numbers.good]).to.deep.equal([bad, rows.length - bad]);
    expect(numbers.queues).to.deep.equal({ waiting: bad, unanswered: rows.length, all: rows.length, hidden: 0 });
    expect(numbers.trend.reduce((sum, day) => sum + day.reviews, 0)).to.equal(rows.length);
    const perProduct = new Map<string, number>();
    for (const row of starred) if (Number(row.Rating) < 4) perProduct.set(row['Clothing ID'] ?? '', (perProduct.get(row['Clothing ID'] ?? '') ?? 0) + 1);
    expect(numbers.products.map(({ bad: of }) => of)).to.deep.equal([...perProduct.values()].sort((a, b) => b - a).slice(0, 5));
  });

  it('show a product as the file tells it', async () => {
    const sku = '1078';
    const own = rows.filter((row) => row['Clothing ID'] === sku).map(({ Rating }) => Number(Rating));
    const { summary } = await shown(server().visitor(), sku);
    expect(summary).to.deep.equal({ count: own.length, average: Math.round(own.reduce((sum, n) => sum + n, 0) / own.length * 10) / 10, stars: [1, 2, 3, 4, 5].map((n) => own.filter((each) => each === n).length) });
  });

  it('are found by words, as often as the files hold them', async () => {
    for (const word of ['jumpsuit', '快递很慢']) {
      const admin = await server().admin();
      let count = 0, cursor: string | undefined = '';
      while (cursor !== undefined) {
        const page: { items: unknown[]; next?: string } = await admin.must('GET', `/api/admin/plugins/reviews-monitor/reviews?limit=200&search=${encodeURIComponent(word)}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        count += page.items.length;
        cursor = page.next;
      }
      const holds = (row: Row): boolean => [row.review, row['Review Text'], row['Title'], row['Class Name'], row['cat']].some((text) => text?.toLowerCase().includes(word));
      expect(count, word).to.equal(rows.filter(holds).length).and.be.greaterThan(0);
    }
  });

  it('change nothing when a file comes a second time', async function () {
    this.timeout(300_000);
    const report = await bring(server(), files[0] ?? '');
    expect([report.taken, report.unchanged]).to.deep.equal([0, rows.filter(({ Rating }) => Rating).length]);
    expect((await overview(server())).total).to.equal(rows.length);
  });
});

function bring(server: TestServer, file: string): ReturnType<typeof runImport> {
  const { store, intake, importTargets } = server.services;
  return runImport(server.context(), { db: store, intake, targets: importTargets }, { kind: 'reviews', file });
}
