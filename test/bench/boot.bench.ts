import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLocation, stopCluster } from '../kit/databases.js';
import { packageFolder } from '../../server/package-source.js';
import { rounds } from './contest-plan.js';
import { median } from './load-plan.js';
import type { NodeStart } from './node-process.js';
import { syntheticPlugins, type Place } from './synthetic-plugins.js';
import { inWords, tell } from './verdict.js';
import { Worker } from './worker.js';

/**
 * How long a host with many installed packages takes from its first line to its first answer, on a database that knows them. Each start
 * is a new process; the modules of the host are loaded before the clock runs, those of the plugins after. Fastify makes as many plugins
 * with the same routes and classes in memory, up to `ready()`, without reading, checking, importing, migrating or installing anything; it is
 * found in the folder GUANXI_BENCH_FASTIFY (`npm install fastify` there) or passed over. Like is compared with like: with its "boot after
 * loading" what the host does with plugins once their code is loaded, a container with three classes and three routes for each of them on
 * both sides, and the host's other steps besides. With reading, checking and importing a hundred packages, and with the whole server and its
 * database, the host is shown for comparison.
 */
const FEW = 10, MANY = 100;
const yardstick = process.env['GUANXI_BENCH_FASTIFY'] ?? process.cwd();
const withFastify = packageFolder('fastify', yardstick) !== undefined && existsSync(join(yardstick, 'package.json'));

async function start(order: object): Promise<NodeStart> {
  const node = new Worker('./node-process.js', { NODE_ENV: 'production' });
  try {
    const result = await node.ask<NodeStart>(order);
    await node.ask('close');
    return result;
  } finally { node.stop(); }
}

interface Runner { readonly name: string; readonly once: () => Promise<NodeStart>; readonly starts: NodeStart[] }
const runners: Runner[] = [], cleaners: (() => Promise<void> | void)[] = [];
for (const [kind, tables] of [['with a table each', true], ['without tables', false]] as const) {
  const { places, remove } = await syntheticPlugins(MANY, { tables });
  cleaners.push(remove);
  for (const count of [FEW, MANY]) {
    const { location, drop } = await createLocation('sqlite');
    cleaners.push(drop);
    const own: readonly Place[] = places.slice(0, count), database = location.engine === 'sqlite' ? `sqlite:${location.file}` : location.url;
    const first = await start({ database, places: own, install: true });
    console.log(`${count} plugins ${kind}: the first start, which makes the database, took ${first.boot.toFixed(0)} ms`);
    if (first.active !== count) throw new Error(`Only ${first.active} of ${count} plugins came up.`);
    runners.push({ name: `${count} plugins ${kind}`, once: () => start({ database, places: own }), starts: [] });
  }
}
if (withFastify) for (const count of [FEW, MANY]) runners.push({ name: `Fastify, ${count} plugins`, once: () => start({ fastify: count, from: yardstick }), starts: [] });
else console.log('Fastify is not installed here, so nothing is compared with it. Install it in another folder and name that folder in GUANXI_BENCH_FASTIFY.');

for (let round = 0; round < rounds; round++) for (const runner of round % 2 ? [...runners].reverse() : runners) runner.starts.push(await runner.once());
for (const clean of cleaners) await clean();
await stopCluster();

const of = ({ starts }: Runner, pick: (start: NodeStart) => number): number => median(starts.map(pick));
console.log(`\nStart  (median of ${rounds}, ms)${''.padEnd(16)}boot     CPU    modules of the host`);
for (const runner of runners) {
  console.log(`  ${runner.name.padEnd(34)}${of(runner, ({ boot }) => boot).toFixed(0).padStart(8)}${of(runner, ({ cpu }) => cpu).toFixed(0).padStart(8)}${of(runner, ({ load }) => load).toFixed(0).padStart(10)}`);
  const steps = Object.keys(runner.starts[0]!.report);
  if (steps.length) console.log(`    of this the plugins: ${steps.map((step) => `${step} ${of(runner, ({ report }) => report[step] ?? 0).toFixed(1)}`).join(', ')}`);
}
let reached = true;
type Pick = (start: NodeStart) => number;
const whole: Pick = ({ boot }) => boot, plugins: Pick = ({ report }) => Object.values(report).reduce((sum, ms) => sum + ms, 0);
/** What is left when the code is loaded; Fastify's `ready()` has nothing else. */
const wiring: Pick = (start) => plugins(start) - (start.report['verify'] ?? 0) - (start.report['load'] ?? 0);
/** `most`: the highest ratio that is good, or in words what a ratio that is shown for comparison holds besides. */
function compare(what: string, against: string, [ours, pick]: readonly [Runner, Pick], [other, otherPick]: readonly [Runner, Pick], most: number | string): void {
  const ratio = median(ours.starts.map((start, round) => pick(start) / otherPick(other.starts[round]!))), good = typeof most === 'string' ? undefined : ratio <= most;
  const measured = `${ratio.toFixed(2)}${pick === whole ? ` (${(of(ours, ({ cpu }) => cpu) / of(other, ({ cpu }) => cpu)).toFixed(2)} by CPU)` : ''}`, wanted = typeof most === 'string' ? most : `≤ ${most.toFixed(2)}`;
  console.log(`  ${what} against ${against}: ${measured}; ${typeof most === 'string' ? '' : 'wanted '}${wanted}: ${inWords(good)}`);
  tell({ what, against, measured, wanted, reached: good });
  reached &&= good !== false;
}
const [fewTables, manyTables, few, many, , manyFastify] = runners as [Runner, Runner, Runner, Runner, Runner?, Runner?];
compare(`Start with ${MANY} installed plugins that keep tables`, `${FEW} of them`, [manyTables, whole], [fewTables, whole], 2);
compare(`Start with ${MANY} installed plugins`, `${FEW} of them`, [many, whole], [few, whole], 2);
if (manyFastify) {
  const yardsticks = 'Fastify\'s ready() with the same classes and routes';
  compare(`Wiring ${MANY} loaded plugins`, yardsticks, [many, wiring], [manyFastify, plugins], 0.5);
  compare(`Reading, checking, importing and wiring ${MANY} plugins`, yardsticks, [many, plugins], [manyFastify, plugins], 'files and modules included');
  compare(`Start of a whole server with ${MANY} plugins`, 'Fastify, listening', [many, whole], [manyFastify, whole], 'database and core included');
}
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
