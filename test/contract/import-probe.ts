import { parentPort, workerData } from 'node:worker_threads';
import '../../server/plugin-api/index.js';
import { container } from 'tsyringe';

/** Everything that an import could do to what others share, by what it is called in a sentence. */
const effects = new Set<string>();
const note = (code: string, what: string): void => { effects.add(`${code} ${what}`); };
const global = globalThis as unknown as Record<string, unknown>;

/** Watches what a function of everybody's is called for; the call goes through. */
function watch(owner: Record<string, unknown>, name: string, seen: (first: unknown) => void): void {
  const real = owner[name] as (...args: unknown[]) => unknown;
  owner[name] = function (this: unknown, ...args: unknown[]): unknown { seen(args[0]); return Reflect.apply(real, this, args); };
}
for (const name of ['setTimeout', 'setInterval', 'setImmediate']) watch(global, name, () => { note('GX_IMPORT_TIMER', `it starts a timer with ${name}`); });
for (const name of ['on', 'once', 'addListener', 'prependListener']) watch(process as unknown as Record<string, unknown>, name, (event) => { note('GX_IMPORT_LISTENER', `it listens to the process's "${String(event)}"`); });
watch(global, 'fetch', () => { note('GX_IMPORT_REACH', 'it calls fetch'); });
global['customElements'] = new Proxy({}, { get: (_, name) => () => { note('GX_IMPORT_ELEMENTS', `it calls customElements.${String(name)}`); } });
const env = process.env;
/** Node's own loader reads the environment too. */
const isTheirs = (): boolean => (new Error().stack ?? '').includes(new URL('.', workerData as string).href);
process.env = new Proxy(env, {
  get: (target, name) => { if (typeof name === 'string' && isTheirs()) note('GX_IMPORT_ENV', `it reads the environment's ${name}`); return Reflect.get(target, name) as string; },
  set: (target, name, value: string) => { note('GX_IMPORT_ENV', `it changes the environment's ${String(name)}`); return Reflect.set(target, name, value); },
});
const registered = (): number => (container as unknown as { _registry: { _registryMap: Map<unknown, unknown> } })._registry._registryMap.size;
const before = { keys: new Set(Reflect.ownKeys(globalThis)), registered: registered() };

let failed: string | undefined;
try { await import(workerData as string); }
catch (error) { failed = String(error); }
process.env = env;
for (const key of Reflect.ownKeys(globalThis)) if (!before.keys.has(key)) note('GX_IMPORT_GLOBAL', `it sets globalThis.${String(key)}`);
if (registered() !== before.registered) note('GX_IMPORT_CONTAINER', 'it registers in tsyringe\'s global container');
parentPort!.postMessage({ failed, effects: [...effects] });
