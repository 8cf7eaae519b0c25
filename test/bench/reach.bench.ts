import { HttpClient } from '../kit/http-client.js';
import { createLocation, stopCluster } from '../kit/databases.js';
import { startBenchCluster } from './bench-cluster.js';
import { median } from './load-plan.js';
import { ADMIN, type NodeStart } from './node-process.js';
import { pathOf, syntheticPlugins } from './synthetic-plugins.js';
import { inWords, tell } from './verdict.js';
import { Worker } from './worker.js';

/**
 * How long it takes until every node has heard that a plugin was switched on or off: two processes on one PostgreSQL, the merchant speaks to
 * the first. Milliseconds from sending the merchant's request to the first answer of each node that shows it.
 */
const ROUNDS = 25, LIMIT = 1_000;
const cluster = await startBenchCluster();
const { location, drop } = await createLocation('postgres');
const { places, remove } = await syntheticPlugins(10, { tables: false });
const nodes = [new Worker('./node-process.js', { NODE_ENV: 'production' }), new Worker('./node-process.js', { NODE_ENV: 'production' })];
const reached: Record<'here' | 'there', number[]> = { here: [], there: [] };

/** Asks again and again until the node answers `status`. */
async function until(client: HttpClient, path: string, status: number): Promise<number> {
  for (const began = performance.now(); ;) {
    if ((await client.get(path)).status === status) return performance.now();
    if (performance.now() - began > 20_000) throw new Error(`${path} never answered ${status}.`);
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
}

try {
  if (location.engine !== 'postgres') throw new Error('Two nodes need PostgreSQL.');
  const urls: string[] = [];
  for (const [at, node] of nodes.entries()) urls.push(`http://127.0.0.1:${(await node.ask<NodeStart>({ database: location.url, places, install: at === 0 })).port}`);
  const [one, two] = urls as [string, string], [{ id }] = places as [typeof places[number]];
  const { bearer } = await new HttpClient(one).must<{ bearer: string }>('POST', '/api/admin/sign-in', { token: ADMIN });
  const { bearer: shopper } = await new HttpClient(one).must<{ bearer: string }>('POST', '/demo/api/shoppers', { email: 'reach@example.test' });
  const merchant = new HttpClient(one, bearer), path = pathOf(id);
  const [here, there] = [new HttpClient(one, shopper), new HttpClient(two, shopper)];
  await until(there, path, 200);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [verb, status] of [['disable', 404], ['enable', 200]] as const) {
      const sent = performance.now();
      const [, atOne, atTwo] = await Promise.all([merchant.must('POST', `/api/admin/installs/${id}/${verb}`, {}), until(here, path, status), until(there, path, status)]);
      reached.here.push(atOne - sent);
      reached.there.push(atTwo - sent);
    }
  }
} finally {
  for (const node of nodes) { await node.ask('close').catch(() => undefined); node.stop(); }
  remove();
  await drop();
  await stopCluster();
  await cluster.stop();
}

const worst = Math.max(...reached.here, ...reached.there), good = worst <= LIMIT;
const line = (name: string, times: readonly number[]): string => `  ${name}: median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`;
console.log(`\nEnabling and disabling, ${reached.there.length} times, two nodes on one PostgreSQL\n${line('the node that was asked', reached.here)}\n${line('the other node', reached.there)}\n  slowest of all: wanted ≤ ${LIMIT} ms: ${inWords(good)}`);
tell({ what: 'Enabling or disabling a plugin: until every node has it, slowest', against: 'its limit', measured: `${worst.toFixed(0)} ms (median ${median(reached.there).toFixed(0)} ms)`, wanted: `≤ ${LIMIT} ms`, reached: good });
if (!good && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
