import { NotNow } from '../events/not-now.js';
import { Breaker, type BreakerRule } from './breaker.js';
import type { PluginRuns } from './plugin-runs.js';
import { CALL, RunLine, type Pass, type RunSurface } from './run-line.js';

const OWN: Pass = { own: true, whole: false };
const WHOLE: Pass = { own: false, whole: true };
const BOTH: Pass = { own: true, whole: true };

interface Guard { readonly breaker: Breaker; reason: string; since: number }
/** A breaker that is not closed, as people are shown it. `since` is system time. */
export interface Suspension { readonly surface: RunSurface; readonly state: 'open' | 'half-open'; readonly since: number; readonly retryInMs: number; readonly reason: string }

/** The life cycle goes on while a plugin is degraded, or nobody could take it out of a shop. */
const regardless = (surface: RunSurface): boolean => surface === 'hook' || surface === 'boot';

/** What one plugin does in one shop: its lines, and a breaker for each surface. */
export class ShopRuns {
  readonly #lines = new Map<unknown, RunLine>();
  readonly #guards = new Map<RunSurface, Guard>();

  constructor(private readonly whole: PluginRuns, readonly shopId: number, readonly shopKey: string, private readonly rule: BreakerRule) {}
  get plugin(): string { return this.whole.plugin; }
  get systemTime(): () => number { return this.whole.systemTime; }
  get lines(): Iterable<RunLine> { return this.#lines.values(); }
  get suspended(): boolean { return [...this.#guards.values()].some(({ breaker }) => breaker.state !== 'closed'); }
  /** Nothing would be lost that anybody has to act on. */
  get quiet(): boolean { return !this.suspended && ![...this.#lines.values()].some((line) => line.failures + line.detached + line.stalls > 0) && !this.whole.growths.some(({ line }) => line.shop === this.shopKey); }

  known(key: unknown): RunLine | undefined { return this.#lines.get(key); }

  /** The line of a handler. `key` is what it is known by: its route's record, or surface and name. */
  line(surface: RunSurface, name: string, key: unknown = `${surface} ${name}`): RunLine {
    let line = this.#lines.get(key);
    if (!line) {
      if (!this.#guards.has(surface)) this.#guards.set(surface, { breaker: new Breaker(this.rule), reason: '', since: 0 });
      this.#lines.set(key, line = new RunLine(this, surface, name));
    }
    return line;
  }

  /** Undefined when the call must not be made. */
  admit(surface: RunSurface, now: number): Pass | undefined {
    const { breaker } = this.#guards.get(surface)!;
    const own = breaker.admit(now);
    if (own === 'refused') return undefined;
    const whole = regardless(surface) ? 'call' : this.whole.admit(now);
    if (whole === 'refused') { breaker.withdrawn(own === 'probe'); return undefined; }
    return own === 'probe' ? (whole === 'probe' ? BOTH : OWN) : whole === 'probe' ? WHOLE : CALL;
  }

  refusal(surface: RunSurface, now: number): NotNow {
    const whole = regardless(surface) ? 0 : this.whole.waitMs(now);
    const waitMs = Math.max(this.#guards.get(surface)!.breaker.waitMs(now), whole);
    const why = this.whole.heavy ? 'it takes up too much memory' : whole > 0 ? 'it failed in several shops or says that it is not well' : 'it failed too often';
    return new NotNow('GX_PLUGIN_SUSPENDED', `The module "${this.plugin}" rests in the shop ${this.shopKey} (${surface}): ${why}. It is tried again in ${Math.max(1, Math.ceil(waitMs / 1000))} s.`, waitMs, { plugin: this.plugin, shop: this.shopKey });
  }

  succeeded(surface: RunSurface, now: number, pass: Pass): void {
    this.#guards.get(surface)!.breaker.succeeded(now, pass.own);
    if (pass.whole) this.whole.mended(now);
  }

  failed(surface: RunSurface, now: number, pass: Pass, reason: string): void {
    if (surface === 'boot') { this.whole.failed(now, reason); return; }
    const guard = this.#guards.get(surface)!;
    if (guard.breaker.failed(now, pass.own)) { guard.reason = reason; guard.since = this.systemTime(); this.whole.shopOpened(now, reason); }
    if (pass.own && !regardless(surface)) this.whole.relapsedIn(this, surface, guard.breaker.relapses, reason);
    if (pass.whole) this.whole.relapsed(now, reason);
  }

  withdrawn(surface: RunSurface, pass: Pass): void {
    this.#guards.get(surface)!.breaker.withdrawn(pass.own);
    this.whole.withdrawn(pass.whole);
  }

  /** Lets it begin anew. */
  pardon(): void { for (const { breaker } of this.#guards.values()) breaker.close(); }

  stalled(line: RunLine, ms: number): void { this.whole.stalled(line, ms); }

  suspensions(now: number): readonly Suspension[] {
    return [...this.#guards].flatMap(([surface, { breaker, reason, since }]) =>
      (breaker.state === 'closed' ? [] : [{ surface, state: breaker.state, since, retryInMs: Math.round(breaker.waitMs(now)), reason }]));
  }
}
