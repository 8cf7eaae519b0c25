import { median, type LoadPlan, type LoadResult } from './load-plan.js';
import { Worker } from './worker.js';

export interface Contestant {
  readonly name: string;
  /** URL of a module that exports `start`. */
  readonly module: URL;
  readonly options?: Readonly<Record<string, unknown>>;
}
export interface Contest {
  readonly title: string;
  readonly ours: Contestant;
  /** A server without a framework that does the same work: same token check, same statements, same batching, same durability. */
  readonly twin: Contestant;
  /** More contestants, measured in the same rounds, e.g. the prototype of the reference. */
  readonly others?: readonly Contestant[];
  /** The least share of the twin's requests per second that is good. */
  readonly target: number;
  /** The most that p99 may be, as a multiple of p50. */
  readonly tail?: number;
}
export interface Score { readonly name: string; readonly perSecond: number; readonly p50: number; readonly p99: number; readonly cpuMicros: number; readonly refused: number }

const rounds = Number(process.env['GUANXI_BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['GUANXI_BENCH_SECONDS'] ?? 4);
const connections = 64;

interface Entry { readonly contestant: Contestant; readonly server: Worker; readonly plan: LoadPlan; readonly results: (LoadResult & { readonly cpu: number })[] }

async function enter(contestant: Contestant): Promise<Entry> {
  const server = new Worker('./subject-process.js', { NODE_ENV: 'production' });
  const plan = await server.ask<LoadPlan>({ start: contestant.module.href, options: contestant.options ?? {} });
  return { contestant, server, plan, results: [] };
}

function score({ contestant, results }: Entry): Score {
  const of = (pick: (result: Entry['results'][number]) => number): number => median(results.map(pick));
  return { name: contestant.name, perSecond: of((r) => r.perSecond), p50: of((r) => r.p50), p99: of((r) => r.p99), cpuMicros: of((r) => r.cpu / Math.max(1, r.requests)),
    refused: results.reduce((sum, r) => sum + Object.values(r.refused).reduce((a, b) => a + b, 0), 0) };
}

/** Measures in interleaved rounds, so that a noisy minute hits everybody, and prints medians and the ratio round by round. */
export async function contest(given: Contest): Promise<boolean> {
  const generator = new Worker('./load-process.js');
  const entries: Entry[] = [];
  try {
    for (const contestant of [given.ours, given.twin, ...(given.others ?? [])]) entries.push(await enter(contestant));
    for (const { plan } of entries) await generator.ask<LoadResult>({ plan, seconds: 2, connections });
    for (let round = 0; round < rounds; round++) {
      for (const entry of round % 2 ? [...entries].reverse() : entries) {
        const before = await entry.server.ask<number>('cpu');
        const result = await generator.ask<LoadResult>({ plan: entry.plan, seconds, connections });
        entry.results.push({ ...result, cpu: await entry.server.ask<number>('cpu') - before });
      }
    }
    return report(given, entries);
  } finally {
    for (const { server } of entries) { await server.ask('close').catch(() => undefined); server.stop(); }
    generator.stop();
  }
}

function report(given: Contest, entries: readonly Entry[]): boolean {
  const [ours, twin] = entries as [Entry, Entry];
  const cell = (value: string | number, width: number): string => String(value).padStart(width);
  console.log(`\n${given.title}  (${rounds} rounds × ${seconds} s, ${connections} connections)`);
  console.log(`  ${''.padEnd(28)}${cell('req/s', 10)}${cell('p50 ms', 10)}${cell('p99 ms', 10)}${cell('CPU µs/req', 12)}${cell('refused', 9)}`);
  for (const each of entries.map(score)) console.log(`  ${each.name.padEnd(28)}${cell(Math.round(each.perSecond), 10)}${cell(each.p50.toFixed(2), 10)}${cell(each.p99.toFixed(2), 10)}${cell(each.cpuMicros.toFixed(0), 12)}${cell(each.refused, 9)}`);
  const ratio = (other: Entry): number => median(ours.results.map((result, round) => result.perSecond / (other.results[round]?.perSecond || Infinity)));
  const cpu = (other: Entry): number => score(other).cpuMicros / score(ours).cpuMicros;
  const tail = score(ours).p99 / score(ours).p50;
  const fast = ratio(twin) >= given.target, even = given.tail === undefined || tail <= given.tail;
  console.log(`  ratio to ${twin.contestant.name}: ${ratio(twin).toFixed(2)} by requests, ${cpu(twin).toFixed(2)} by CPU; wanted ≥ ${given.target.toFixed(2)}: ${fast ? 'reached' : 'MISSED'}`);
  for (const other of entries.slice(2)) console.log(`  ratio to ${other.contestant.name}: ${ratio(other).toFixed(2)} by requests, ${cpu(other).toFixed(2)} by CPU`);
  if (given.tail !== undefined) console.log(`  p99 is ${tail.toFixed(1)} × p50; wanted ≤ ${given.tail}: ${even ? 'reached' : 'MISSED'}`);
  return fast && even && score(ours).refused === 0;
}
