import { Breaker, type BreakerRule } from './breaker.js';
import type { RunLine, RunSurface } from './run-line.js';
import { ShopRuns } from './shop-runs.js';

/** Shops in which a plugin must be suspended at once to be called degraded in all of them. */
const SHOPS = 3;
/** Stalls, and times of growth, remembered per plugin. */
const REMEMBERED = 20;

/** What it was found to hold more than shortly before, in MB, and the handler that took most. */
export interface Growth { /** System time. */ readonly at: number; readonly mb: number; readonly line: RunLine }
export interface Stall { /** System time. */ readonly at: number; readonly ms: number; readonly line: RunLine }
/** What a plugin's health check answered last. */
export interface HealthSeen { readonly ok: boolean; readonly message: string | undefined; /** System time. */ readonly at: number }
/** Told when a plugin's probes through one door of a shop keep failing. */
export type OnStuck = (stuck: { readonly plugin: string; readonly shop: number; readonly surface: RunSurface; readonly probes: number; readonly reason: string }) => void;
/** Told when a plugin stops or begins again to be well in all shops; `reason` is undefined when it is. */
export type OnDegraded = (plugin: string, reason: string | undefined) => void;

/** What one plugin does in this process: in every shop, and as a whole. */
export class PluginRuns {
  readonly shops = new Map<number, ShopRuns>();
  readonly stalls: Stall[] = [];
  readonly growths: Growth[] = [];
  /** Why it counts as degraded in all shops. */
  degraded: string | undefined;
  health: HealthSeen | undefined;
  readonly #breaker: Breaker;
  #failing: string | undefined;
  #unwell: string | undefined;
  #heavy: string | undefined;

  constructor(readonly plugin: string, private readonly rule: BreakerRule, private readonly tell: OnDegraded, private readonly stuck: OnStuck, readonly systemTime: () => number) { this.#breaker = new Breaker(rule); }

  shop(id: number, key: string): ShopRuns {
    let shop = this.shops.get(id);
    if (!shop) this.shops.set(id, shop = new ShopRuns(this, id, key, this.rule));
    return shop;
  }

  /** Whether it takes up too much memory to be let in. */
  get heavy(): boolean { return this.#heavy !== undefined; }
  admit(now: number): 'call' | 'probe' | 'refused' { return (this.#heavy ?? this.#unwell) === undefined ? this.#breaker.admit(now) : 'refused'; }
  waitMs(now: number): number { return Math.max(this.#breaker.waitMs(now), (this.#heavy ?? this.#unwell) === undefined ? 0 : this.rule.coolDownMs); }

  /** A failure that belongs to no shop, e.g. of a timer that `activate` began. */
  failed(now: number, reason: string): void { if (this.#breaker.failed(now, false)) this.#fails(reason); }

  /** One shop's breaker opened. */
  shopOpened(now: number, reason: string): void {
    if (this.#breaker.state !== 'closed') return;
    let suspended = 0;
    for (const shop of this.shops.values()) if (shop.suspended) suspended += 1;
    if (suspended < SHOPS) return;
    this.#breaker.trip(now);
    this.#fails(reason);
  }

  /** One shop's probe failed, the `times`th in a row. */
  relapsedIn({ shopId }: ShopRuns, surface: RunSurface, times: number, reason: string): void { this.stuck({ plugin: this.plugin, shop: shopId, surface, probes: times, reason }); }

  mended(now: number): void {
    this.#breaker.succeeded(now, true);
    this.#say();
  }
  relapsed(now: number, reason: string): void { this.#breaker.failed(now, true); this.#fails(reason); }
  withdrawn(probe: boolean): void { this.#breaker.withdrawn(probe); }

  /** What the plugin's own health check says. */
  feels(health: HealthSeen): void {
    this.health = health;
    this.#unwell = health.ok ? undefined : health.message ?? 'Its health check says that it is not well.';
    this.#say();
  }

  stalled(line: RunLine, ms: number): void {
    this.stalls.push({ at: this.systemTime(), ms: Math.round(ms), line });
    if (this.stalls.length > REMEMBERED) this.stalls.shift();
  }

  /** It holds `mb` more than before; with a reason it rests until `lightened`. */
  grew(line: RunLine, mb: number, reason?: string): void {
    this.growths.push({ at: this.systemTime(), mb, line });
    if (this.growths.length > REMEMBERED) this.growths.shift();
    this.#heavy = reason ?? this.#heavy;
    this.#say();
  }
  lightened(): void { this.#heavy = undefined; this.#say(); }

  #fails(reason: string): void { this.#failing = reason; this.#say(); }

  #say(): void {
    const reason = this.#heavy ?? this.#unwell ?? (this.#breaker.state === 'closed' ? undefined : this.#failing);
    if (this.degraded === reason) return;
    this.degraded = reason;
    this.tell(this.plugin, reason);
  }
}
