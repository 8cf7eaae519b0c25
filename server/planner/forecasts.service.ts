import { actorName, addDays, conflict, notFound, not, type BusinessDate, type Database, type Instant, type Page, type PageRequest, type ShopContext } from '../plugin-api/index.js';
import type { EconomyReportService } from '../economy/economy-report.service.js';
import type { AuditService } from '../privacy/audit.service.js';
import { PlanForecast, type ForecastOutcome } from './entities/plan-forecast.entity.js';
import { historyOf, MOST_MEMBERS } from './mix/history.js';
import { todayOf } from './mix/read-mix.js';
import { planOf } from './mix/plan-of.js';
import { tried, type WhatIf } from './mix/what-if.js';
import { mixHash, type PlannerService } from './planner.service.js';
import { ILLUSTRATION } from './simulation/illustration.js';
import type { Plan } from './simulation/plan.js';
import { simulateInThread, type SimulationRun } from './simulation/simulation-thread.js';

/** Forecasts that are not kept; older ones go. */
const RECENT = 10;
const TELL_MS = 200;
/** A run whose process has not been heard of for so long is over. */
const DEAD_MS = 60_000;

export interface ForecastWish { readonly days: number; readonly drafts: boolean; readonly members?: number | undefined; readonly seed?: number | undefined; readonly population: 'history' | 'synthetic'; readonly whatIf: WhatIf }
export interface ActualDay { readonly date: BusinessDate; readonly issued: number; readonly burned: number; readonly expired: number; /** Minor units. */ readonly sales: number }

export interface ForecastParts { readonly db: Database; readonly audit: AuditService; readonly planner: PlannerService; readonly reports: EconomyReportService; /** What was sold, day by day. */ readonly sales: (ctx: ShopContext, from: BusinessDate, to: BusinessDate) => Promise<readonly { readonly date: BusinessDate; readonly revenue: number }[]>; /** System time. */ readonly now: () => Instant; readonly report: (error: unknown, what: string) => void }

/** Simulations of the shop's mix: started, watched, cancelled, kept, and later held against what really happened. */
export class ForecastsService {
  readonly #runs = new Map<string, SimulationRun>();
  readonly #ends = new Set<Promise<void>>();

  constructor(private readonly parts: ForecastParts) {}

  /** Starts a run over three plans: the mix as it is, with what is tried out, and the default pack. Errors: 409 `GX_PLAN_RUNNING`. */
  async start(ctx: ShopContext, wish: ForecastWish): Promise<PlanForecast> {
    const { db, planner, audit } = this.parts;
    const today = todayOf(ctx);
    const assumptions = await planner.assumptions(ctx);
    const history = wish.population === 'history' ? await historyOf(db, ctx, today, Math.min(wish.days, 365), assumptions.conversion) : undefined;
    const mix = await planner.mix(ctx, { drafts: wish.drafts, members: history?.members ?? wish.members, days: wish.days });
    const members = Math.min(mix.members, MOST_MEMBERS);
    const population = { members, days: wish.days, seed: wish.seed ?? 1, ...(history ? { replay: history.replay } : {}) };
    const now = planOf(mix, population, assumptions);
    const plans = [now, tried(now, wish.whatIf), { ...ILLUSTRATION.default, ...population, assumptions }];
    const row = await db.write(ctx, async (unit, inner) => {
      for (const open of await unit.find(PlanForecast, { state: 'running' })) {
        if (this.parts.now() - open.aliveAt < DEAD_MS) throw conflict('GX_PLAN_RUNNING', 'A simulation of this shop is running already. Wait for it, or cancel it.', { id: open.id });
        await unit.update(PlanForecast, { id: open.id }, { state: 'failed', error: 'The server was restarted.' });
      }
      const old = await unit.find(PlanForecast, { kept: false, state: not('running') }, { order: { createdAt: 'desc' }, limit: 200 });
      for (const each of old.slice(RECENT - 1)) await unit.delete(PlanForecast, { id: each.id });
      const made = await unit.insert(PlanForecast, {
        name: '', state: 'running', kept: false, done: 0, total: members * plans.length, fromDate: today, days: wish.days, members, replayed: history !== undefined, drafts: wish.drafts,
        whatIf: wish.whatIf, mixHash: mixHash(mix), startedBy: actorName(inner.actor), aliveAt: this.parts.now(),
      });
      await unit.steps(audit.steps.record(inner, 'planner.simulate', `forecast:${made.id}`, { days: wish.days, members }));
      return made;
    });
    const end = this.#run(ctx, row.id, plans).catch((error: unknown) => { this.parts.report(error, 'a simulation could not be stored'); }).finally(() => { this.#ends.delete(end); });
    this.#ends.add(end);
    return row;
  }

  async #run(outer: ShopContext, id: string, plans: readonly Plan[]): Promise<void> {
    const { db, now } = this.parts;
    // Its own work: it goes on after the request that asked for it.
    const ctx: ShopContext = { shop: outer.shop, actor: outer.actor, locale: outer.locale, now: outer.now };
    let told = 0, storing: Promise<void> = Promise.resolve();
    const tell = (done: number): void => {
      if (now() - told < TELL_MS) return;
      told = now();
      // Somebody may have cancelled it on another node: then there is no running row any more.
      storing = storing.then(() => db.write(ctx, (unit) => unit.update(PlanForecast, { id, state: 'running' }, { done, aliveAt: now() }))).then((rows) => { if (rows === 0) run.cancel(); });
      storing.catch(() => { run.cancel(); });
    };
    const run = simulateInThread(plans, tell);
    this.#runs.set(id, run);
    try {
      const [current, other, pack] = await run.outcomes;
      await storing;
      const outcome: ForecastOutcome = { now: current!, tried: other!, pack: pack! };
      await db.write(ctx, (unit) => unit.update(PlanForecast, { id, state: 'running' }, { state: 'done', done: plans.length * plans[0]!.members, outcome }));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await db.write(ctx, (unit) => unit.update(PlanForecast, { id, state: 'running' }, { state: 'failed', error: why.slice(0, 1_000) }));
    } finally { this.#runs.delete(id); }
  }

  async get(ctx: ShopContext, id: string): Promise<PlanForecast> {
    const row = await this.parts.db.read(ctx, (q) => q.findOne(PlanForecast, { id }));
    if (!row) throw notFound('forecast', id);
    return row;
  }

  /** Newest first; without what came of them. */
  async list(ctx: ShopContext, request: PageRequest): Promise<Page<Omit<PlanForecast, 'outcome'>>> {
    return this.parts.db.read(ctx, (q) => q.page(PlanForecast, {}, { by: 'createdAt', direction: 'desc' }, request));
  }

  async cancel(ctx: ShopContext, id: string): Promise<PlanForecast> {
    await this.get(ctx, id);
    await this.parts.db.write(ctx, (unit) => unit.update(PlanForecast, { id, state: 'running' }, { state: 'cancelled' }));
    this.#runs.get(id)?.cancel();
    return this.get(ctx, id);
  }

  /** Keeps a finished forecast under a name, to hold it against what happens. Errors: 409 `GX_PLAN_UNFINISHED`. */
  keep(ctx: ShopContext, id: string, name: string): Promise<PlanForecast> {
    return this.parts.db.write(ctx, async (unit, inner) => {
      const row = await unit.findOne(PlanForecast, { id });
      if (!row) throw notFound('forecast', id);
      if (row.state !== 'done') throw conflict('GX_PLAN_UNFINISHED', 'Only a simulation that has finished can be kept.', { state: row.state });
      await unit.update(PlanForecast, { id }, { kept: true, name });
      await unit.steps(this.parts.audit.steps.record(inner, 'planner.keep', `forecast:${id}`, { name }));
      return (await unit.findOne(PlanForecast, { id }))!;
    });
  }

  async remove(ctx: ShopContext, id: string): Promise<void> {
    await this.cancel(ctx, id);
    await this.parts.db.write(ctx, async (unit, inner) => {
      await unit.delete(PlanForecast, { id });
      await unit.steps(this.parts.audit.steps.record(inner, 'planner.remove', `forecast:${id}`));
    });
  }

  /** What the ledger and the orders say of the forecast's days, as far as they have passed. Spent points that came back do not count as burned. */
  async actual(ctx: ShopContext, { fromDate, days }: Pick<PlanForecast, 'fromDate' | 'days'>): Promise<readonly ActualDay[]> {
    const today = todayOf(ctx), last = addDays(fromDate, days - 1);
    if (fromDate > today) return [];
    const to = last < today ? last : today;
    const [found, sold] = await Promise.all([this.parts.reports.daily(ctx, fromDate, to), this.parts.sales(ctx, fromDate, to)]);
    const sales = new Map(sold.map(({ date, revenue }) => [date, revenue]));
    return found.map(({ date, issued, spent, returned, expired }) => ({ date, issued, burned: Math.max(0, spent - returned), expired, sales: sales.get(date) ?? 0 }));
  }

  /** Ends what runs; the rows say so. */
  async stop(): Promise<void> {
    for (const run of this.#runs.values()) run.cancel();
    await Promise.all(this.#ends);
  }
}
