import { getHeapStatistics } from 'node:v8';
import { MemoryTrace, weight, type Weight } from './memory-trace.js';
import type { PluginRuns } from './plugin-runs.js';
import type { RunLine } from './run-line.js';

const MB = 1024 * 1024;
/** What a plugin has to hold more than before, and than the next one twice over, to be named. */
const CLEAR = 8 * MB;
/** Looks that a trace lasts, and those of them at which the balance is drawn; earlier when memory runs away. */
const TRACE_LOOKS = 6, BALANCE_LOOKS: readonly number[] = [2, 6], RUNAWAY_SHARE = 0.05;
/** Looks without a trace after one that found nobody. */
const PAUSE_LOOKS = 12;
/** Memory climbs steadily when its lowest level rises in most of so many rounds of looks, by this share of the limit in all; a late collection may hide one rise behind the garbage before it. */
const ROUND_LOOKS = 12, CLIMB_ROUNDS = 6, CLIMB_RISES = 4, CLIMB_SHARE = 0.1;

/** A plugin whose memory is watched. */
export interface Watched { readonly id: string; /** What the URLs of its files begin with. */ readonly root: string; readonly runs: PluginRuns; /** To be named when no handler is known. */ readonly line: () => RunLine }
export interface MemoryRule { /** Milliseconds between two looks. */ readonly everyMs: number; /** Share of the limit above which memory is short, 0–1. */ readonly share: number }
export interface MemoryUse { readonly usedMb: number; readonly limitMb: number }

const inUse = ({ heap, outside }: Weight): number => heap + outside;
const limit = (): number => getHeapStatistics().heap_size_limit;

/**
 * Finds out whose code fills the memory of this process, before everybody dies of it. A look every few seconds costs nothing; when memory is
 * short or climbs steadily, who makes what stays is traced for half a minute. Whoever holds most by far is named, and rests while memory is short.
 */
export class MemoryWatch {
  readonly #watched = new Set<() => Iterable<Watched>>();
  readonly #resting = new Set<PluginRuns>();
  #rule: MemoryRule = { everyMs: Infinity, share: 1 };
  #timer: NodeJS.Timeout | undefined;
  #trace: MemoryTrace | undefined;
  #looks = 0;
  #pause = 0;
  #balanced = 0;
  #floors: number[] = [];
  #round = 0;

  constructor(private readonly running: () => RunLine | undefined) {}

  /** Answers how to stop. Servers of one process share its memory, so they share the watch; the rule is the last one's. */
  start(rule: MemoryRule, watched: () => Iterable<Watched>): () => void {
    this.#rule = rule;
    this.#watched.add(watched);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => { this.#look(); }, rule.everyMs);
    this.#timer.unref();
    return () => { this.#watched.delete(watched); if (!this.#watched.size) this.#stop(); };
  }

  /** What a line has to give back to `turn` when its part is over; undefined while nothing is traced. */
  weigh(): Weight | undefined { return this.#trace && weight(); }
  turn(line: RunLine, from: Weight): void { this.#trace?.turn(line, from); }

  use(): MemoryUse { return { usedMb: Math.round(inUse(weight()) / MB), limitMb: Math.round(limit() / MB) }; }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#endTrace(0);
    this.#resting.clear();
    this.#floors = [];
  }

  #look(): void {
    const used = inUse(weight()), most = limit(), short = used >= most * this.#rule.share;
    if (!short) { for (const runs of this.#resting) runs.lightened(); this.#resting.clear(); }
    const climbs = this.#climbs(used, most), runsAway = used - this.#balanced >= most * RUNAWAY_SHARE;
    if (!this.#trace) {
      this.#pause = Math.max(0, this.#pause - 1);
      if (!climbs && !(short && (this.#pause === 0 || runsAway))) return;
      this.#trace = new MemoryTrace(this.running);
      this.#looks = 0;
      this.#balanced = used;
      return;
    }
    this.#looks += 1;
    if ((BALANCE_LOOKS.includes(this.#looks) || runsAway) && this.#balance(this.#trace, most)) this.#endTrace(0);
    else if (this.#looks >= TRACE_LOOKS) this.#endTrace(PAUSE_LOOKS);
  }

  /** Whether somebody could be named. */
  #balance(trace: MemoryTrace, most: number): boolean {
    const watched = [...this.#watched].flatMap((each) => [...each()]);
    const held = trace.held((url) => watched.find(({ root }) => url.startsWith(root))?.id);
    const used = this.#balanced = inUse(weight());
    const [first, second] = [...held].sort(([, a], [, b]) => b - a);
    if (!first || first[1] < CLEAR || first[1] < 2 * (second?.[1] ?? 0)) return false;
    const [plugin, bytes] = first;
    const mb = Math.round(bytes / MB), share = used / most;
    for (const { runs, line } of watched.filter(({ id }) => id === plugin)) {
      const short = share >= this.#rule.share;
      if (short) this.#resting.add(runs);
      runs.grew(trace.heaviest(plugin) ?? line(), mb, short ? `It holds about ${mb} MB more than shortly before, and ${Math.round(share * 100)} % of the memory of this process is in use. It rests until memory is free again; if it does not let go of it, restart the process, and ask its author for a version that forgets.` : undefined);
    }
    return true;
  }

  #climbs(used: number, most: number): boolean {
    if (this.#round % ROUND_LOOKS === 0) this.#floors = [...this.#floors.slice(-CLIMB_ROUNDS), used];
    this.#round += 1;
    const last = this.#floors.length - 1;
    this.#floors[last] = Math.min(this.#floors[last]!, used);
    if (this.#round % ROUND_LOOKS !== 0 || last < CLIMB_ROUNDS || this.#floors.filter((floor, at) => at > 0 && floor > this.#floors[at - 1]!).length < CLIMB_RISES || this.#floors[last]! - this.#floors[0]! < most * CLIMB_SHARE) return false;
    this.#floors = [];
    this.#round = 0;
    return true;
  }

  #endTrace(pause: number): void {
    this.#trace?.end();
    this.#trace = undefined;
    this.#pause = pause;
  }
}
