import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { ImportJobsService } from '../../../server/commerce/import/import-jobs.service.js';
import type { ImportJob } from '../../../server/commerce/import/import-job.entity.js';
import type { GxError } from '../../../server/plugin-api/index.js';
import { forEachEngine, testContext, testShop } from '../../kit/databases.js';
import { importDatabase, importParts } from './import-fixture.js';

forEachEngine('import jobs of the admin', (open) => {
  const ctx = testContext({ shop: testShop(1, { currency: 'USD', zone: 'UTC' }), now: Date.UTC(2026, 10, 22) });
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-jobs-'));
  let jobs: ImportJobsService;
  before(async () => { jobs = new ImportJobsService(importParts((await open(importDatabase)).store), folder, Date.now); });
  after(async () => { await jobs.stop(); rmSync(folder, { recursive: true, force: true }); });
  const upload = (text: string, kind = 'orders', name = 'orders.csv'): Promise<ImportJob> => jobs.upload(ctx, kind, [{ name, body: Readable.from([Buffer.from(text)]) }]);
  const finished = async (id: string): Promise<ImportJob> => { for (;;) { const job = await jobs.get(ctx, id); if (job.state !== 'running') return job; await new Promise((done) => { setTimeout(done, 20); }); } };
  const code = async (run: Promise<unknown>): Promise<string> => { try { await run; return 'none'; } catch (error) { return (error as GxError).code; } };

  it('show how a file would be read before anything is taken', async () => {
    const job = await upload('id;when;customer;total\n1;2026-01-05;a;10,50\n', 'orders', '../../etc/päckchen.csv');
    expect(job).to.deep.include({ state: 'uploaded', kind: 'orders', startedBy: 'staff:Lin' });
    expect(job.files[0]!.name).to.not.contain('/');
    const preview = await jobs.preview(ctx, job.id);
    expect(preview).to.deep.include({ columns: ['id', 'when', 'customer', 'total'], delimiter: ';', encoding: 'utf-8', unused: ['when'], mapping: { platformId: 'id', customer: 'customer', total: 'total' } });
    expect(preview.complaint).to.contain('placedAt');
    expect(await code(jobs.start(ctx, job.id))).to.equal('GX_IMPORT_MAP');
    const better = await jobs.preview(ctx, job.id, { placedAt: 'when' });
    expect(better.complaint).to.equal(undefined);
    expect(better.sample).to.deep.equal([{ row: 2, values: { platformId: '1', placedAt: '2026-01-05', customer: 'a', total: '10,50' } }]);
    expect((await jobs.get(ctx, job.id)).state).to.equal('uploaded');
  });

  it('run in the background and keep their report', async () => {
    const job = await upload('id,date,customer,total\n11,2026-01-05,a,10\n12,2026-02-30,a,10\n');
    expect((await jobs.start(ctx, job.id)).state).to.equal('running');
    const done = await finished(job.id);
    expect(done).to.deep.include({ state: 'done', progress: 1000, rowsRead: 2, rowsTaken: 1, rowsSkipped: 1 });
    expect(done.report!.problems).to.have.length(1);
    expect(done.report!.problems[0]).to.deep.include({ row: 3, code: 'date' });
    await jobs.start(ctx, job.id);
    expect((await finished(job.id)).report).to.deep.include({ taken: 0, unchanged: 1 });
  });

  it('can be cancelled and removed, files and all', async () => {
    const job = await upload(`id,date,customer,total\n${Array.from({ length: 5_000 }, (_, index) => `c${index},2026-01-05,a${index % 9},1\n`).join('')}`);
    await jobs.start(ctx, job.id);
    await jobs.cancel(ctx, job.id);
    expect((await finished(job.id)).state).to.equal('cancelled');
    await jobs.remove(ctx, job.id);
    expect(readdirSync(folder)).not.to.include(job.files[0]!.stored);
    expect(await code(jobs.get(ctx, job.id))).to.equal('GX_NOT_FOUND');
  });

  it('are not seen from another shop, and do not start without a kind or a file', async () => {
    const job = await upload('id,date,customer,total\n');
    const other = testContext({ shop: testShop(2) });
    for (const run of [jobs.get(other, job.id), jobs.preview(other, job.id), jobs.start(other, job.id), jobs.cancel(other, job.id), jobs.remove(other, job.id)]) expect(await code(run)).to.equal('GX_NOT_FOUND');
    expect(await code(upload('x', 'unicorns'))).to.equal('GX_NOT_FOUND');
    expect(await code(jobs.upload(ctx, 'orders', []))).to.equal('GX_IMPORT_FILE');
  });
});
