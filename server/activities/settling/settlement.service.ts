import { DAY, GxError, type Database, type ShopContext } from '../../plugin-api/index.js';
import type { JobDefinition } from '../../jobs/jobs.js';
import type { ActivitiesService } from '../activities.service.js';
import { LONG_SETTLED, OVER } from '../activity.statements.js';
import { SETTLEMENT, type Settlement } from './settle.js';

/** Records stay in sight at least two years; then they are archived, never removed. */
export const RECORDS_KEPT = 731 * DAY;

const isConflict = (error: unknown): boolean => error instanceof GxError && error.status === 409;

/** What activities came to. */
export class SettlementService {
  constructor(private readonly db: Database, private readonly activities: ActivitiesService) {}

  /** Undefined before it is settled. */
  async of(ctx: ShopContext, activityId: string): Promise<Settlement | undefined> {
    const row = await this.db.read(ctx, (q) => q.one(SETTLEMENT, { activity: activityId }));
    return row && { at: row.at, figures: JSON.parse(row.figures) as Settlement['figures'], returned: JSON.parse(row.returned) as Settlement['returned'] };
  }

  /** Settles what is over, unless its module is not there to count, and archives what was settled two years ago. */
  async settleDue(ctx: ShopContext, signal?: AbortSignal): Promise<void> {
    const { over, old } = await this.db.read(ctx, async (q) => ({ over: await q.many(OVER, { now: ctx.now }), old: await q.many(LONG_SETTLED, { before: ctx.now - RECORDS_KEPT }) }));
    const due = [...over.filter(({ type }) => this.activities.types.find(type)).map(({ id }) => [id, 'settle'] as const), ...old.map(({ id }) => [id, 'archive'] as const)];
    const failed: unknown[] = [];
    for (const [id, action] of due) {
      signal?.throwIfAborted();
      // One that cannot be settled yet, or that staff settle in this moment, must not keep the others waiting.
      await this.activities.transition(ctx, id, action).catch((error: unknown) => { if (!isConflict(error)) failed.push(error); });
    }
    if (failed.length > 0) throw failed[0];
  }

  readonly job: JobDefinition = { owner: 'core', name: 'activities-settle', schedule: '27 * * * *', enabled: () => true, run: (ctx, signal) => this.settleDue(ctx, signal) };
}
