import { createHook } from 'node:async_hooks';

/** What keeps on working until somebody ends it. */
const LASTING: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'TCPSERVERWRAP', 'FSEVENTWRAP', 'STATWATCHER', 'PROCESSWRAP', 'WORKER', 'UDPWRAP', 'SIGNALWRAP', 'MESSAGEPORT', 'PIPEWRAP']);

/** The files that are being run, innermost first. */
function filesRunning(): readonly string[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 40;
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName() ?? '');
  try { return new Error().stack as unknown as readonly string[]; }
  finally { Object.assign(Error, { prepareStackTrace, stackTraceLimit }); }
}

/** Notes what the code below a folder opens and does not close: timers, servers, watchers, processes, and listeners of the process. */
export class OpenHandles implements Disposable {
  readonly #open = new Map<number, string>();
  readonly #listeners: { readonly event: string; readonly listener: unknown }[] = [];
  readonly #on = process.on.bind(process);
  readonly #hook = createHook({
    init: (id, type) => { if (LASTING.has(type) && this.#isTheirs()) this.#open.set(id, type === 'Timeout' ? 'a timer' : type === 'Immediate' ? 'an immediate' : `a ${type.replace(/WRAP$/, '').toLowerCase()}`); },
    destroy: (id) => { this.#open.delete(id); },
  });

  constructor(private readonly folder: string) {
    this.#hook.enable();
    const note = (event: string, listener: unknown): void => { if (this.#isTheirs()) this.#listeners.push({ event, listener }); };
    process.on = ((event: string, listener: (...args: unknown[]) => void) => { note(event, listener); return this.#on(event as 'exit', listener); }) as typeof process.on;
    process.addListener = process.on;
  }
  #isTheirs(): boolean { return filesRunning().some((file) => file.startsWith(this.folder)); }

  /** What is open now, in words. */
  left(): readonly string[] {
    const listening = this.#listeners.filter(({ event, listener }) => process.rawListeners(event as 'exit').includes(listener as () => void)).map(({ event }) => `a listener to the process's "${event}"`);
    return [...this.#open.values(), ...listening];
  }
  [Symbol.dispose](): void {
    this.#hook.disable();
    // Both were the prototype's before.
    Reflect.deleteProperty(process, 'on');
    Reflect.deleteProperty(process, 'addListener');
    for (const { event, listener } of this.#listeners) process.off(event, listener as () => void);
  }
}
