import { GxError, notFound, sql, statement, type Database, type Instant, type ShopContext } from '../plugin-api/index.js';
import type { SystemTime } from './context-for.js';

export interface DeadLetter { readonly id: string; readonly name: string; readonly at: Instant; readonly consumer: string; readonly attempts: number; readonly error: string | null }

const LIST = statement<{ id: string; name: string; occurred_at: number; consumer: string; attempts: number; last_error: string | null }>(
  `SELECT e.id, e.name, e.occurred_at, d.consumer, d.attempts, d.last_error FROM event_delivery d JOIN outbox_event e ON e.shop_id = d.shop_id AND e.id = d.event_id
   WHERE d.shop_id = :shop AND d.dead = 1 AND e.state = 'dead' ORDER BY e.occurred_at DESC, e.id DESC LIMIT 200`);
const FORGIVE = statement('DELETE FROM event_delivery WHERE shop_id = :shop AND event_id = :id AND dead = 1');
const REVIVE = statement(`UPDATE outbox_event SET state = 'waiting', run_at = :system, attempts = 1 WHERE shop_id = :shop AND id = :id AND state = 'dead'`);

/** What was given up, for the operator's page: look at the error, mend its cause, deliver again. */
export class DeadLettersService {
  /** `poke` is called when something is due again. */
  constructor(private readonly db: Database, private readonly systemTime: SystemTime = Date.now, private readonly poke: () => void = () => undefined) {}

  /** Newest first, at most 200: one entry for each consumer that gave up. */
  async list(ctx: ShopContext): Promise<readonly DeadLetter[]> {
    const rows = await this.db.read(ctx, (q) => q.many(LIST));
    return rows.map((row) => ({ id: row.id, name: row.name, at: row.occurred_at, consumer: row.consumer, attempts: row.attempts, error: row.last_error }));
  }

  /** Delivers again to the consumers that gave up, and to no other. Errors: 404 when the event is not a dead one. */
  async retry(ctx: ShopContext, eventId: string): Promise<void> {
    const system = this.systemTime();
    const revived = await this.db.hot(ctx, `event:${eventId}`, function* () {
      const rows = yield* sql.run(REVIVE, { id: eventId, system });
      if (rows > 0) yield* sql.run(FORGIVE, { id: eventId });
      return rows;
    });
    if (revived === 0) throw notFound('dead event', eventId);
    this.poke();
  }

  /** Delivers all of them again; answers how many. One at a time, so that whoever reads on meanwhile waits for none of it. */
  async retryAll(ctx: ShopContext): Promise<number> {
    const tried = new Set<string>();
    for (;;) {
      const ids = new Set((await this.list(ctx)).map(({ id }) => id).filter((id) => !tried.has(id)));
      if (ids.size === 0) return tried.size;
      for (const id of ids) {
        tried.add(id);
        await this.retry(ctx, id).catch((error: unknown) => { if (!(error instanceof GxError && error.status === 404)) throw error; });
      }
    }
  }
}
