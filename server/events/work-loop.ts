import { failureText, type Report } from './context-for.js';

/** One claimed piece of work; answers how much it counts for. Its own failures are its own business: it must not reject for them. */
export type WorkItem = () => Promise<number>;

/** Where work comes from. `claim` takes at most `room` items of a shop that nobody else may take meanwhile. */
export interface WorkSource {
  due(): Promise<readonly number[]>;
  claim(shopId: number, room: number): Promise<readonly WorkItem[]>;
}

export interface WorkLoopOptions {
  readonly name: string;
  /** Milliseconds between looks when nobody pokes; 500 if not given. */
  readonly pollMs?: number;
  /** Items of one shop that may run at once; 16 if not given. */
  readonly perShop?: number;
  /** Items that may run at once in this process; 64 if not given. */
  readonly inAll?: number;
  readonly report?: Report;
}

/** Takes due work shop by shop, so that a busy shop cannot starve a quiet one, and runs it without waiting for what hangs. */
export class WorkLoop {
  readonly #running = new Map<number, number>();
  readonly #items = new Set<Promise<void>>();
  readonly #perShop: number;
  readonly #inAll: number;
  readonly #pollMs: number;
  #rounds: Promise<unknown> = Promise.resolve();
  #made = 0;
  #failures = 0;
  #failure: unknown;
  #looking: Promise<void> = Promise.resolve();
  #last = 0;
  #started = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;

  constructor(private readonly source: WorkSource, private readonly options: WorkLoopOptions) {
    this.#perShop = options.perShop ?? 16;
    this.#inAll = options.inAll ?? 64;
    this.#pollMs = options.pollMs ?? 500;
  }

  /** Looks for work soon; nothing happens when the loop was not started. */
  poke(): void { this.#schedule(5); }

  start(): void {
    this.#started = true;
    this.#schedule(0);
  }

  /** Takes nothing more and waits for what runs; every item has a time limit of its own. */
  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    // A look that is under way may still claim; what it claims has to be waited for too.
    await this.#looking;
    await Promise.all(this.#items);
  }

  /** Works until nothing is due and nothing runs, or `limit` is reached; answers what was made meanwhile. Rejects when work cannot be claimed. */
  async drain(limit = Infinity): Promise<number> {
    const before = this.#made;
    const failed = this.#failures;
    for (;;) {
      const claimed = await this.#round();
      if (this.#failures > failed) throw this.#failure as Error;
      if (this.#made - before >= limit) await Promise.all(this.#items);
      if (this.#made - before >= limit || (claimed === 0 && this.#items.size === 0)) return this.#made - before;
      if (this.#items.size > 0) await Promise.race(this.#items);
      // Lets everything that settled in this turn free its room, so that the next claim takes many at once.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** One look at a time: whoever looks next sees what this one claimed, so no drain ends while another holds work that is not queued yet. */
  #round(): Promise<number> {
    const round = this.#rounds.then(() => this.#look());
    this.#rounds = round.catch(() => undefined);
    return round;
  }

  async #look(): Promise<number> {
    let claimed = 0;
    const shops = await this.source.due();
    const from = shops.findIndex((shop) => shop > this.#last);
    for (const shop of from > 0 ? [...shops.slice(from), ...shops.slice(0, from)] : shops) {
      const used = this.#running.get(shop) ?? 0;
      const room = Math.min(this.#perShop - used, this.#inAll - this.#items.size);
      if (room <= 0 || used > this.#perShop / 2) continue;
      this.#last = shop;
      this.#take(shop, room);
      try {
        const items = await this.source.claim(shop, room);
        for (const item of items) this.#run(shop, item);
        claimed += items.length;
      } finally { this.#take(shop, -room); }
    }
    return claimed;
  }

  #run(shop: number, item: WorkItem): void {
    this.#take(shop, 1);
    const running = item()
      .then((made) => { this.#made += made; }, (error: unknown) => {
        this.#failures += 1;
        this.#failure = error;
        this.options.report?.(`${this.options.name}: an item could not be settled; it is taken again when its lease ends.`, { shop, error: failureText(error) });
      })
      .then(() => { this.#take(shop, -1); this.#items.delete(running); this.poke(); });
    this.#items.add(running);
  }

  #take(shop: number, count: number): void {
    const now = (this.#running.get(shop) ?? 0) + count;
    if (now === 0) this.#running.delete(shop); else this.#running.set(shop, now);
  }

  #schedule(ms: number): void {
    const at = performance.now() + ms;
    if (!this.#started || this.#timerAt <= at) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.#looking = this.#round().then(() => undefined)
        .catch((error: unknown) => this.options.report?.(`${this.options.name}: due work could not be read.`, { error: failureText(error) }))
        .finally(() => this.#schedule(this.#pollMs));
    }, ms);
    this.#timer.unref();
  }
}
