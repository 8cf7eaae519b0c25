import { GxError } from '../plugin-api/index.js';

/** How late a time limit may strike, in milliseconds. */
const SWEEP_MS = 50;

/** An abort signal that is made only when somebody looks at it: a controller per request costs a third of the throughput. */
export class LazySignal {
  #controller: AbortController | undefined;
  #reason: unknown;
  /** True once the work was told to stop, whether anybody listened or not. */
  aborted = false;

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}

/** Work that must end by `until` (of `performance.now()`); `expire` is called once when it has not been released by then. */
export interface Limited { readonly until: number; expire(): void }

/** Time limits for work that may hang. One timer sweeps all of them, because a timer per piece of work costs more than the work. */
export class Deadlines {
  readonly #running = new Set<Limited>();
  #timer: NodeJS.Timeout | undefined;

  watch(work: Limited): void {
    this.#running.add(work);
    if (this.#timer) return;
    // Keeps the process alive: when all that is left is work that hangs, it has to be told so.
    this.#timer = setInterval(() => { this.#sweep(); }, SWEEP_MS);
  }

  get running(): Iterable<Limited> { return this.#running; }

  release(work: Limited): void { this.#running.delete(work); }

  /**
   * Runs `work` for at most `ms` milliseconds. After that its signal aborts and the promise rejects with 504 `GX_TIMEOUT`, whether the
   * work heeds the signal or not; what it still does is its own affair, so it must be idempotent.
   */
  run<T>(ms: number, what: string, work: (signal: LazySignal) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const signal = new LazySignal();
      const limited: Limited = {
        until: performance.now() + ms,
        expire: () => {
          const error = new GxError('GX_TIMEOUT', 504, `${what} took longer than ${ms} ms and was stopped. Make it do less at once, or raise its limit.`);
          reject(error);
          signal.abort(error);
        },
      };
      this.watch(limited);
      const settle = (then: () => void): void => { this.release(limited); then(); };
      // An async wrapper turns a synchronous throw into a rejection.
      (async () => work(signal))().then((value) => { settle(() => { resolve(value); }); }, (error: unknown) => { settle(() => { reject(error as Error); }); });
    });
  }

  #sweep(): void {
    const now = performance.now();
    for (const work of this.#running) {
      if (work.until > now) continue;
      this.#running.delete(work);
      work.expire();
    }
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** The limits of this process; requests, events, jobs and hooks share its timer. */
export const deadlines = new Deadlines();
