import { SystemStatement, type DataStore } from '../data/data-store.js';
import { conflict, DAY, newId, sql, statement, type ShopContext } from '../plugin-api/index.js';
import { backoff } from './backoff.js';
import { failureText, type ContextFor, type Report, type SystemTime } from './context-for.js';
import { deadlines, type Deadlines } from './deadlines.js';
import { WorkLoop, type WorkItem } from './work-loop.js';

/** One delivery from outside. `payload` is the parsed body; handlers fold it, so that any order and any number of deliveries agree. */
export interface InboxDelivery {
  readonly source: string; readonly id: string; readonly topic: string; readonly payload: unknown; readonly receivedAt: number; readonly signal: AbortSignal;
}
export type InboxHandler = (ctx: ShopContext, delivery: InboxDelivery) => Promise<void>;

export interface InboxOptions { readonly systemTime?: SystemTime; readonly report?: Report; readonly pollMs?: number; readonly timeoutMs?: number; readonly leaseMs?: number; readonly deadlines?: Deadlines }

const MAX_ATTEMPTS = 10;

const ACCEPT = statement(`INSERT INTO inbox (shop_id, source, delivery_id, topic, payload, received_at, state, run_at, attempts)
  VALUES (:shop, :source, :delivery, :topic, :payload, :received_at, 'waiting', :system, 0) ON CONFLICT (shop_id, source, delivery_id) DO NOTHING`);
const SHOPS_WITH_DELIVERIES = new SystemStatement<{ shop: number }>(`SELECT DISTINCT shop_id AS shop FROM inbox WHERE state = 'waiting' AND run_at <= :now ORDER BY shop_id`);
const PICK = `SELECT i.delivery_id FROM inbox i WHERE i.shop_id = :tenant AND i.source = :source AND i.state = 'waiting' AND i.run_at <= :now ORDER BY i.run_at, i.delivery_id LIMIT :room`;
const claim = (picked: string): string => `UPDATE inbox SET run_at = :until, lease_owner = :owner, attempts = attempts + 1
  WHERE shop_id = :tenant AND source = :source AND state = 'waiting' AND delivery_id IN (${picked}) RETURNING delivery_id, topic, payload, received_at, attempts`;
const CLAIM = new SystemStatement<{ delivery_id: string; topic: string; payload: string | null; received_at: number; attempts: number }>(
  claim(PICK), `WITH picked AS MATERIALIZED (${PICK} FOR UPDATE SKIP LOCKED) ${claim('SELECT picked.delivery_id FROM picked')}`);
const SETTLE = new SystemStatement(`UPDATE inbox SET state = :state, run_at = :run_at, error = :error, lease_owner = NULL
  WHERE shop_id = :tenant AND source = :source AND delivery_id = :delivery AND lease_owner = :owner RETURNING delivery_id`);
const LAG = new SystemStatement<{ waiting: number; dead: number }>(`SELECT CAST((SELECT COUNT(*) FROM inbox WHERE state = 'waiting') AS BIGINT) AS waiting,
  CAST((SELECT COUNT(*) FROM inbox WHERE state = 'dead') AS BIGINT) AS dead`);
const PURGE_BODIES = statement(`UPDATE inbox SET payload = NULL WHERE shop_id = :shop AND state <> 'waiting' AND payload IS NOT NULL AND received_at < :before`);
const PURGE_ROWS = statement(`DELETE FROM inbox WHERE shop_id = :shop AND state <> 'waiting' AND received_at < :before`);

/** Stores deliveries from outside before they are answered, then folds them. */
export class InboxService {
  readonly #handlers = new Map<string, InboxHandler>();
  readonly #loop: WorkLoop;
  readonly #systemTime: SystemTime;
  readonly #deadlines: Deadlines;

  constructor(private readonly store: DataStore, private readonly contextFor: ContextFor, private readonly options: InboxOptions = {}) {
    this.#systemTime = options.systemTime ?? Date.now;
    this.#deadlines = options.deadlines ?? deadlines;
    this.#loop = new WorkLoop({ due: () => this.#due(), claim: (shopId, room) => this.#claim(shopId, room) },
      { name: 'inbox', ...(options.pollMs ? { pollMs: options.pollMs } : {}), ...(options.report ? { report: options.report } : {}) });
  }

  /** Durable when it answers. `seen`: the delivery is stored already, and nothing was written. `payload` is JSON text or a plain value. */
  async accept(ctx: ShopContext, source: string, deliveryId: string, topic: string, payload: unknown): Promise<'new' | 'seen'> {
    const params = { source, delivery: deliveryId, topic, payload: typeof payload === 'string' ? payload : JSON.stringify(payload), received_at: ctx.now, system: this.#systemTime() };
    const rows = await this.store.hot(ctx, `inbox:${source}:${deliveryId}`, () => sql.run(ACCEPT, params));
    if (rows === 0) return 'seen';
    this.#loop.poke();
    return 'new';
  }

  /** Who folds the deliveries of a source. Deliveries of a source without a handler wait. */
  register(source: string, handler: InboxHandler): void {
    if (this.#handlers.has(source)) throw conflict('GX_INBOX_TAKEN', `Deliveries of "${source}" have a handler already.`);
    this.#handlers.set(source, handler);
  }
  unregister(source: string): void { this.#handlers.delete(source); }

  /** Folds everything due now; answers how many deliveries were folded. */
  process(): Promise<number> { return this.#loop.drain(); }
  start(): void { this.#loop.start(); }
  stop(): Promise<void> { return this.#loop.stop(); }
  async lag(): Promise<{ waiting: number; dead: number }> { return (await this.store.system.many(LAG))[0] ?? { waiting: 0, dead: 0 }; }

  /** Bodies go after 7 days, rows after 30; what still waits stays. */
  purge(ctx: ShopContext): Promise<{ bodies: number; rows: number }> {
    return this.store.hot(ctx, 'inbox:purge', function* () {
      const rows = yield* sql.run(PURGE_ROWS, { before: ctx.now - 30 * DAY });
      return { rows, bodies: yield* sql.run(PURGE_BODIES, { before: ctx.now - 7 * DAY }) };
    });
  }

  async #due(): Promise<readonly number[]> {
    return this.#handlers.size === 0 ? [] : (await this.store.system.many(SHOPS_WITH_DELIVERIES, { now: this.#systemTime() })).map((row) => row.shop);
  }

  async #claim(shopId: number, room: number): Promise<readonly WorkItem[]> {
    const items: WorkItem[] = [];
    for (const [source, handler] of this.#handlers) {
      if (items.length >= room) break;
      const now = this.#systemTime();
      const owner = newId();
      const rows = await this.store.system.run(CLAIM, { tenant: shopId, source, now, until: now + (this.options.leaseMs ?? 60_000), owner, room: room - items.length });
      for (const row of rows) items.push(() => this.#fold(shopId, source, owner, handler, row));
    }
    return items;
  }

  async #fold(shopId: number, source: string, owner: string, handler: InboxHandler, row: (typeof CLAIM)['row']): Promise<number> {
    let error: string | null = null;
    try {
      const ctx = await this.contextFor(shopId, { kind: 'platform', source });
      await this.#deadlines.run(this.options.timeoutMs ?? 30_000, `Folding ${source} ${row.topic}`, ({ signal }) =>
        handler(ctx, { source, id: row.delivery_id, topic: row.topic, payload: row.payload === null ? null : JSON.parse(row.payload) as unknown, receivedAt: row.received_at, signal }));
    } catch (failure) {
      error = failureText(failure);
      this.options.report?.('A delivery could not be folded.', { shop: shopId, source, delivery: row.delivery_id, topic: row.topic, attempts: row.attempts, error });
    }
    const state = error === null ? 'done' : row.attempts >= MAX_ATTEMPTS ? 'dead' : 'waiting';
    await this.store.system.run(SETTLE, { tenant: shopId, source, delivery: row.delivery_id, owner, state, error, run_at: this.#systemTime() + (state === 'waiting' ? backoff(row.attempts) : 0) });
    return error === null ? 1 : 0;
  }
}
