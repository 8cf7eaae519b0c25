import { AsyncLocalStorage } from 'node:async_hooks';
import { deadlines, LazySignal, type Limited } from '../events/deadlines.js';
import { GxError } from '../plugin-api/index.js';
import { TIMEOUT, type Pass, type RunLine } from './run-line.js';
import { MemoryWatch } from './memory-watch.js';
import { StallWatch } from './stall-watch.js';

const running = new AsyncLocalStorage<RunLine>();
/** Who runs right now. */
export const blamed = (): RunLine | undefined => running.getStore();
/** Puts everything that `run` does, also later, to a line; without a time limit and without counting the call. */
export const blame = <T>(line: RunLine, run: () => T): T => running.run(line, run);

/** One call into a plugin: its time limit, its signal and whom to tell how it went; told once. */
class Call<T> extends LazySignal implements Limited {
  readonly until: number;
  #open = true;

  constructor(readonly line: RunLine, private readonly pass: Pass, private readonly began: number, private readonly limitMs: number, private readonly succeed: (value: T) => void, private readonly fail: (error: unknown) => void) {
    super();
    this.until = began + limitMs;
  }

  readonly done = (value: T): void => {
    if (!this.#close()) return;
    const now = performance.now();
    this.line.succeeded(now, now - this.began, this.pass);
    this.succeed(value);
  };

  readonly failed = (error: unknown): void => {
    if (!this.#close()) return;
    const now = performance.now();
    this.line.failed(error, now, now - this.began, this.pass);
    this.fail(error);
  };

  expire(): void {
    const { plugin, shop, surface, name } = this.line;
    const error = new GxError(TIMEOUT, 504, `The plugin "${plugin}" did not answer within ${this.limitMs / 1000} seconds (${surface} ${name}). Try again later.`, { plugin, shop });
    this.failed(error);
    this.abort(error);
  }

  #close(): boolean {
    if (!this.#open) return false;
    this.#open = false;
    deadlines.release(this);
    stallWatch.ended(this.line);
    return true;
  }
}

/** Who holds up this process; shared by all its servers. */
export const stallWatch = new StallWatch(blamed, function* () { for (const work of deadlines.running) if (work instanceof Call) yield work.line; });

/** Who fills the memory of this process; shared by all its servers. */
export const memoryWatch = new MemoryWatch(blamed);

/**
 * Runs foreign code with a time limit and its name on everything it does, and calls back once. In-process plugins are trusted code: this
 * contains mistakes (throws, rejections, waiting for ever), not malice and not a busy loop. For the request path, where a promise more
 * per request can be measured; everybody else takes `contain`.
 */
export function enter<T>(line: RunLine, limitMs: number, run: (signal: LazySignal) => Promise<T>, succeed: (value: T) => void, fail: (error: unknown) => void): void {
  const began = performance.now();
  const pass = line.admit(began);
  if (!pass) { fail(line.refusal(began)); return; }
  const call = new Call<T>(line, pass, began, limitMs, succeed, fail);
  deadlines.watch(call);
  const held = memoryWatch.weigh();
  let result: Promise<T>;
  try { result = running.run(line, run, call); }
  catch (error) { call.failed(error); return; }
  const entered = performance.now();
  stallWatch.turn(line, entered - began, entered);
  if (held) memoryWatch.turn(line, held);
  // Outside the plugin's context, so that what the host does with the answer is not put to the plugin. A plugin in JavaScript may answer a plain value.
  (result instanceof Promise ? result : Promise.resolve(result)).then(call.done, call.failed);
}

/**
 * `enter` as a promise.
 * @throws GX_PLUGIN_TIMEOUT 504 when it takes longer than `limitMs`, GX_PLUGIN_SUSPENDED 503 (`NotNow`) when it must rest; whatever it throws itself
 */
export const contain = <T>(line: RunLine, limitMs: number, run: (signal: LazySignal) => Promise<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => { enter(line, limitMs, run, resolve, reject); });
