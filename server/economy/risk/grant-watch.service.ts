import { DAY, HOUR, newId, sql, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { Outbox } from '../../events/outbox.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { COUNT_HOURS, FIRST_HOUR, FORGET_HOURS, HOURS_BEFORE, HOURS_NOW, INSERT_STOP, RESUMED_SINCE } from './held-statements.js';

/** More than five times the usual of this hour, or more than a fifth to people whose risk asks for a review. */
export const STOP_RULE = { timesUsual: 5, riskyShare: 0.2, /** An activity is never stopped for fewer grants in an hour. */ least: 20, /** Without a week behind it, this is what is usual. */ unknown: 100, riskyFrom: 8_000 } as const;

const hourOf = (at: Instant): Instant => at - (at % HOUR);
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.floor(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
}

/** Counts grants hour by hour beside the hot path, and stops an activity that gives as it never did. */
export class GrantWatchService {
  constructor(private readonly db: Database, private readonly audit: AuditService, private readonly outbox: Outbox) {}

  /** Job: counts this hour and the last, then stops what is out of bounds. Answers the stopped activities. */
  async watch(ctx: ShopContext): Promise<readonly string[]> {
    const hour = hourOf(ctx.now);
    await this.db.hot(ctx, 'grant-watch', function* (): Unit<void> {
      yield* sql.run(COUNT_HOURS, { since: hour - HOUR, risky: STOP_RULE.riskyFrom });
      yield* sql.run(FORGET_HOURS, { before: hour - 60 * DAY });
    });
    const stopped: string[] = [];
    // The last hour too: its last minutes were not looked at before it was over.
    for (const { scope, hour_at, grants, risky } of await this.db.read(ctx, (q) => q.many(HOURS_NOW, { since: hour - HOUR, least: STOP_RULE.least }))) {
      const usual = await this.#usual(ctx, scope, hour_at);
      const rule = grants > STOP_RULE.timesUsual * usual ? 'rate' as const : risky > STOP_RULE.riskyShare * grants ? 'risk' as const : undefined;
      if (rule && await this.#stop(ctx, scope, rule, { grants, usual, risky }, hour_at)) stopped.push(scope);
    }
    return stopped;
  }

  /** What an activity gives at this hour of the day, the median of seven days; days before its first grant do not count. */
  async #usual(ctx: ShopContext, scope: string, hour: Instant): Promise<number> {
    const { before, first } = await this.db.read(ctx, async (q) => ({
      before: await q.many(HOURS_BEFORE, { scope, ...Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`h${n + 1}`, hour - (n + 1) * DAY])) }), first: (await q.one(FIRST_HOUR, { scope }))?.hour_at ?? hour,
    }));
    const days = Array.from({ length: 7 }, (_, n) => hour - (n + 1) * DAY);
    if (first > days[6]!) return STOP_RULE.unknown;
    return Math.max(STOP_RULE.least / STOP_RULE.timesUsual, median(days.map((day) => before.find((row) => row.hour_at === day)?.grants ?? 0)));
  }

  #stop(ctx: ShopContext, scope: string, rule: 'rate' | 'risk', counts: { readonly grants: number; readonly usual: number; readonly risky: number }, hour: Instant): Promise<boolean> {
    const { audit, outbox } = this;
    return this.db.hot(ctx, 'risk', function* (inner): Unit<boolean> {
      // Staff who let it go on have seen this hour's numbers.
      if ((yield* sql.one(RESUMED_SINCE, { scope, since: hour }))!.n > 0) return false;
      if (!(yield* sql.one(INSERT_STOP, { id: newId(), scope, rule, ...counts, now: inner.now }))) return false;
      yield* audit.steps.record(inner, 'grants.stopped', `activity:${scope}`, { rule, ...counts });
      yield* outbox.steps.emit(inner, 'grants.stopped', { scope, rule, ...counts });
      return true;
    });
  }
}
