import { existsSync } from 'node:fs';
import { startBenchCluster } from './bench-cluster.js';
import { contest } from './contest.js';
import type { Contest } from './contest-plan.js';
import { referenceDraw } from './reference-draw.js';

/**
 * The draw with everything on against a bare twin on each engine, and, on SQLite and where the reference lies beside the repository, its
 * prototype with group commit. Run with: node dist/test/bench/draw.bench.js [engine] [free|paid]
 */
const wanted = process.argv.slice(2);
const chosen = <T extends string>(all: readonly T[]): T[] => { const named = all.filter((each) => wanted.includes(each)); return named.length ? named : [...all]; };
const bare = { sqlite: 'bare node:http + better-sqlite3', postgres: 'bare node:http + pg' };
const hasReference = existsSync(referenceDraw);
const referenceFor = (paid: boolean): Pick<Contest, 'others'> =>
  ({ others: [{ name: 'reference http-group, SYNC=FULL', module: new URL('reference-draw.js', import.meta.url), expected: paid ? 'a prototype had 0.15–0.23' : 'a prototype had 0.23–0.30' }] });

let reached = true;
for (const engine of chosen(['sqlite', 'postgres'])) {
  const cluster = engine === 'postgres' ? await startBenchCluster() : undefined;
  try {
    for (const price of chosen(['free', 'paid'])) {
      const paid = price === 'paid', options = { engine, paid };
      reached = await contest({
        title: `Draw on ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${paid ? 'paid with points' : 'free'}`,
        ours: { name: 'guanxi', module: new URL('wheel-host.js', import.meta.url), options },
        twin: { name: bare[engine], module: new URL('wheel-twin.js', import.meta.url), options },
        ...(engine === 'sqlite' && hasReference ? referenceFor(paid) : {}),
        target: 0.6, tail: 25,
      }) && reached;
    }
  } finally { await cluster?.stop(); }
}
if (!hasReference) console.log('\nThe reference (../shared/reference/perf) is not beside the repository, so the ratio to its http-group is left out.');
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
