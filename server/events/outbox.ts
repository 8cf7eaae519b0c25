import type { ShopContext, Unit } from '../plugin-api/index.js';

/** Writes events into the same transaction as their cause; they are delivered after commit, at least once. Implemented in `outbox.service.ts`. */
export interface Outbox {
  /** Names are `<owner>.<word>`: `order.paid`, `interaction-games.wheel-won`. */
  readonly steps: { emit(ctx: ShopContext, name: string, payload: Readonly<Record<string, unknown>>): Unit<void> };
  emit(ctx: ShopContext, name: string, payload: Readonly<Record<string, unknown>>): Promise<void>;
}

export type EventHandler = (ctx: ShopContext, payload: never, meta: { readonly id: string; readonly name: string; readonly at: number; readonly signal: AbortSignal }) => Promise<void>;

/** Somebody who wants events. `enabled` is asked per shop at delivery. Names must be unique; a delivery is recorded per event and consumer. */
export interface Consumer {
  readonly name: string;
  readonly handles: Readonly<Record<string, EventHandler>>;
  enabled(shopId: number): boolean | Promise<boolean>;
  /** Time for one delivery, less than a claim holds (60,000 ms); the dispatcher's if not given. */
  readonly timeoutMs?: number;
  /** Wraps each delivery, e.g. with blame; the time limit is then its business, shorter than the lease. */
  around?(ctx: ShopContext, event: string, run: (stop: { readonly signal: AbortSignal }) => Promise<void>): Promise<void>;
}
export interface Dispatcher {
  register(consumer: Consumer): void;
  unregister(name: string): void;
  /** Delivers everything due now, also what deliveries cause; answers how many deliveries were made. */
  drain(limit?: number): Promise<number>;
  start(): void;
  stop(): Promise<void>;
  /** Delivers soon what is due now. */
  poke(): void;
  /** Of one shop, or of all, which only those who operate the server may see. */
  readonly lag: (ctx?: ShopContext) => Promise<{ readonly waiting: number; readonly oldestMs: number; readonly dead: number }>;
}
