import { actorName, conflict, type Activity, type ShopContext, type WriteUnit } from '../plugin-api/index.js';
import type { AuditService } from '../privacy/audit.service.js';
import { activityOf, rulesHash, type ActivityRow } from './activity-row.js';
import { KEEP_VERSION, MOVE } from './activity.statements.js';

export const changed = (): never => { throw conflict('GX_ACTIVITY_CHANGED', 'Somebody else has just changed this activity. Reload it and try again.'); };

/** Stores what a row became, as a version and in the audit. Errors: 409 `GX_ACTIVITY_CHANGED` when `before` is no longer what is stored. */
export async function keepVersion(unit: WriteUnit, audit: AuditService, ctx: ShopContext, before: ActivityRow, next: ActivityRow, change: string, detail: Readonly<Record<string, unknown>> = {}): Promise<Activity> {
  const after = { ...next, rules_hash: rulesHash(next) };
  const { id, version, config, notice } = after;
  const rows = await unit.run(MOVE, {
    id, version: before.version, state: after.state, starts_at: after.starts_at, ends_at: after.ends_at, config, notice, published_at: after.published_at, rules_hash: after.rules_hash,
    checked_at: after.checked_at, settled_at: after.settled_at, archived_at: after.archived_at, now: ctx.now,
  });
  if (rows === 0) changed();
  const activity = activityOf<Activity['config']>(after, ctx.now);
  await unit.run(KEEP_VERSION, { id, version, now: ctx.now, actor: actorName(ctx.actor), change, rules_hash: after.rules_hash, snapshot: JSON.stringify(activity) });
  await unit.steps(audit.steps.record(ctx, `activity.${change}`, `activity:${id}`, { version, rulesHash: after.rules_hash, ...(activity.notice ? { notice: activity.notice } : {}), ...detail }));
  return activity;
}
