import { conflict, type ActivityChange, type ShopContext } from '../../plugin-api/index.js';
import { stateAt, type ActivityRow } from '../activity-row.js';
import { endPassed, type ActivityTypes } from '../activity-types.js';
import { changesBetween, type Rules } from './live-change.js';

/** What a published row would become, and how that differs. Errors: 409 `GX_ACTIVITY_STATE` when it is a draft or over; 422 `GX_INVALID`. */
export function revised(ctx: ShopContext, row: ActivityRow, change: Partial<Rules>, types: ActivityTypes): { readonly changes: readonly ActivityChange[]; readonly next: ActivityRow } {
  const state = stateAt(row, ctx.now);
  if (state !== 'scheduled' && state !== 'live' && state !== 'paused') {
    throw conflict('GX_ACTIVITY_STATE', `This activity is ${state}, so there are no published rules to improve. ${row.state === 'draft' ? 'Edit the draft.' : 'Make a copy.'}`, { state });
  }
  const before = { config: JSON.parse(row.config) as unknown, endsAt: row.ends_at };
  const after = { ...before, ...change };
  if (after.endsAt !== null && after.endsAt <= ctx.now) throw endPassed(ctx.locale);
  const { config } = types.check(row.type, ctx.locale, { title: row.title, config: after.config, startsAt: row.starts_at, endsAt: after.endsAt });
  return {
    changes: changesBetween(types.find(row.type)?.definition, before, { config: JSON.parse(config), endsAt: after.endsAt }, ctx.shop.zone),
    next: { ...row, config, ends_at: after.endsAt, version: row.version + 1 },
  };
}
