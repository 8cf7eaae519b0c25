import type { DataStore } from '../../data/data-store.js';
import type { Dispatcher } from '../../events/outbox.js';
import type { Scheduler } from '../../jobs/jobs.js';
import { HOUR, type Clock, type Instant, type ShopContext } from '../../plugin-api/index.js';
import { demoState } from './demo-state.js';
import { durationMs } from './duration.js';

const CHANNEL = 'demo-clock';
/** How far the stored offset may lag behind while the clock travels; a crash on the way loses no more than that. */
const STORE_EVERY = 6 * HOUR;

/** The demo's clock: system time and an offset that only grows. It decides everything a person can see. */
export class DemoClock implements Clock {
  #offset = 0;
  #travel: Promise<unknown> = Promise.resolve();

  constructor(private readonly systemTime: () => number = Date.now) {}

  now(): Instant { return this.systemTime() + this.#offset; }

  /** Takes up the stored offset and follows the other nodes. */
  async attach(store: DataStore, ctx: ShopContext): Promise<void> {
    await store.hot(ctx, 'demo-state', function* () { yield* demoState.ensure(); });
    const state = await store.hot(ctx, 'demo-state', () => demoState.read());
    this.#offset = Math.max(this.#offset, state.clockOffset);
    store.onNotify(CHANNEL, (payload) => { this.#offset = Math.max(this.#offset, Number(payload) || 0); });
  }

  /**
   * Moves the clock by an ISO 8601 duration and runs on the way, in order, everything that falls due; answers when all of it is done.
   * @throws GX_DURATION (422)
   */
  advance(ctx: ShopContext, duration: string, work: { readonly store: DataStore; readonly scheduler: Scheduler; readonly dispatcher: Dispatcher }): Promise<Instant> {
    const ms = durationMs(duration);
    const journey = this.#travel.then(() => this.#go(ctx, this.now() + ms, work));
    this.#travel = journey.catch(() => undefined);
    return journey;
  }

  async #go(ctx: ShopContext, target: Instant, { store, scheduler, dispatcher }: { readonly store: DataStore; readonly scheduler: Scheduler; readonly dispatcher: Dispatcher }): Promise<Instant> {
    let stored = this.#offset;
    const keep = async (): Promise<void> => {
      const offset = this.#offset;
      await store.hot(ctx, 'demo-state', () => demoState.moveClock(offset));
      stored = offset;
    };
    const moveTo = async (at: Instant): Promise<void> => {
      this.#offset = Math.max(this.#offset, at - this.systemTime());
      if (this.#offset - stored >= STORE_EVERY) await keep();
      await drain(dispatcher);
    };
    await drain(dispatcher);
    await scheduler.runDue(target, moveTo);
    await moveTo(target);
    await keep();
    await store.notify(CHANNEL, String(this.#offset));
    return this.now();
  }
}

/** Delivers until nothing is left, so that the caller sees every consequence. */
export async function drain(dispatcher: Pick<Dispatcher, 'drain'>): Promise<void> {
  while (await dispatcher.drain() > 0) { /* deliveries cause deliveries */ }
}
