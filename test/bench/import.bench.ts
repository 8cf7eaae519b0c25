import { keepMemoryFlat } from '../../server/cli/flat-memory.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, stopCluster, testContext, testShop } from '../kit/databases.js';
import { packageRoot } from '../kit/package-root.js';
import { runImport, type ImportRequest } from '../../server/commerce/import/run-import.js';
import { statement, type ShopContext } from '../../server/plugin-api/index.js';
import { importDatabase, importParts } from '../server/import/import-fixture.js';
import { bareImport } from './bare-import.js';
import { measured, type Measured } from './measured.js';
import { tell } from './verdict.js';

/**
 * How many rows an import takes on SQLite into normalised tables, by the wall's clock and by the processor's, the most memory the process
 * held, and how that compares with a bare loop in the same run that parses the file and inserts into one wide table. The processor's time
 * is the fairer measure on a machine that others use as well. The largest files of the shared data are used where they are present; run with:
 * node dist/test/bench/import.bench.js [engine] [part of a name]
 */
const data = join(packageRoot, '..', 'shared', 'data');
const cdnow = { kind: 'orders', file: join(data, 'cdnow/dev-master-calibration.csv.gz') };
const retail = { kind: 'orders', file: join(data, 'online-retail/dev-lines.csv.gz'), joins: [join(data, 'online-retail/dev-invoices.csv.gz'), join(data, 'online-retail/dev-products.csv.gz')] };
const runs: readonly { readonly name: string; readonly request: Omit<ImportRequest, 'signal'>; readonly currency: string }[] = [
  { name: 'CDNOW orders', currency: 'USD', request: cdnow },
  { name: 'CDNOW orders, second run', currency: 'USD', request: cdnow },
  { name: 'Online Retail lines', currency: 'GBP', request: retail },
  { name: 'Online Retail lines, second run', currency: 'GBP', request: retail },
];
const SUMS = statement<{ orders: number; lines: number; people: number; total: number }>(`SELECT CAST((SELECT COUNT(*) FROM shop_order WHERE shop_id = :shop) AS BIGINT) AS orders, CAST((SELECT COUNT(*) FROM order_line WHERE shop_id = :shop) AS BIGINT) AS lines,
  CAST((SELECT COUNT(*) FROM person WHERE shop_id = :shop) AS BIGINT) AS people, CAST((SELECT COALESCE(SUM(total), 0) FROM shop_order WHERE shop_id = :shop) AS BIGINT) AS total`);
const rate = (rows: number, { seconds, cpuSeconds }: Measured<unknown>): string => `${Math.round(rows / cpuSeconds)} rows per CPU second, ${Math.round(rows / seconds)} rows/s by the wall (${cpuSeconds.toFixed(1)} CPU s, ${seconds.toFixed(1)} s)`;

// As the command line does.
keepMemoryFlat();
const engine = process.argv[2] === 'postgres' ? 'postgres' : 'sqlite';
const database = await openDatabase(engine, importDatabase);
const context = (shop: number, currency: string): ShopContext => testContext({ shop: testShop(shop, { currency, zone: 'Europe/London' }) });
for (const [index, { name, request, currency }] of runs.entries()) {
  if (!name.includes(process.argv[3] ?? '')) continue;
  if (!existsSync(request.file)) { console.log(`${name}: passed over, the file is not beside the repository`); continue; }
  const ctx = context(1 + Math.floor(index / 2), currency);
  const run = await measured(() => runImport(ctx, importParts(database.store), request));
  const report = run.result;
  const sums = await database.store.read(ctx, (q) => q.one(SUMS));
  console.log(`${name} (${engine}): ${rate(report.read, run)}; peak RSS ${run.peakMb} MB (${run.beforeMb} before); taken ${report.taken}, unchanged ${report.unchanged}, skipped ${report.skipped} ${JSON.stringify(report.counts)}; now ${JSON.stringify(sums)}`);
  const bare = await measured(() => bareImport(request.file));
  const ratio = (bare.cpuSeconds / bare.result) / (run.cpuSeconds / report.read);
  console.log(`  bare loop into one wide table: ${rate(bare.result, bare)}; the import reaches ${Math.round(100 * ratio)} % of it by CPU`);
  if (engine === 'postgres' || name.includes('second')) continue;
  const perSecond = Math.round(report.read / run.seconds);
  tell({ what: `Import of ${name} on SQLite: rows per second`, against: 'bare loop into one wide table', measured: `${perSecond} (ratio ${ratio.toFixed(2)} by CPU)`, wanted: '≥ 20000', reached: perSecond >= 20_000 });
  tell({ what: `Import of ${name} on SQLite: most memory held`, against: 'its limit', measured: `${(run.peakMb / 250).toFixed(2)} (${run.peakMb} MB)`, wanted: '≤ 1.00 (250 MB)', reached: run.peakMb <= 250 });
}
await database.drop();

await stopCluster();
