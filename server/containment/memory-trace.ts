import { createHook, type AsyncHook } from 'node:async_hooks';
import { Session, type HeapProfiler } from 'node:inspector';
import { getHeapStatistics } from 'node:v8';
import type { RunLine } from './run-line.js';

/** Bytes: of JavaScript objects, and of buffers outside the heap. */
export interface Weight { readonly heap: number; readonly outside: number }
export const weight = (): Weight => { const { used_heap_size: heap, external_memory: outside } = getHeapStatistics(); return { heap, outside }; };

/** One allocation in so many bytes is looked at. */
const SAMPLE_BYTES = 32 * 1024;
type Node = HeapProfiler.SamplingHeapProfileNode;

/**
 * Finds out who makes what stays in memory, from the moment it begins. Whose objects are still alive is told by the engine's sampling profile,
 * from the files on the stack that made them; buffers, which it does not see, and the handler are told by what each turn of the loop took.
 */
export class MemoryTrace {
  readonly #session = new Session();
  readonly #hook: AsyncHook;
  readonly #taken = new Map<RunLine, Weight>();
  readonly #began = weight();

  constructor(running: () => RunLine | undefined) {
    this.#session.connect();
    this.#session.post('HeapProfiler.enable');
    this.#session.post('HeapProfiler.startSampling', { samplingInterval: SAMPLE_BYTES });
    const begun: Weight[] = [];
    this.#hook = createHook({
      before: () => { begun.push(weight()); },
      after: () => {
        const from = begun.pop(), line = running();
        if (from && line) this.turn(line, from);
      },
    }).enable();
  }

  /** A turn of the loop that this line had for itself; a collection in it is not its merit. */
  turn(line: RunLine, from: Weight): void {
    const now = weight(), before = this.#taken.get(line) ?? { heap: 0, outside: 0 };
    this.#taken.set(line, { heap: before.heap + Math.max(0, now.heap - from.heap), outside: before.outside + Math.max(0, now.outside - from.outside) });
  }

  /** Bytes that each plugin holds more than when the trace began. `owner` says whose file it is. Collects garbage first, which holds up the process. */
  held(owner: (url: string) => string | undefined): ReadonlyMap<string, number> {
    const held = new Map<string, number>();
    const add = (plugin: string, bytes: number): void => { held.set(plugin, (held.get(plugin) ?? 0) + bytes); };
    const walk = (node: Node, above: string | undefined): void => {
      const plugin = owner(node.callFrame.url) ?? above;
      if (plugin !== undefined) add(plugin, node.selfSize);
      for (const child of node.children) walk(child, plugin);
    };
    this.#session.post('HeapProfiler.getSamplingProfile', (error, answer) => { if (!error) walk(answer.profile.head, undefined); });
    const outside = Math.max(0, weight().outside - this.#began.outside);
    for (const [plugin, taken] of this.#outside()) add(plugin, Math.min(taken, outside));
    return held;
  }

  /** The handler through which a plugin took most. */
  heaviest(plugin: string): RunLine | undefined {
    const lines = [...this.#taken].filter(([line]) => line.plugin === plugin).sort(([, a], [, b]) => b.heap + b.outside - a.heap - a.outside);
    return lines[0]?.[0];
  }

  end(): void {
    this.#hook.disable();
    this.#session.post('HeapProfiler.stopSampling');
    this.#session.disconnect();
  }

  #outside(): ReadonlyMap<string, number> {
    const taken = new Map<string, number>();
    for (const [{ plugin }, { outside }] of this.#taken) taken.set(plugin, (taken.get(plugin) ?? 0) + outside);
    return taken;
  }
}
