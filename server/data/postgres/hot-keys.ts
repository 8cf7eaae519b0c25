import { GxError, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { busy } from '../database-error.js';
import type { IdempotencyRecord } from '../idempotency-record.js';

export interface HotUnit {
  readonly ctx: ShopContext;
  readonly make: (ctx: ShopContext) => Unit<unknown>;
  readonly record: IdempotencyRecord | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Units of one commit. */
const GROUP = 64;

/** One line per hot row: its transactions follow each other instead of waiting for each other's locks, and what gathers meanwhile shares a commit. */
export class HotKeys {
  readonly #lines = new Map<string, HotUnit[]>();
  #waiting = 0;
  #closed = false;
  #drained: (() => void) | undefined;

  constructor(private readonly limit: number, private readonly commit: (group: readonly HotUnit[]) => Promise<void>) {}

  get waiting(): number { return this.#waiting; }

  push(key: string, unit: HotUnit): void {
    if (this.#closed) { unit.reject(new GxError('GX_DATA_CLOSED', 503, 'The database is being closed; the server is stopping.')); return; }
    if (this.#waiting >= this.limit) { unit.reject(busy(this.#waiting)); return; }
    this.#waiting += 1;
    const line = this.#lines.get(key);
    if (line) { line.push(unit); return; }
    const started = [unit];
    this.#lines.set(key, started);
    void this.#work(key, started);
  }

  async #work(key: string, line: HotUnit[]): Promise<void> {
    // Requests of one turn of the event loop travel together.
    await new Promise(setImmediate);
    while (line.length > 0) {
      const group = line.splice(0, GROUP);
      this.#waiting -= group.length;
      await this.commit(group);
    }
    this.#lines.delete(key);
    if (this.#lines.size === 0) this.#drained?.();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#lines.size > 0) await new Promise<void>((resolve) => { this.#drained = resolve; });
  }
}
