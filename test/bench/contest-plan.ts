import type { LoadPlan, LoadResult } from './load-plan.js';
import type { Worker } from './worker.js';

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
/** Seconds of load before anything counts: a server that has run for a while has its code compiled, and one with more of it needs longer for that. */
export const warmUp = Number(process.env['GUANXI_BENCH_WARM_UP'] ?? 5);
export const connections = 64;
