import type { DataStore } from '../data/data-store.js';
import type { ContextFor, Report, SystemTime } from '../events/context-for.js';
import { deadlines, type Deadlines } from '../events/deadlines.js';
import { WorkLoop, type WorkItem } from '../events/work-loop.js';
import { conflict, DAY, HOUR, MINUTE, sql, type Clock, type Instant, type Shop, type ShopContext } from '../plugin-api/index.js';
import { nextTime } from './cron-times.js';
import { JobRunner } from './job-runner.js';
import { DUE_OF_SHOP, DUE_UNTIL, ENROL, RUNS, SHOPS_WITH_JOBS } from './job.statements.js';
import type { JobDefinition, Scheduler } from './jobs.js';

export interface SchedulerOptions { readonly systemTime?: SystemTime; readonly report?: Report; readonly pollMs?: number; readonly deadlines?: Deadlines }

const keyOf = (owner: string, name: string): string => `${owner}.${name}`;

/** Runs jobs when the shop's clock says so, once per shop and due time however many nodes there are. */
export class SchedulerService implements Scheduler {
  readonly #jobs = new Map<string, JobDefinition>();
  /** What is known to stand in `job_due`, so that a look at the clock costs no writes. */
  readonly #enrolled = new Set<string>();
  readonly #runner: JobRunner;
  readonly #loop: WorkLoop;
  readonly #systemTime: SystemTime;
  #travel: Promise<unknown> = Promise.resolve();
  #travelling = false;
  #started = false;

  /** `shops` lists every shop whose jobs may run. */
  constructor(private readonly store: DataStore, private readonly clock: Clock, private readonly shops: () => readonly Shop[] | Promise<readonly Shop[]>, private readonly contextFor: ContextFor, options: SchedulerOptions = {}) {
    this.#systemTime = options.systemTime ?? Date.now;
    const report = options.report ? { report: options.report } : {};
    this.#runner = new JobRunner(store, clock, contextFor, { systemTime: this.#systemTime, deadlines: options.deadlines ?? deadlines, ...report });
    this.#loop = new WorkLoop({ due: () => this.#due(), claim: (shopId, room) => this.#claim(shopId, room) }, { name: 'jobs', pollMs: options.pollMs ?? 1_000, perShop: 4, inAll: 16, ...report });
  }

  register(job: JobDefinition): void {
    const key = keyOf(job.owner, job.name);
    if (this.#jobs.has(key)) throw conflict('GX_JOB_TAKEN', `A job named "${key}" is registered already.`);
    nextTime(job.schedule, 'UTC', 0);
    this.#jobs.set(key, job);
  }

  unregister(owner: string): void {
    for (const [key, job] of this.#jobs) if (job.owner === owner) this.#jobs.delete(key);
    this.#enrolled.clear();
  }

  /**
   * Without `advance`: everything due by `until`, each job once. With it: the clock is moved to each due time in turn, so that a job that
   * falls due several times runs several times, and at last to `until`; on a long way a frequent one rests for hours in between, until the
   * last hour. One at a time; the background loop rests meanwhile.
   */
  runDue(until: Instant, advance?: (to: Instant) => Promise<void>): Promise<number> {
    const run = this.#travel.then(async () => {
      this.#travelling = true;
      await this.#loop.stop();
      try { return await this.#runInOrder(until, advance); } finally {
        this.#travelling = false;
        if (this.#started) this.#loop.start();
      }
    });
    this.#travel = run.catch(() => undefined);
    return run;
  }

  async history(ctx: ShopContext, owner?: string): ReturnType<Scheduler['history']> {
    const rows = await this.store.read(ctx, (q) => q.many(RUNS, { owner: owner ?? null }));
    return rows.map((row) => ({ owner: row.owner, name: row.name, startedAt: row.started_at, ms: row.ms, ok: row.ok === 1, error: row.error }));
  }

  start(): void {
    this.#started = true;
    if (!this.#travelling) this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#started = false;
    await this.#loop.stop();
    await this.#travel;
  }

  async #runInOrder(until: Instant, advance?: (to: Instant) => Promise<void>): Promise<number> {
    await this.#enrol();
    const journey = advance && { until, restMs: restOn(until - this.clock.now()) };
    let runs = 0;
    for (;;) {
      const due = await this.store.system.many(DUE_UNTIL, { now: until, system: this.#systemTime() });
      let progressed = false;
      for (const row of due) {
        const job = this.#jobs.get(keyOf(row.owner, row.name));
        if (!job) continue;
        if (advance && row.next_at > this.clock.now()) await advance(row.next_at);
        const run = await this.#runner.claim(row, job, journey);
        if (!run) continue;
        runs += await run();
        progressed = true;
        // The job may be due again before the next of the list is.
        if (advance) break;
      }
      if (!progressed || !advance) break;
    }
    if (advance && until > this.clock.now()) await advance(until);
    return runs;
  }

  async #due(): Promise<readonly number[]> {
    await this.#enrol();
    return (await this.store.system.many(SHOPS_WITH_JOBS, { now: this.clock.now(), system: this.#systemTime() })).map((row) => row.shop);
  }

  async #claim(shopId: number, room: number): Promise<readonly WorkItem[]> {
    const items: WorkItem[] = [];
    for (const row of await this.store.system.many(DUE_OF_SHOP, { tenant: shopId, now: this.clock.now(), system: this.#systemTime() })) {
      if (items.length >= room) break;
      const job = this.#jobs.get(keyOf(row.owner, row.name));
      const run = job && await this.#runner.claim(row, job);
      if (run) items.push(run);
    }
    return items;
  }

  /** Gives every job of every shop a due time; new ones wait for their next time from now. */
  async #enrol(): Promise<void> {
    const now = this.clock.now();
    for (const shop of await this.shops()) {
      const missing = [...this.#jobs.values()].filter((job) => !this.#enrolled.has(enrolment(shop, job)));
      if (missing.length === 0) continue;
      const rows = missing.map((job) => ({ owner: job.owner, name: job.name, schedule: job.schedule, zone: shop.zone, next_at: nextTime(job.schedule, shop.zone, now) }));
      const ctx = await this.contextFor(shop.id, { kind: 'job', name: 'jobs' });
      await this.store.hot(ctx, 'jobs', function* () { for (const row of rows) yield* sql.run(ENROL, row); });
      for (const job of missing) this.#enrolled.add(enrolment(shop, job));
    }
  }
}

/** On a way of hours not more often than every four, of days every twelve: two weeks of a five-minute job are some 40 runs and not 4,000. */
const restOn = (wayMs: number): number => (wayMs <= HOUR ? 0 : (wayMs <= 2 * DAY ? 4 * HOUR : 12 * HOUR) - MINUTE);

const enrolment = (shop: Shop, job: JobDefinition): string => `${shop.id} ${shop.zone} ${keyOf(job.owner, job.name)} ${job.schedule}`;
