import { AsyncLocalStorage } from 'node:async_hooks';
import { GxError } from '../plugin-api/index.js';

/** Who runs right now; readable even from errors that nobody awaits. */
export interface Blame { readonly plugin: string; readonly shop: string; readonly surface: 'route' | 'event' | 'job' | 'hook' | 'boot'; readonly name: string }

const running = new AsyncLocalStorage<Blame>();
export const blamed = (): Blame | undefined => running.getStore();

/** An abort signal that is made only when somebody looks at it: a controller per request costs a third of the throughput. */
export class LazySignal {
  #controller: AbortController | undefined;
  #aborted = false;
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted) this.#controller.abort();
    return this.#controller.signal;
  }
  abort(): void { this.#aborted = true; this.#controller?.abort(); }
}

interface Pending { readonly deadline: number; readonly expire: () => void }
const pending = new Set<Pending>();
let sweeper: NodeJS.Timeout | undefined;

/** One timer for all deadlines; a call is ended up to 100 ms late. */
function watch(entry: Pending): void {
  pending.add(entry);
  sweeper ??= setInterval(() => {
    const now = performance.now();
    for (const each of pending) if (each.deadline <= now) { pending.delete(each); each.expire(); }
    if (!pending.size) { clearInterval(sweeper); sweeper = undefined; }
  }, 100);
}

/**
 * Runs foreign code with a time limit and its name on everything it does. In-process plugins are trusted code: this contains mistakes
 * (throws, rejections, waiting for ever), not malice and not a busy loop.
 * @throws GX_PLUGIN_TIMEOUT 504 when it takes longer than `limitMs`; whatever it throws itself
 */
export function contain<T>(blame: Blame, limitMs: number, run: (signal: LazySignal) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const signal = new LazySignal();
    const entry: Pending = { deadline: performance.now() + limitMs, expire: () => {
      signal.abort();
      reject(new GxError('GX_PLUGIN_TIMEOUT', 504, `The plugin "${blame.plugin}" did not answer within ${limitMs / 1000} seconds (${blame.surface} ${blame.name}). Try again later.`, { plugin: blame.plugin, shop: blame.shop }));
    } };
    watch(entry);
    const settle = (): void => { pending.delete(entry); };
    running.run(blame, () => {
      try { run(signal).then((value) => { settle(); resolve(value); }, (error: unknown) => { settle(); reject(error); }); }
      catch (error) { settle(); reject(error); }
    });
  });
}
