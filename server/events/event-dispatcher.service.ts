import type { DataStore } from '../data/data-store.js';
import { type ContextFor, type Report, type SystemTime } from './context-for.js';
import { deadlines, type Deadlines } from './deadlines.js';
import { EventDelivery, type ClaimedEvent } from './event-delivery.js';
import { CLAIM_EVENTS, EVENT_LAG, SHOP_LAG, SHOPS_WITH_EVENTS } from './event.statements.js';
import type { Consumer, Dispatcher } from './outbox.js';
import type { OutboxService } from './outbox.service.js';
import { WorkLoop, type WorkItem } from './work-loop.js';
import { conflict, newId, type ShopContext } from '../plugin-api/index.js';

export interface DispatcherOptions {
  readonly systemTime?: SystemTime;
  readonly report?: Report;
  readonly pollMs?: number;
  /** Time that one consumer has for one event; 10,000 ms if not given. */
  readonly timeoutMs?: number;
  /** How long a claim holds when the process dies; 60,000 ms if not given. Longer than `timeoutMs`. */
  readonly leaseMs?: number;
  readonly deadlines?: Deadlines;
}

/** Delivers the outbox's events to consumers: after commit, at least once, in no particular order. */
export class EventDispatcher implements Dispatcher {
  readonly #consumers = new Map<string, Consumer>();
  #names: ReadonlySet<string> = new Set();
  readonly #loop: WorkLoop;
  readonly #delivery: EventDelivery;
  readonly #systemTime: SystemTime;
  readonly #leaseMs: number;

  constructor(private readonly store: DataStore, outbox: OutboxService, contextFor: ContextFor, options: DispatcherOptions = {}) {
    this.#systemTime = options.systemTime ?? Date.now;
    this.#leaseMs = options.leaseMs ?? 60_000;
    this.#delivery = new EventDelivery(store, contextFor, {
      systemTime: this.#systemTime, timeoutMs: options.timeoutMs ?? 10_000, deadlines: options.deadlines ?? deadlines, ...(options.report ? { report: options.report } : {}),
    });
    this.#loop = new WorkLoop({ due: () => this.#due(), claim: (shopId, room) => this.#claim(shopId, room) },
      { name: 'events', ...(options.pollMs ? { pollMs: options.pollMs } : {}), ...(options.report ? { report: options.report } : {}) });
    outbox.onEmit(() => this.#loop.poke());
    outbox.hearWith((name) => this.#names.has(name));
  }

  register(consumer: Consumer): void {
    if (this.#consumers.has(consumer.name)) throw conflict('GX_CONSUMER_TAKEN', `A consumer named "${consumer.name}" is registered already. Unregister it first, or use another name.`);
    this.#consumers.set(consumer.name, consumer);
    this.#listNames();
  }
  unregister(name: string): void {
    this.#consumers.delete(name);
    this.#listNames();
  }
  #listNames(): void { this.#names = new Set([...this.#consumers.values()].flatMap(({ handles }) => Object.keys(handles))); }

  drain(limit?: number): Promise<number> { return this.#loop.drain(limit); }
  poke(): void { this.#loop.poke(); }
  start(): void { this.#loop.start(); }
  stop(): Promise<void> { return this.#loop.stop(); }

  readonly lag = async (ctx?: ShopContext): Promise<{ waiting: number; oldestMs: number; dead: number }> => {
    const row = ctx ? await this.store.read(ctx, (q) => q.one(SHOP_LAG)) : (await this.store.system.many(EVENT_LAG))[0];
    return { waiting: row?.waiting ?? 0, oldestMs: row?.oldest ? Math.max(0, this.#systemTime() - row.oldest) : 0, dead: row?.dead ?? 0 };
  };

  async #due(): Promise<readonly number[]> {
    return (await this.store.system.many(SHOPS_WITH_EVENTS, { now: this.#systemTime() })).map((row) => row.shop);
  }

  async #claim(shopId: number, room: number): Promise<readonly WorkItem[]> {
    const now = this.#systemTime();
    const owner = newId();
    const rows = await this.store.system.run(CLAIM_EVENTS, { tenant: shopId, now, until: now + this.#leaseMs, owner, room });
    return rows.map((row): WorkItem => {
      const event: ClaimedEvent = { shopId, id: row.id, name: row.name, payload: row.payload, at: row.occurred_at, attempts: row.attempts, owner };
      return () => this.#delivery.deliver(event, [...this.#consumers.values()].filter((consumer) => Object.hasOwn(consumer.handles, event.name)));
    });
  }
}
