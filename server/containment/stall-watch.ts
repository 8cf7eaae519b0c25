import { createHook, type AsyncHook } from 'node:async_hooks';
import type { RunLine } from './run-line.js';

/** How often the event loop is asked to be on time. */
const SAMPLE_MS = 25;
/** How long every turn is timed after a stall that could not be put to one plugin. */
const TRACE_MS = 60_000;

/**
 * Finds out whose code holds up the event loop, and with it everybody. Code that a call runs before its first await is timed as it is
 * entered. A stall later on shows in a late timer: it is put to the only plugin that was under way then. When there were several, each turn of the
 * loop is timed for a minute, so that the next one is put to whom it belongs; doing so always would cost every request.
 */
export class StallWatch {
  #thresholdMs = Infinity;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #cpu = process.cpuUsage();
  #explainedAt = -Infinity;
  #trace: AsyncHook | undefined;
  #traceEnds = 0;
  readonly #ended = new Set<RunLine>();
  /** Stalls that nobody could be blamed for: the core's own, or one of several plugins. */
  unexplained = 0;

  constructor(private readonly running: () => RunLine | undefined, private readonly underWay: () => Iterable<RunLine>) {}

  /** Answers how to stop. Servers of one process share the loop, so they share the watch; the threshold is the last one's. */
  start(thresholdMs: number): () => void {
    this.#thresholdMs = thresholdMs;
    this.#users += 1;
    if (!this.#timer) {
      this.#last = performance.now();
      this.#timer = setInterval(() => { this.#sample(); }, SAMPLE_MS);
      this.#timer.unref();
    }
    return () => { this.#users -= 1; if (this.#users === 0) this.#stop(); };
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#thresholdMs = Infinity;
    this.#endTrace();
  }

  /** A call of this line is over; it may have held up the loop since the last look. */
  ended(line: RunLine): void { if (this.#timer) this.#ended.add(line); }

  /** A turn of the loop that this line had for itself. */
  turn(line: RunLine, ms: number, now: number): void {
    // Turns nest: what an inner one was blamed for is not the outer one's again.
    if (ms < this.#thresholdMs || this.#explainedAt > now - ms) return;
    this.#explainedAt = now;
    line.stalled(ms);
  }

  #sample(): void {
    const now = performance.now();
    const late = now - this.#last - SAMPLE_MS;
    this.#last = now;
    const before = this.#cpu;
    const { user, system } = this.#cpu = process.cpuUsage();
    if (this.#trace && now > this.#traceEnds) this.#endTrace();
    // A process that was stopped or got next to nothing of the processor stood still through no fault of its own.
    const worked = (user + system - before.user - before.system) / 1000 >= late / 10;
    if (late >= this.#thresholdMs && worked && this.#explainedAt < now - late - SAMPLE_MS) this.#suspect(late, now);
    this.#ended.clear();
  }

  #suspect(ms: number, now: number): void {
    const suspects = new Set([...this.#ended, ...this.underWay()]);
    const [only] = suspects;
    if (only && suspects.size === 1) { only.stalled(ms); return; }
    this.unexplained += 1;
    if (suspects.size > 1) this.#beginTrace(now);
  }

  #beginTrace(now: number): void {
    this.#traceEnds = now + TRACE_MS;
    const begun: number[] = [];
    this.#trace ??= createHook({
      before: () => { begun.push(performance.now()); },
      after: () => {
        const at = performance.now();
        const ms = at - (begun.pop() ?? at);
        if (ms < this.#thresholdMs) return;
        const line = this.running();
        if (line) this.turn(line, ms, at);
      },
    }).enable();
  }

  #endTrace(): void {
    this.#trace?.disable();
    this.#trace = undefined;
  }
}
