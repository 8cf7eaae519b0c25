import { conflict, type ActivityAction, type ActivityState, type Instant, type Locale, type Localised } from '../plugin-api/index.js';
import { endPassed } from './activity-types.js';
import { stateAt, type ActivityRow, type StoredState } from './activity-row.js';

/** Every state and what can be done in it. Publishing a draft checks it first, so nothing gets past the check. */
export const ALLOWED: Readonly<Record<ActivityState, readonly ActivityAction[]>> = {
  draft: ['check', 'publish'], checked: ['publish'], scheduled: ['pause', 'end'], live: ['pause', 'end'], paused: ['resume', 'end'], ended: ['settle'], settled: ['archive'], archived: [],
};
const STORED: Readonly<Record<ActivityAction, StoredState>> = { check: 'draft', publish: 'scheduled', pause: 'paused', resume: 'scheduled', end: 'ended', settle: 'ended', archive: 'ended' };

/**
 * The row after an action at `now`. Publishing without a start starts now; ending a running one sets its end to now.
 * Errors: 409 `GX_ACTIVITY_STATE` when the state does not allow it; 422 `GX_INVALID` when it would be over before it begins.
 */
export function moved(row: ActivityRow, action: ActivityAction, now: Instant, locale: Locale, notice?: Localised): ActivityRow {
  const state = stateAt(row, now);
  if (!ALLOWED[state].includes(action)) {
    throw conflict('GX_ACTIVITY_STATE', `This activity is ${state}, so "${action}" is not possible. Possible now: ${ALLOWED[state].join(', ') || 'nothing but making a copy'}.`, { state, allowed: ALLOWED[state] });
  }
  if (action === 'publish' && row.ends_at !== null && row.ends_at <= now) throw endPassed(locale);
  const started = row.starts_at !== null && row.starts_at <= now;
  return {
    ...row, version: row.version + 1, state: STORED[action],
    starts_at: action === 'publish' ? row.starts_at ?? now : row.starts_at,
    // A start at this very moment leaves the planned end alone: an end must stay after its start.
    ends_at: action === 'end' && started && row.starts_at !== now ? now : row.ends_at,
    checked_at: action === 'check' || action === 'publish' ? row.checked_at ?? now : row.checked_at,
    settled_at: action === 'settle' ? now : row.settled_at, archived_at: action === 'archive' ? now : row.archived_at,
    notice: action === 'pause' && notice ? JSON.stringify(notice) : null,
  };
}
