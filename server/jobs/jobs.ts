import type { Instant, ShopContext } from '../plugin-api/index.js';

/** Work that falls due by the shop's clock. Runs once per shop and due time, never twice at once, with a time limit. */
export interface JobDefinition {
  /** `core` or a plugin's id. */
  readonly owner: string;
  readonly name: string;
  /** Cron, five fields, in the shop's zone. */
  readonly schedule: string;
  /** 60,000 if not given. */
  readonly timeoutMs?: number;
  run(ctx: ShopContext, signal: AbortSignal): Promise<void>;
  enabled(shopId: number): boolean | Promise<boolean>;
  /** Wraps each run, e.g. with blame; the time limit is then its business, no longer than `timeoutMs`. */
  around?(ctx: ShopContext, job: string, run: (stop: { readonly signal: AbortSignal }) => Promise<void>): Promise<void>;
}
export interface Scheduler {
  register(job: JobDefinition): void;
  unregister(owner: string): void;
  /** Runs everything due at or before `until`, in order of due time; with the injected clock moved there step by step when `advance` is given. */
  runDue(until: Instant, advance?: (to: Instant) => Promise<void>): Promise<number>;
  /** Last runs, for the operator's page: newest first. */
  history(ctx: ShopContext, owner?: string): Promise<readonly { readonly owner: string; readonly name: string; readonly startedAt: Instant; readonly ms: number; readonly ok: boolean; readonly error: string | null }[]>;
  start(): void;
  stop(): Promise<void>;
}
