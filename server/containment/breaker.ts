/** When a breaker opens and how long it stays so. Times are milliseconds of a clock that only grows. */
export interface BreakerRule {
  /** Opens at this many failures within the window … */
  readonly failures: number;
  /** … when they are at least this share of its calls, 0–1. */
  readonly share: number;
  readonly windowMs: number;
  /** How long an open breaker refuses before it lets one call try. */
  readonly coolDownMs: number;
}
export const BREAKER_RULE: BreakerRule = { failures: 5, share: 0.5, windowMs: 30_000, coolDownMs: 30_000 };

export type BreakerState = 'closed' | 'open' | 'half-open';
/** `probe` is the one call that finds out whether things have mended; how it ends must be told with `probe: true`. */
export type Admission = 'call' | 'probe' | 'refused';

/**
 * Stops calling what keeps failing. closed → open after too many failures, open → half-open after the cool-down, half-open → closed when
 * its one probe succeeds, → open when it fails. Outcomes of calls that began before it opened change nothing any more.
 */
export class Breaker {
  state: BreakerState = 'closed';
  /** When it opened last. */
  openedAt = 0;
  /** Probes that failed one after the other. */
  relapses = 0;
  #probing = false;
  // The window slides in halves: what is counted is the current half and the one before.
  #halfEnds = 0;
  #calls = 0;
  #failures = 0;
  #callsBefore = 0;
  #failuresBefore = 0;

  constructor(private readonly rule: BreakerRule) {}

  admit(now: number): Admission {
    if (this.state === 'closed') return 'call';
    if (this.#probing || (this.state === 'open' && now < this.openedAt + this.rule.coolDownMs)) return 'refused';
    this.state = 'half-open';
    this.#probing = true;
    return 'probe';
  }

  succeeded(now: number, probe: boolean): void {
    if (probe) this.close();
    else if (this.state === 'closed') { this.#slide(now); this.#calls += 1; }
  }

  /** True when this failure opened it. */
  failed(now: number, probe: boolean): boolean {
    if (probe) { this.relapses += 1; this.trip(now); return true; }
    if (this.state !== 'closed') return false;
    this.#slide(now);
    this.#calls += 1;
    this.#failures += 1;
    const failures = this.#failures + this.#failuresBefore;
    if (failures < this.rule.failures || failures < this.rule.share * (this.#calls + this.#callsBefore)) return false;
    this.trip(now);
    return true;
  }

  /** The call ended in a way that says nothing about whom it called. */
  withdrawn(probe: boolean): void { if (probe) this.#probing = false; }

  trip(now: number): void {
    this.state = 'open';
    this.openedAt = now;
    this.#probing = false;
  }

  /** Milliseconds until it is worth asking again; 0 when it may be asked now. */
  waitMs(now: number): number {
    if (this.state === 'closed') return 0;
    if (this.state === 'open') return Math.max(0, this.openedAt + this.rule.coolDownMs - now);
    return this.#probing ? Math.min(1_000, this.rule.coolDownMs) : 0;
  }

  /** As if nothing had ever failed. */
  close(): void {
    this.state = 'closed';
    this.#probing = false;
    this.relapses = 0;
    this.#calls = this.#failures = this.#callsBefore = this.#failuresBefore = 0;
  }

  #slide(now: number): void {
    if (now < this.#halfEnds) return;
    const half = this.rule.windowMs / 2;
    const next = now < this.#halfEnds + half;
    this.#callsBefore = next ? this.#calls : 0;
    this.#failuresBefore = next ? this.#failures : 0;
    this.#calls = this.#failures = 0;
    this.#halfEnds = next ? this.#halfEnds + half : now + half;
  }
}
