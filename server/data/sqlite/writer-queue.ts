import { AsyncResource } from 'node:async_hooks';
import { GxError, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { busy } from '../database-error.js';
import type { IdempotencyRecord } from '../idempotency-record.js';

/** A generator unit that waits for its commit. Without a context it is the core's own cross-shop statement. */
export interface HotEntry {
  readonly kind: 'hot';
  readonly ctx: ShopContext | undefined;
  readonly make: (ctx: ShopContext) => Unit<unknown>;
  readonly record: IdempotencyRecord | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}
/** An asynchronous unit that wants the connection for itself. */
export interface ExclusiveEntry { readonly kind: 'exclusive'; readonly run: () => Promise<void>; readonly reject: (error: unknown) => void }

/** Units of one commit. */
const GROUP = 64;

/** The one line before the writer: first come, first served; neighbouring hot units share a commit; the event loop breathes between commits. */
export class WriterQueue {
  #entries: (HotEntry | ExclusiveEntry)[] = [];
  #head = 0;
  #busy = false;
  #closed = false;
  #drained: (() => void) | undefined;
  // The pump must not inherit the context of whoever woke it.
  readonly #root = new AsyncResource('GuanxiWriter', { requireManualDestroy: true });

  constructor(private readonly limit: number, private readonly commit: (group: HotEntry[]) => void) {}

  get waiting(): number { return this.#entries.length - this.#head; }

  push(entry: HotEntry | ExclusiveEntry): void {
    if (this.#closed) { entry.reject(new GxError('GX_DATA_CLOSED', 503, 'The database is being closed; the server is stopping.')); return; }
    if (this.waiting >= this.limit) { entry.reject(busy(this.waiting)); return; }
    this.#entries.push(entry);
    if (!this.#busy) this.#wake();
  }

  #wake(): void {
    this.#busy = true;
    this.#root.runInAsyncScope(setImmediate, undefined, this.#turn);
  }

  readonly #turn = (): void => {
    const first = this.#entries[this.#head];
    if (first?.kind === 'exclusive') {
      this.#shift(1);
      void first.run().catch(first.reject).finally(this.#next);
      return;
    }
    let size = 0;
    while (size < GROUP && this.#entries[this.#head + size]?.kind === 'hot') size++;
    if (size > 0) this.commit(this.#shift(size) as HotEntry[]);
    this.#next();
  };

  readonly #next = (): void => {
    if (this.waiting > 0) { this.#wake(); return; }
    this.#busy = false;
    this.#drained?.();
  };

  #shift(count: number): (HotEntry | ExclusiveEntry)[] {
    const taken = this.#entries.slice(this.#head, this.#head + count);
    this.#head += count;
    if (this.#head === this.#entries.length) { this.#entries = []; this.#head = 0; }
    else if (this.#head > 1_024) { this.#entries = this.#entries.slice(this.#head); this.#head = 0; }
    return taken;
  }

  /** Refuses new units and waits for those that are in line. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#busy) await new Promise<void>((resolve) => { this.#drained = resolve; });
  }
}
