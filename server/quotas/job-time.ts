import type { DataStore } from '../data/data-store.js';
import { NotNow } from '../events/not-now.js';
import { addDays, businessDate, MINUTE, sql, startOfBusinessDate, statement, type Instant, type ShopContext } from '../plugin-api/index.js';
import { overText } from './over-quota.js';

const SPENT = statement<{ day: string; ms: number }>('SELECT day, ms FROM plugin_job_time WHERE shop_id = :shop AND plugin = :plugin');
const SPEND = statement(`INSERT INTO plugin_job_time (shop_id, plugin, day, ms) VALUES (:shop, :plugin, :day, :ms)
  ON CONFLICT (shop_id, plugin) DO UPDATE SET ms = CASE WHEN plugin_job_time.day = excluded.day THEN plugin_job_time.ms + excluded.ms ELSE excluded.ms END, day = excluded.day`);

/** How long each plugin's jobs ran in a shop on its business day: elapsed time, stored, so that it counts over all nodes and restarts. */
export class JobTime {
  constructor(private readonly store: DataStore) {}

  /** Milliseconds of today. */
  async spent(ctx: ShopContext, plugin: string): Promise<number> {
    const row = await this.store.read(ctx, (q) => q.one(SPENT, { plugin }));
    return row?.day === businessDate(ctx.shop, ctx.now) ? row.ms : 0;
  }

  /** When the shop's next business day begins. */
  resetsAt(ctx: ShopContext): Instant { return startOfBusinessDate(ctx.shop, addDays(businessDate(ctx.shop, ctx.now), 1)); }

  /**
   * Runs a job and counts its time. A job that begins within the budget may end beyond it.
   * @throws NotNow when the budget of the day is used up, so that the run is skipped with the reason in the history
   */
  async run(ctx: ShopContext, plugin: string, minutes: number, work: () => Promise<void>): Promise<void> {
    if (await this.spent(ctx, plugin) >= minutes * MINUTE) {
      const waitMs = this.resetsAt(ctx) - ctx.now;
      throw new NotNow('GX_QUOTA', overText(plugin, ctx.shop, 'jobMinutesPerDay', minutes, waitMs), waitMs, { plugin, shop: ctx.shop.key });
    }
    const began = performance.now();
    try { await work(); } finally {
      const ms = Math.ceil(performance.now() - began);
      await this.store.hot(ctx, `job-time:${plugin}`, () => sql.run(SPEND, { plugin, day: businessDate(ctx.shop, ctx.now), ms }));
    }
  }
}
