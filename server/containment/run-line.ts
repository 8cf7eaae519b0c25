import { GxError } from '../plugin-api/index.js';
import { NotNow } from '../events/not-now.js';
import type { ShopRuns } from './shop-runs.js';

/** Through which door a plugin's code is entered; `widget` and `storefront` are entered in browsers of staff and of shoppers, which tell when it breaks. */
export type RunSurface = 'route' | 'event' | 'job' | 'hook' | 'contribution' | 'boot' | 'widget' | 'storefront';

/** Who runs right now; readable even from errors that nobody awaits. */
export interface Blame { readonly plugin: string; readonly shop: string; readonly surface: RunSurface; readonly name: string }

/** What a call was let through as: for each of the two breakers it passed, whether it is that one's probe. */
export interface Pass { readonly own: boolean; readonly whole: boolean }
export const CALL: Pass = { own: false, whole: false };

/** What went wrong, without what was worked on: messages of plugins may quote a customer, so they are in the log alone. */
export interface LastError { readonly at: number; readonly code: string; /** The host's own sentence, or the kind of error and where it was thrown. */ readonly text: string }

/** The code of a call that did not end in time. */
export const TIMEOUT = 'GX_PLUGIN_TIMEOUT';

/** Upper ends, in milliseconds, of the buckets that times are counted in; one more takes the rest. */
const BOUNDS: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];

/** Whether an error is the plugin's fault: a refusal on purpose (4xx) is an answer, and a busy database (503) is not its doing. */
export const isFault = (error: unknown): boolean => !(error instanceof GxError) || (error.status >= 500 && error.status !== 503);

function told(error: unknown): { readonly code: string; readonly text: string } {
  if (error instanceof GxError && error.code === TIMEOUT) return { code: error.code, text: error.message };
  const kind = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? /\(?([^\s()]+:\d+):\d+\)?$/m.exec(error.stack?.slice(error.stack.indexOf('\n')) ?? '')?.[1] : undefined;
  return { code: error instanceof GxError ? error.code : 'GX_PLUGIN_FAILED', text: frame ? `${kind} (${frame.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')})` : kind };
}

/** What one handler of one plugin did in one shop since this process began. Counting allocates nothing. */
export class RunLine implements Blame {
  calls = 0;
  /** Ended badly, time-outs included. */
  failures = 0;
  timeouts = 0;
  /** Calls that were not made because the breaker was open. */
  refused = 0;
  /** Errors that nobody awaited. */
  detached = 0;
  stalls = 0;
  slowestMs = 0;
  lastAt = 0;
  lastError: LastError | undefined;
  readonly #times = new Uint32Array(BOUNDS.length + 1);

  constructor(private readonly owner: ShopRuns, readonly surface: RunSurface, readonly name: string) {}
  get plugin(): string { return this.owner.plugin; }
  get shop(): string { return this.owner.shopKey; }

  /** What a call may begin as; undefined when it must not, for the reason that `refusal` gives. */
  admit(now: number): Pass | undefined {
    const pass = this.owner.admit(this.surface, now);
    if (!pass) this.refused += 1;
    return pass;
  }

  refusal(now: number): NotNow { return this.owner.refusal(this.surface, now); }

  succeeded(now: number, ms: number, pass: Pass): void {
    this.#time(ms);
    this.owner.succeeded(this.surface, now, pass);
  }

  failed(error: unknown, now: number, ms: number, pass: Pass): void {
    this.#time(ms);
    if (!isFault(error)) {
      if (error instanceof GxError && error.status === 503) this.owner.withdrawn(this.surface, pass); else this.owner.succeeded(this.surface, now, pass);
      return;
    }
    this.failures += 1;
    if (error instanceof GxError && error.code === TIMEOUT) this.timeouts += 1;
    this.#note(error);
    this.owner.failed(this.surface, now, pass, this.lastError!.text);
  }

  /** An error that came up where nobody waits for it counts as a failure of whoever caused it. */
  strayed(error: unknown, now: number): void {
    this.detached += 1;
    this.#note(error);
    this.owner.failed(this.surface, now, CALL, this.lastError!.text);
  }

  /**
   * A browser says that a widget broke, and in which phase. It opens no breaker: browsers differ, and what comes from a storefront anybody
   * may have made up, who would so switch a plugin off.
   */
  broke(phase: string, message?: string): void {
    this.calls += 1;
    this.failures += 1;
    this.lastAt = this.owner.systemTime();
    this.lastError = { at: this.lastAt, code: 'GX_WIDGET_FAILED', text: message ? `${phase}: ${message}` : phase };
  }

  stalled(ms: number): void {
    this.stalls += 1;
    this.owner.stalled(this, ms);
  }

  /** The time, in milliseconds, that a share of the calls did not exceed: the upper end of its bucket, at most the slowest. */
  percentile(share: number): number {
    const wanted = this.calls * share;
    let seen = 0;
    for (const [at, count] of this.#times.entries()) {
      seen += count;
      if (count > 0 && seen >= wanted) return Math.min(BOUNDS[at] ?? Infinity, this.slowestMs);
    }
    return 0;
  }

  #time(ms: number): void {
    this.calls += 1;
    this.lastAt = this.owner.systemTime();
    if (ms > this.slowestMs) this.slowestMs = ms;
    let at = 0;
    while (at < BOUNDS.length && ms > BOUNDS[at]!) at += 1;
    this.#times[at]! += 1;
  }

  #note(error: unknown): void { this.lastError = { at: this.owner.systemTime(), ...told(error) }; }
}
