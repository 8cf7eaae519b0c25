import type { DataStore } from '../data/data-store.js';
import { failureText, type ContextFor, type Report, type SystemTime } from '../events/context-for.js';
import type { Deadlines } from '../events/deadlines.js';
import { NotNow } from '../events/not-now.js';
import { HOUR, newId, sql, type Clock, type Instant, type ShopContext } from '../plugin-api/index.js';
import { nextTime } from './cron-times.js';
import { CLAIM_JOB, RECORD_RUN, RELEASE_JOB, SETTLE_JOB, TRIM_RUNS, type DueJob } from './job.statements.js';
import type { JobDefinition } from './jobs.js';

/** Beyond the job's own time limit, so that a lease never ends under a running job. */
const LEASE_MARGIN = 30_000;

export interface RunnerOptions { readonly systemTime: SystemTime; readonly deadlines: Deadlines; readonly report?: Report }

/** A clock that is moved on to `until`. On a long way a frequent job rests in between, as it would after an outage, and runs each time in the last hour. */
export interface Journey { readonly until: Instant; readonly restMs: number }

function nextOn(journey: Journey | undefined, { schedule, zone }: DueJob, after: Instant): Instant {
  if (!journey) return nextTime(schedule, zone, after);
  const lastHour = journey.until - HOUR, rested = nextTime(schedule, zone, after + journey.restMs);
  return rested <= lastHour ? rested : nextTime(schedule, zone, Math.max(after, lastHour - 1));
}

/** Claims one due job of one shop, runs it within its time and writes down how it went. */
export class JobRunner {
  constructor(private readonly store: DataStore, private readonly clock: Clock, private readonly contextFor: ContextFor, private readonly options: RunnerOptions) {}

  /** The run, or undefined when somebody else has taken it. */
  async claim(due: DueJob, job: JobDefinition, journey?: Journey): Promise<(() => Promise<number>) | undefined> {
    const system = this.options.systemTime();
    const holder = newId();
    const taken = await this.store.system.run(CLAIM_JOB, {
      tenant: due.shop, owner: due.owner, name: due.name, due: due.next_at, system, holder, until: system + (job.timeoutMs ?? 60_000) + LEASE_MARGIN,
    });
    return taken.length === 1 ? () => this.#run(due, job, holder, journey) : undefined;
  }

  async #run(due: DueJob, job: JobDefinition, holder: string, journey?: Journey): Promise<number> {
    const startedAt = this.clock.now();
    // However many times were missed, the next one lies in the future: missed runs collapse to this one.
    const next = nextOn(journey, due, Math.max(startedAt, due.next_at));
    const place = { owner: due.owner, name: due.name, due: due.next_at, holder, next_at: next };
    let ctx: ShopContext;
    try {
      ctx = await this.contextFor(due.shop, { kind: 'job', name: `${job.owner}.${job.name}` });
      if (!await job.enabled(due.shop)) { await this.#release(due.shop, place); return 0; }
    } catch (error) {
      this.options.report?.('A job could not be prepared; it runs at its next time.', { shop: due.shop, job: `${job.owner}.${job.name}`, error: failureText(error) });
      await this.#release(due.shop, place);
      return 0;
    }
    const began = performance.now();
    const error = await this.#attempt(ctx, job);
    const run = { id: newId(), owner: due.owner, name: due.name, due: due.next_at, started_at: startedAt, ms: Math.round(performance.now() - began), ok: error === null ? 1 : 0, error };
    await this.store.hot(ctx, `job:${due.owner}.${due.name}`, function* () {
      yield* sql.run(SETTLE_JOB, place);
      yield* sql.run(RECORD_RUN, run);
      yield* sql.run(TRIM_RUNS, { owner: due.owner, name: due.name });
    });
    return 1;
  }

  async #attempt(ctx: ShopContext, job: JobDefinition): Promise<string | null> {
    const name = `${job.owner}.${job.name}`;
    try {
      const run = ({ signal }: { readonly signal: AbortSignal }): Promise<void> => job.run(ctx, signal);
      await (job.around ? job.around(ctx, job.name, run) : this.options.deadlines.run(job.timeoutMs ?? 60_000, `Job ${name}`, run));
      return null;
    } catch (failure) {
      if (failure instanceof NotNow) return `Skipped: ${failure.message}`;
      const error = failureText(failure);
      this.options.report?.('A job failed; it runs again at its next time.', { shop: ctx.shop.id, job: name, error });
      return error;
    }
  }

  async #release(shopId: number, place: { owner: string; name: string; due: number; holder: string; next_at: number }): Promise<void> {
    await this.store.system.run(RELEASE_JOB, { tenant: shopId, ...place });
  }
}
