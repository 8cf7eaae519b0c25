import { DAY, GxError, newId, sql, statement, type Database, type ShopContext, type Unit } from '../plugin-api/index.js';
import type { SystemTime } from './context-for.js';
import type { Outbox } from './outbox.js';

const INSERT = statement(`INSERT INTO outbox_event (shop_id, id, name, payload, occurred_at, created_at, state, run_at, attempts)
  VALUES (:shop, :id, :name, :payload, :occurred_at, :system, 'waiting', :system, 0)`);
const PURGE_DELIVERIES = statement(`DELETE FROM event_delivery WHERE shop_id = :shop AND event_id IN
  (SELECT e.id FROM outbox_event e WHERE e.shop_id = :shop AND e.state = 'done' AND e.created_at < :before)`);
const PURGE_EVENTS = statement(`DELETE FROM outbox_event WHERE shop_id = :shop AND state = 'done' AND created_at < :before`);

type Payload = Readonly<Record<string, unknown>>;

/** Writes events beside their cause, one insert each. */
export class OutboxService implements Outbox {
  readonly #listeners: (() => void)[] = [];
  #heard: (name: string) => boolean = () => true;
  readonly steps = { emit: (ctx: ShopContext, name: string, payload: Payload): Unit<void> => this.#insert(ctx, name, payload) };

  constructor(private readonly db: Database, private readonly systemTime: SystemTime = Date.now) {}

  emit(ctx: ShopContext, name: string, payload: Payload): Promise<void> {
    return this.db.hot(ctx, `outbox:${name}`, (inner) => this.#insert(inner, name, payload));
  }

  /** Called whenever an event was written; its transaction may still be open. */
  onEmit(listener: () => void): void { this.#listeners.push(listener); }

  /**
   * Who knows whether anybody in this process handles an event. One that nobody handles leaves no row: there is nobody to deliver it to, and
   * each play of a crowd would pay for it. All nodes run the same plugins, so the answer is the same everywhere.
   */
  hearWith(heard: (name: string) => boolean): void { this.#heard = heard; }

  /** Removes delivered events after a week; dead ones stay until somebody has looked at them. */
  purge(ctx: ShopContext): Promise<number> {
    const before = this.systemTime() - 7 * DAY;
    return this.db.hot(ctx, 'outbox:purge', function* () {
      yield* sql.run(PURGE_DELIVERIES, { before });
      return yield* sql.run(PURGE_EVENTS, { before });
    });
  }

  *#insert(ctx: ShopContext, name: string, payload: Payload): Unit<void> {
    if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9.-]*$/.test(name)) throw new GxError('GX_EVENT_NAME', 500, `"${name}" is not an event's name. Use <owner>.<word> in lower case, for example order.paid.`);
    if (!this.#heard(name)) return;
    yield* sql.run(INSERT, { id: newId(), name, payload: JSON.stringify(payload), occurred_at: ctx.now, system: this.systemTime() });
    for (const listener of this.#listeners) listener();
  }
}
