import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, stopCluster, testContext, testShop } from '../kit/databases.js';
import { packageRoot } from '../kit/package-root.js';
import { runImport, type ImportRequest } from '../../server/commerce/import/run-import.js';
import { statement, type ShopContext } from '../../server/plugin-api/index.js';
import { importDatabase, importParts } from '../server/import/import-fixture.js';

/**
 * How many rows a second an import takes on SQLite into normalised tables, and the most memory the process held. The largest files of the
 * shared data are used where they are present; run with: node dist/test/bench/import.bench.js [engine] [part of a name]
 */
const data = join(packageRoot, '..', 'shared', 'data');
const runs: readonly { readonly name: string; readonly request: Omit<ImportRequest, 'signal'>; readonly currency: string }[] = [
  { name: 'CDNOW orders', currency: 'USD', request: { kind: 'orders', file: join(data, 'cdnow/dev-master-calibration.csv.gz') } },
  { name: 'CDNOW orders, second run', currency: 'USD', request: { kind: 'orders', file: join(data, 'cdnow/dev-master-calibration.csv.gz') } },
  { name: 'Online Retail lines', currency: 'GBP', request: { kind: 'orders', file: join(data, 'online-retail/dev-lines.csv.gz'), joins: [join(data, 'online-retail/dev-invoices.csv.gz'), join(data, 'online-retail/dev-products.csv.gz')] } },
  { name: 'Online Retail lines, second run', currency: 'GBP', request: { kind: 'orders', file: join(data, 'online-retail/dev-lines.csv.gz'), joins: [join(data, 'online-retail/dev-invoices.csv.gz'), join(data, 'online-retail/dev-products.csv.gz')] } },
];
const SUMS = statement<{ orders: number; lines: number; people: number; total: number }>(`SELECT CAST((SELECT COUNT(*) FROM shop_order WHERE shop_id = :shop) AS BIGINT) AS orders, CAST((SELECT COUNT(*) FROM order_line WHERE shop_id = :shop) AS BIGINT) AS lines,
  CAST((SELECT COUNT(*) FROM person WHERE shop_id = :shop) AS BIGINT) AS people, CAST((SELECT COALESCE(SUM(total), 0) FROM shop_order WHERE shop_id = :shop) AS BIGINT) AS total`);

const engine = process.argv[2] === 'postgres' ? 'postgres' : 'sqlite';
const database = await openDatabase(engine, importDatabase);
const context = (shop: number, currency: string): ShopContext => testContext({ shop: testShop(shop, { currency, zone: 'Europe/London' }) });
for (const [index, { name, request, currency }] of runs.entries()) {
  if (!name.includes(process.argv[3] ?? '')) continue;
  if (!existsSync(request.file)) { console.log(`${name}: passed over, the file is not beside the repository`); continue; }
  const ctx = context(1 + Math.floor(index / 2), currency);
  let peak = 0;
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 20);
  const started = process.hrtime.bigint(), used = process.cpuUsage();
  const report = await runImport(ctx, importParts(database.store), request);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  clearInterval(watch);
  const cpu = process.cpuUsage(used);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const sums = await database.store.read(ctx, (q) => q.one(SUMS));
  console.log(`${name} (${engine}): ${report.read} rows in ${seconds.toFixed(1)} s = ${Math.round(report.read / seconds)} rows/s (${Math.round(report.read / cpuSeconds)} per CPU second), peak RSS ${Math.round(peak / 1e6)} MB (${Math.round(before / 1e6)} before); taken ${report.taken}, unchanged ${report.unchanged}, skipped ${report.skipped} ${JSON.stringify(report.counts)}; now ${JSON.stringify(sums)}`);
}
await database.drop();

await stopCluster();
