import { Breaker, type BreakerRule } from './breaker.js';
import type { RunLine } from './run-line.js';
import { ShopRuns } from './shop-runs.js';

/** Shops in which a plugin must be suspended at once to be called degraded in all of them. */
const SHOPS = 3;
/** Stalls remembered per plugin. */
const STALLS = 20;

export interface Stall { /** System time. */ readonly at: number; readonly ms: number; readonly line: RunLine }
/** What a plugin's health check answered last. */
export interface HealthSeen { readonly ok: boolean; readonly message: string | undefined; /** System time. */ readonly at: number }
/** Told when a plugin stops or begins again to be well in all shops; `reason` is undefined when it is. */
export type OnDegraded = (plugin: string, reason: string | undefined) => void;

/** What one plugin does in this process: in every shop, and as a whole. */
export class PluginRuns {
  readonly shops = new Map<number, ShopRuns>();
  readonly stalls: Stall[] = [];
  /** Why it counts as degraded in all shops. */
  degraded: string | undefined;
  health: HealthSeen | undefined;
  readonly #breaker: Breaker;
  #unwell: string | undefined;

  constructor(readonly plugin: string, private readonly rule: BreakerRule, private readonly tell: OnDegraded, readonly systemTime: () => number) { this.#breaker = new Breaker(rule); }

  shop(id: number, key: string): ShopRuns {
    let shop = this.shops.get(id);
    if (!shop) this.shops.set(id, shop = new ShopRuns(this, key, this.rule));
    return shop;
  }

  admit(now: number): 'call' | 'probe' | 'refused' { return this.#unwell === undefined ? this.#breaker.admit(now) : 'refused'; }
  waitMs(now: number): number { return Math.max(this.#breaker.waitMs(now), this.#unwell === undefined ? 0 : this.rule.coolDownMs); }

  /** A failure that belongs to no shop, e.g. of a timer that `activate` began. */
  failed(now: number, reason: string): void { if (this.#breaker.failed(now, false)) this.#say(reason); }

  /** One shop's breaker opened. */
  shopOpened(now: number, reason: string): void {
    if (this.#breaker.state !== 'closed') return;
    let suspended = 0;
    for (const shop of this.shops.values()) if (shop.suspended) suspended += 1;
    if (suspended < SHOPS) return;
    this.#breaker.trip(now);
    this.#say(reason);
  }

  mended(now: number): void {
    this.#breaker.succeeded(now, true);
    this.#say(this.#unwell);
  }
  relapsed(now: number, reason: string): void { this.#breaker.failed(now, true); this.#say(reason); }
  withdrawn(probe: boolean): void { this.#breaker.withdrawn(probe); }

  /** What the plugin's own health check says. */
  feels(health: HealthSeen): void {
    this.health = health;
    const unwell = health.ok ? undefined : health.message ?? 'Its health check says that it is not well.';
    if (this.#unwell === unwell) return;
    this.#unwell = unwell;
    if (unwell !== undefined || this.#breaker.state === 'closed') this.#say(unwell);
  }

  stalled(line: RunLine, ms: number): void {
    this.stalls.push({ at: this.systemTime(), ms: Math.round(ms), line });
    if (this.stalls.length > STALLS) this.stalls.shift();
  }

  #say(reason: string | undefined): void {
    if (this.degraded === reason) return;
    this.degraded = reason;
    this.tell(this.plugin, reason);
  }
}
