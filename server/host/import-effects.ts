import { container } from 'tsyringe';

type Listener = (...args: unknown[]) => void;
type Before = { readonly listeners: ReadonlyMap<string | symbol, readonly Listener[]>; readonly globals: readonly PropertyKey[]; readonly tokens: number; readonly env: string };

// tsyringe tells nobody what is registered; an empty global container is what keeps plugins apart, so it is counted all the same.
// Asking for a token leaves an empty entry behind, so entries say nothing.
function tokens(): number {
  let count = 0;
  for (const each of (container as unknown as { _registry: { _registryMap: Map<unknown, readonly unknown[]> } })._registry._registryMap.values()) count += each.length;
  return count;
}
const listenersNow = (): Map<string | symbol, Listener[]> => new Map(process.eventNames().map((name) => [name, process.rawListeners(name) as Listener[]]));

const sharedState = (): Before => ({ listeners: listenersNow(), globals: Reflect.ownKeys(globalThis), tokens: tokens(), env: JSON.stringify(process.env) });
/** What is new in a list. Almost always nothing is, and the two are the same from beginning to end. */
const added = <T>(before: readonly T[], now: readonly T[]): readonly T[] =>
  (now.length === before.length && now.every((each, at) => each === before[at]) ? [] : now.filter((each) => !before.includes(each)));

/** Takes away what was left behind since then, as far as that goes, and names it. */
function undoEffects(before: Before): readonly string[] {
  const effects = new Set<string>();
  for (const [name, listeners] of listenersNow()) {
    for (const listener of added(before.listeners.get(name) ?? [], listeners)) { process.off(name, listener); effects.add(`it listens to the process's "${String(name)}"`); }
  }
  for (const key of added(before.globals, Reflect.ownKeys(globalThis))) { Reflect.deleteProperty(globalThis, key); effects.add(`it sets globalThis.${String(key)}`); }
  if (tokens() !== before.tokens) { container.reset(); effects.add('it registers in tsyringe\'s global container'); }
  if (JSON.stringify(process.env) !== before.env) {
    const then = JSON.parse(before.env) as Record<string, string>;
    for (const name of Object.keys(process.env)) if (!(name in then)) delete process.env[name];
    Object.assign(process.env, then);
    effects.add('it changes the environment');
  }
  return [...effects];
}

/** A plugin's import may declare, never do. Made before the first import; what is shared is looked at once between two imports, not twice. */
export class ImportEffects {
  #before = sharedState();

  /** Takes away what was left behind since the last call, as far as that goes, and names it. */
  undo(): readonly string[] {
    const effects = undoEffects(this.#before);
    // Not everything can be taken away, and the next one is not to blame for it.
    if (effects.length) this.#before = sharedState();
    return effects;
  }
}
