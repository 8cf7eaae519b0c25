import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { GxError } from '../plugin-api/index.js';

function refuse(refusal: unknown): never {
  if (!(refusal instanceof RateLimiterRes)) throw refusal;
  throw new GxError('GX_RATE_LIMIT', 429, 'Too many requests in a minute. Wait a moment and try again.', { details: { retryAfter: Math.ceil(refusal.msBeforeNext / 1000) } });
}

/** Counts requests per minute in this process. Limits that must hold exactly live in the database, not here. */
export class RateLimits {
  #byRate = new Map<number, RateLimiterMemory>();
  #addresses: RateLimiterMemory | undefined;

  constructor(perAddress: number) {
    if (perAddress > 0) this.#addresses = new RateLimiterMemory({ points: perAddress, duration: 60 });
  }

  get perAddress(): boolean { return this.#addresses !== undefined; }

  address(address: string): Promise<unknown> {
    return this.#addresses ? this.#addresses.consume(address).then(undefined, refuse) : Promise.resolve();
  }

  person(key: string, perMinute: number): Promise<unknown> {
    let limiter = this.#byRate.get(perMinute);
    if (!limiter) this.#byRate.set(perMinute, limiter = new RateLimiterMemory({ points: perMinute, duration: 60 }));
    return limiter.consume(key).then(undefined, refuse);
  }
}
