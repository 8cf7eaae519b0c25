import { startBenchCluster } from './bench-cluster.js';
import type { LoadPlan, LoadResult } from './load-plan.js';
import type { StampedeOutcome } from './stampede-host.js';
import { inWords, tell } from './verdict.js';
import { Worker } from './worker.js';

/**
 * 10,000 people draw at once over 500 connections; 100 of 10,000 tickets win. Whatever the crowd, exactly 100 win, what they were given is in the
 * ledger, and the event loop stays free. Run with: node dist/test/bench/stampede.bench.js [engine]
 */
const PEOPLE = 10_000, WINNERS = 100, CONNECTIONS = 500, MOST_LATE_MS = 100;
const engines = (['sqlite', 'postgres'] as const).filter((engine) => process.argv.length < 3 || process.argv.includes(engine));
let reached = true;
for (const engine of engines) {
  const cluster = engine === 'postgres' ? await startBenchCluster() : undefined;
  const server = new Worker('./subject-process.js', { NODE_ENV: 'production' }), generator = new Worker('./load-process.js');
  try {
    const plan = await server.ask<LoadPlan>({ start: new URL('stampede-host.js', import.meta.url).href, options: { engine } });
    await server.ask<number>('loop');
    const load = await generator.ask<LoadResult>({ plan, seconds: 0, connections: CONNECTIONS, amount: PEOPLE });
    const late = await server.ask<number>('loop');
    const { plays, won, given, points, broken } = await server.ask<StampedeOutcome>('outcome');
    const title = `Stampede on ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`, refused = Object.values(load.refused).reduce((sum, n) => sum + n, 0);
    console.log(`\n${title}: ${plays} draws over ${CONNECTIONS} connections, ${Math.round(load.perSecond)} per second, p50 ${load.p50.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms, refused ${refused}`);
    const exact = plays === PEOPLE && won === WINNERS && given === WINNERS && points === WINNERS * 10 && refused === 0 && broken.length === 0;
    console.log(`  winners: ${won}, given ${given} times, ${points} points${broken.length ? `, broken: ${broken.join(', ')}` : ''}: ${inWords(exact)}`);
    console.log(`  event loop late (p99): ${late.toFixed(1)} ms, wanted ≤ ${MOST_LATE_MS} ms: ${inWords(late <= MOST_LATE_MS)}`);
    tell({ what: `${title}: winners of ${PEOPLE} draws`, against: `${WINNERS} prizes`, measured: String(won), wanted: `exactly ${WINNERS}`, reached: exact });
    tell({ what: `${title}: event loop late (p99)`, against: `${CONNECTIONS} connections`, measured: `${late.toFixed(0)} ms`, wanted: `≤ ${MOST_LATE_MS} ms`, reached: late <= MOST_LATE_MS });
    reached = reached && exact && late <= MOST_LATE_MS;
    await server.ask('close');
  } finally { server.stop(); generator.stop(); await cluster?.stop(); }
}
if (!reached && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
