import { AsyncLocalStorage } from 'node:async_hooks';
import { deadlines, LazySignal, type Limited } from '../events/deadlines.js';
import { GxError } from '../plugin-api/index.js';

/** Through which door a plugin's code was entered. */
export type RunSurface = 'route' | 'event' | 'job' | 'hook' | 'boot';

/** Who runs right now; readable even from errors that nobody awaits. */
export interface Blame { readonly plugin: string; readonly shop: string; readonly surface: RunSurface; readonly name: string }

const running = new AsyncLocalStorage<Blame>();
export const blamed = (): Blame | undefined => running.getStore();

/** One call into a plugin: its time limit, its signal and whom to tell how it went; told once. */
class Call<T> extends LazySignal implements Limited {
  #open = true;

  constructor(readonly until: number, private readonly blame: Blame, private readonly limitMs: number, private readonly succeed: (value: T) => void, private readonly fail: (error: unknown) => void) { super(); }

  readonly done = (value: T): void => { if (this.#close()) this.succeed(value); };
  readonly failed = (error: unknown): void => { if (this.#close()) this.fail(error); };

  expire(): void {
    if (!this.#close()) return;
    const { plugin, shop, surface, name } = this.blame;
    const error = new GxError('GX_PLUGIN_TIMEOUT', 504, `The plugin "${plugin}" did not answer within ${this.limitMs / 1000} seconds (${surface} ${name}). Try again later.`, { plugin, shop });
    this.abort(error);
    this.fail(error);
  }

  #close(): boolean {
    if (!this.#open) return false;
    this.#open = false;
    deadlines.release(this);
    return true;
  }
}

/**
 * Runs foreign code with a time limit and its name on everything it does, and calls back once. In-process plugins are trusted code: this
 * contains mistakes (throws, rejections, waiting for ever), not malice and not a busy loop. For the request path, where a promise more
 * per request can be measured; everybody else takes `contain`.
 */
export function enter<T>(blame: Blame, limitMs: number, run: (signal: LazySignal) => Promise<T>, succeed: (value: T) => void, fail: (error: unknown) => void): void {
  const call = new Call<T>(performance.now() + limitMs, blame, limitMs, succeed, fail);
  deadlines.watch(call);
  let result: Promise<T>;
  try { result = running.run(blame, run, call); }
  catch (error) { call.failed(error); return; }
  // Outside the plugin's context, so that what the host does with the answer is not put to the plugin. A plugin in JavaScript may answer a plain value.
  (result instanceof Promise ? result : Promise.resolve(result)).then(call.done, call.failed);
}

/**
 * `enter` as a promise.
 * @throws GX_PLUGIN_TIMEOUT 504 when it takes longer than `limitMs`; whatever it throws itself
 */
export const contain = <T>(blame: Blame, limitMs: number, run: (signal: LazySignal) => Promise<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => { enter(blame, limitMs, run, resolve, reject); });
