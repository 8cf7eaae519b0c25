import { randomUUID } from 'node:crypto';
import { HttpClient } from '../kit/http-client.js';
import { createLocation } from '../kit/databases.js';
import { connections, rounds, seconds } from './contest-plan.js';
import { median, type LoadPlan, type LoadResult } from './load-plan.js';
import { type NodeStart } from './node-process.js';
import { pathOf, syntheticPlugins } from './synthetic-plugins.js';
import { inWords, tell } from './verdict.js';
import { Worker } from './worker.js';

/**
 * Processor time per request of a host with a thousand plugins, all switched on in the shop, against the same host with ten. As in the
 * yardstick all requests go to the last plugin; a third line sends each to another plugin, which no router can help a processor's caches with.
 */
const FEW = 10, MANY = 1_000;
const { places, remove } = await syntheticPlugins(MANY, { tables: false });

interface Entry { readonly name: string; readonly node: Worker; readonly plan: LoadPlan; readonly results: (LoadResult & { readonly cpu: number })[] }
const entries: Entry[] = [], cleaners: (() => Promise<void>)[] = [];
const generator = new Worker('./load-process.js');

async function open(count: number): Promise<(name: string, ids: readonly string[]) => void> {
  const { location, drop } = await createLocation('sqlite');
  cleaners.push(drop);
  const order = { database: location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url, places: places.slice(0, count) };
  // What installing left behind in the process is not what is measured.
  const first = new Worker('./node-process.js', { NODE_ENV: 'production' });
  await first.ask<NodeStart>({ ...order, install: true });
  await first.ask('close');
  first.stop();
  const node = new Worker('./node-process.js', { NODE_ENV: 'production' });
  const { port, active, boot } = await node.ask<NodeStart>(order);
  if (active !== count) throw new Error(`Only ${active} of ${count} plugins came up.`);
  console.log(`${count} plugins: started in ${boot.toFixed(0)} ms`);
  const url = `http://127.0.0.1:${port}`, email = `${randomUUID()}@example.test`;
  const { bearer } = await new HttpClient(url).must<{ bearer: string }>('POST', '/demo/api/shoppers', { email });
  return (name, ids) => { entries.push({ name, node, results: [], plan: { url, requests: ids.map((id) => ({ method: 'GET', path: pathOf(id), headers: { authorization: `Bearer ${bearer}` } })) } }); };
}

try {
  const ids = places.map(({ id }) => id), few = await open(FEW), many = await open(MANY);
  few(`${FEW} plugins, the last one asked`, [ids[FEW - 1]!]);
  many(`${MANY} plugins, the last one asked`, [ids[MANY - 1]!]);
  few(`${FEW} plugins, each asked in turn`, ids.slice(0, FEW));
  many(`${MANY} plugins, each asked in turn`, ids);
  // A thousand handlers take their time until each has been compiled.
  for (let round = 0; round < 3; round++) for (const { plan } of entries) await generator.ask<LoadResult>({ plan, seconds, connections });
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 ? [...entries].reverse() : entries) {
      const before = await entry.node.ask<number>('cpu');
      const result = await generator.ask<LoadResult>({ plan: entry.plan, seconds, connections });
      entry.results.push({ ...result, cpu: (await entry.node.ask<number>('cpu') - before) / Math.max(1, result.requests) });
    }
  }
} finally {
  for (const node of new Set(entries.map((entry) => entry.node))) { await node.ask('close').catch(() => undefined); node.stop(); }
  generator.stop();
  for (const clean of cleaners) await clean();
  remove();
}

console.log(`\nRequests to many plugins  (median of ${rounds} rounds of ${seconds} s, ${connections} connections)`);
for (const { name, results } of entries) console.log(`  ${name.padEnd(36)}${median(results.map((r) => r.perSecond)).toFixed(0).padStart(8)} req/s${median(results.map((r) => r.cpu)).toFixed(1).padStart(8)} CPU µs/req`);
const refused = entries.flatMap(({ results }) => results.flatMap((result) => Object.entries(result.refused)));
const [few, many, fewInTurn, manyInTurn] = entries as [Entry, Entry, Entry, Entry];
const ratio = (a: Entry, b: Entry): number => median(a.results.map(({ cpu }, round) => cpu / b.results[round]!.cpu));
const last = ratio(many, few), turns = ratio(manyInTurn, fewInTurn), reached = last <= 1.15 && refused.length === 0;
const say = (what: string, measured: number, wanted: string, good: boolean | undefined): void => {
  console.log(`  ${what}: ${measured.toFixed(2)}; ${wanted}: ${inWords(good)}${refused.length ? ` (refused: ${JSON.stringify(refused)})` : ''}`);
  tell({ what, against: `with ${FEW} plugins`, measured: measured.toFixed(2), wanted, reached: good });
};
say(`CPU per request with ${MANY} plugins`, last, '≤ 1.15', reached);
say(`CPU per request with ${MANY} plugins, each asked in turn`, turns, 'caches of the processor included', undefined);
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
