import type { DataStore } from '../data/data-store.js';
import { sql, type ShopContext, type Unit } from '../plugin-api/index.js';
import { backoff } from './backoff.js';
import { failureText, type ContextFor, type Report, type SystemTime } from './context-for.js';
import type { Deadlines } from './deadlines.js';
import { DELIVERIES, POSTPONE_EVENT, RECORD_DELIVERY, RETURN_EVENT, SETTLE_EVENT } from './event.statements.js';
import { NotNow } from './not-now.js';
import type { Consumer } from './outbox.js';

/** A consumer that failed this often gets the event no more. */
export const MAX_ATTEMPTS = 10;
/** An event that was not tried is not looked at again sooner, in milliseconds. */
const RETURN_MS = 100;
/** An event claimed this often without being settled takes its process down with it. */
const MAX_CLAIMS = 3 * MAX_ATTEMPTS;

export interface ClaimedEvent {
  readonly shopId: number; readonly id: string; readonly name: string; readonly payload: string; readonly at: number;
  /** Times it was claimed, this one included. */
  readonly attempts: number;
  readonly owner: string;
}
interface Outcome { readonly consumer: string; readonly attempts: number; readonly error: string | null; readonly skipped: boolean; /** Milliseconds until it may be tried, when it was not tried at all. */ readonly waitMs?: number }
interface DeliveryOptions { readonly systemTime: SystemTime; readonly timeoutMs: number; readonly deadlines: Deadlines; readonly report?: Report }

const isDead = (outcome: Outcome): boolean => outcome.error !== null && outcome.attempts >= MAX_ATTEMPTS;

/** Brings one claimed event to the consumers that do not have it yet, and settles it. */
export class EventDelivery {
  constructor(private readonly store: DataStore, private readonly contextFor: ContextFor, private readonly options: DeliveryOptions) {}

  /** Answers how many deliveries succeeded. Consumers run side by side: none waits for another, and a failure is retried for itself alone. */
  async deliver(event: ClaimedEvent, consumers: readonly Consumer[]): Promise<number> {
    let ctx: ShopContext;
    try { ctx = await this.contextFor(event.shopId, { kind: 'job', name: 'events' }); } catch (error) { return this.#postpone(event, error); }
    const prior = new Map((event.attempts > 1 ? await this.store.read(ctx, (q) => q.many(DELIVERIES, { event: event.id })) : []).map((row) => [row.consumer, row]));
    const gone = event.attempts > MAX_CLAIMS;
    const open = gone ? [] : consumers.filter((consumer) => { const row = prior.get(consumer.name); return !row || (row.done_at === null && row.dead === 0); });
    const alone = open.length === 1;
    const outcomes = await Promise.all(open.map(async (consumer) => {
      const outcome = await this.#attempt(event, consumer, (prior.get(consumer.name)?.attempts ?? 0) + 1);
      if (!alone && !outcome.skipped) await this.store.hot(ctx, `event:${event.id}`, () => this.#record(event, outcome));
      return outcome;
    }));
    const dead = gone || [...prior.values()].some((row) => row.dead === 1) || outcomes.some(isDead);
    const retry = outcomes.filter((outcome) => outcome.error !== null && !isDead(outcome));
    const now = this.options.systemTime();
    const waits = outcomes.flatMap(({ waitMs }) => (waitMs === undefined ? [] : [waitMs]));
    const settled = { id: event.id, owner: event.owner, state: retry.length > 0 ? 'waiting' : dead ? 'dead' : 'done', run_at: retry.length > 0 ? now + Math.min(...retry.map((outcome) => backoff(outcome.attempts))) : now };
    const record = (outcome: Outcome): Unit<void> => this.#record(event, outcome);
    await this.store.hot(ctx, `event:${event.id}`, function* () {
      for (const outcome of alone ? outcomes : []) if (!outcome.skipped) yield* record(outcome);
      // Untried is not failed: the event waits for whoever rests now, or for whoever failed, whichever is sooner.
      if (waits.length > 0 && retry.length === 0) yield* sql.run(RETURN_EVENT, { id: event.id, owner: event.owner, run_at: now + Math.ceil(Math.max(RETURN_MS, Math.min(...waits))) });
      else yield* sql.run(SETTLE_EVENT, settled);
    });
    return outcomes.filter((outcome) => outcome.error === null && !outcome.skipped).length;
  }

  async #attempt(event: ClaimedEvent, consumer: Consumer, attempts: number): Promise<Outcome> {
    const outcome = { consumer: consumer.name, attempts, error: null, skipped: false };
    try {
      if (!await consumer.enabled(event.shopId)) return { ...outcome, skipped: true };
      const ctx = await this.contextFor(event.shopId, { kind: 'job', name: consumer.name });
      const handler = consumer.handles[event.name];
      const run = (stop: { readonly signal: AbortSignal }): Promise<void> => handler?.(ctx, JSON.parse(event.payload) as never, { id: event.id, name: event.name, at: event.at, get signal() { return stop.signal; } }) ?? Promise.resolve();
      await (consumer.around ? consumer.around(ctx, event.name, run) : this.options.deadlines.run(consumer.timeoutMs ?? this.options.timeoutMs, `Consumer "${consumer.name}" of event ${event.name}`, run));
      return outcome;
    } catch (error) {
      if (error instanceof NotNow) return { ...outcome, skipped: true, waitMs: error.waitMs };
      const failed = { ...outcome, error: failureText(error) };
      this.options.report?.(isDead(failed) ? 'A consumer failed too often; the event is given up for it.' : 'A consumer failed; the event is delivered to it again later.',
        { shop: event.shopId, event: event.name, id: event.id, consumer: consumer.name, attempts, error: failed.error });
      return failed;
    }
  }

  *#record(event: ClaimedEvent, outcome: Outcome): Unit<void> {
    yield* sql.run(RECORD_DELIVERY, {
      event: event.id, consumer: outcome.consumer, attempts: outcome.attempts, error: outcome.error,
      done_at: outcome.error === null ? this.options.systemTime() : null, dead: isDead(outcome) ? 1 : 0,
    });
  }

  async #postpone(event: ClaimedEvent, error: unknown): Promise<number> {
    this.options.report?.('An event could not be delivered because its shop has no context.', { shop: event.shopId, event: event.name, id: event.id, error: failureText(error) });
    await this.store.system.run(POSTPONE_EVENT, {
      tenant: event.shopId, id: event.id, owner: event.owner,
      state: event.attempts >= MAX_ATTEMPTS ? 'dead' : 'waiting', run_at: this.options.systemTime() + backoff(event.attempts),
    });
    return 0;
  }
}
