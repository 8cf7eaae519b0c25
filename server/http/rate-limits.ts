import { GxError } from '../plugin-api/index.js';

const MINUTE = 60_000;
interface Window { count: number; readonly until: number }

/** Counts per key in windows of a minute that begin with the key's first request; forgets what is over. */
class MinuteCounter {
  readonly #windows = new Map<string, Window>();
  #tidyAt = 0;

  constructor(private readonly most: number) {}

  /** @throws GX_RATE_LIMIT 429 with the seconds to wait */
  count(key: string, now: number): void {
    const window = this.#windows.get(key);
    if (window && window.until > now) {
      if (++window.count > this.most) throw new GxError('GX_RATE_LIMIT', 429, 'Too many requests in a minute. Wait a moment and try again.', { details: { retryAfter: Math.ceil((window.until - now) / 1000) } });
      return;
    }
    if (now >= this.#tidyAt) this.#tidy(now);
    this.#windows.set(key, { count: 1, until: now + MINUTE });
  }

  #tidy(now: number): void {
    for (const [key, { until }] of this.#windows) if (until <= now) this.#windows.delete(key);
    this.#tidyAt = now + MINUTE;
  }
}

/** Counts requests per minute in this process. Limits that must hold exactly live in the database, not here. */
export class RateLimits {
  readonly #byRate = new Map<number, MinuteCounter>();
  readonly #addresses: MinuteCounter | undefined;

  /** `perAddress` requests a minute, 0 for as many as come; `clock` tells milliseconds that only grow. */
  constructor(perAddress: number, private readonly clock: () => number = Date.now) {
    if (perAddress > 0) this.#addresses = new MinuteCounter(perAddress);
  }

  address(address: string): void { this.#addresses?.count(address, this.clock()); }

  /** Routes of one owner with the same rate are counted together. */
  person(key: string, perMinute: number): void {
    let counter = this.#byRate.get(perMinute);
    if (!counter) this.#byRate.set(perMinute, counter = new MinuteCounter(perMinute));
    counter.count(key, this.clock());
  }
}
