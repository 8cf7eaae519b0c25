import { GxError } from '../plugin-api/index.js';

const SWEEP_MS = 50;

interface Running { readonly until: number; readonly expire: () => void }

/** Time limits for work that may hang. One timer sweeps all of them, because a timer per piece of work costs more than the work. */
export class Deadlines {
  readonly #running = new Set<Running>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * Runs `work` for at most `ms` milliseconds. After that its signal aborts and the promise rejects with 504 `GX_TIMEOUT`, whether the
   * work heeds the signal or not; what it still does is its own affair, so it must be idempotent.
   */
  run<T>(ms: number, what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    return new Promise<T>((resolve, reject) => {
      const running: Running = {
        until: performance.now() + ms,
        expire: () => {
          const error = new GxError('GX_TIMEOUT', 504, `${what} took longer than ${ms} ms and was stopped. Make it do less at once, or raise its limit.`);
          reject(error);
          controller.abort(error);
        },
      };
      this.#add(running);
      const settle = (then: () => void): void => { this.#running.delete(running); then(); };
      // An async wrapper turns a synchronous throw into a rejection.
      (async () => work(controller.signal))().then((value) => settle(() => resolve(value)), (error: unknown) => settle(() => reject(error as Error)));
    });
  }

  #add(running: Running): void {
    this.#running.add(running);
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  #sweep(): void {
    const now = performance.now();
    for (const running of this.#running) {
      if (running.until > now) continue;
      this.#running.delete(running);
      running.expire();
    }
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
