import { report } from './contest-report.js';
import type { LoadPlan, LoadResult } from './load-plan.js';
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
  /** More contestants, measured in the same rounds, e.g. the prototype of the reference; `expected` says what to compare the ratio with. */
  readonly others?: readonly (Contestant & { readonly expected: string })[];
  /** The least share of the twin's requests per second that is good. */
  readonly target: number;
  /** The most that p99 may be, as a multiple of p50. */
  readonly tail?: number;
}
export interface Entry { readonly contestant: Contestant; readonly server: Worker; readonly plan: LoadPlan; readonly results: (LoadResult & { /** Processor time of the round, µs. */ readonly cpu: number })[] }

export const rounds = Number(process.env['GUANXI_BENCH_ROUNDS'] ?? 5);
export const seconds = Number(process.env['GUANXI_BENCH_SECONDS'] ?? 2);
export const connections = 64;

async function enter(contestant: Contestant): Promise<Entry> {
  const server = new Worker('./subject-process.js', { NODE_ENV: 'production' });
  try {
    const plan = await server.ask<LoadPlan>({ start: contestant.module.href, options: contestant.options ?? {} });
    return { contestant, server, plan, results: [] };
  } catch (error) { server.stop(); throw error; }
}

/** Measures in interleaved rounds, so that a noisy minute hits everybody, and prints medians and the ratio round by round. True when all that is wanted was reached. */
export async function contest(given: Contest): Promise<boolean> {
  const generator = new Worker('./load-process.js');
  const entries: Entry[] = [];
  try {
    for (const contestant of [given.ours, given.twin, ...(given.others ?? [])]) entries.push(await enter(contestant));
    for (const { plan } of entries) await generator.ask<LoadResult>({ plan, seconds: 1, connections });
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
