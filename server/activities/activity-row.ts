import type { Activity, ActivityState, Instant, Localised } from '../plugin-api/index.js';
import { canonical, sha256 } from './sheets/canonical.js';

export type StoredState = 'draft' | 'scheduled' | 'paused' | 'ended';

export interface ActivityRow {
  readonly id: string; readonly type: string; readonly title: string; readonly state: StoredState;
  readonly starts_at: number | null; readonly ends_at: number | null; readonly version: number; readonly config: string;
  readonly published_at: number | null; readonly rules_hash: string | null; readonly created_at: number;
  readonly checked_at: number | null; readonly settled_at: number | null; readonly archived_at: number | null; readonly notice: string | null;
}

/** What an activity is at `now`: its dates decide over what was stored when it was published. */
export function stateAt(row: Pick<ActivityRow, 'state' | 'starts_at' | 'ends_at' | 'checked_at' | 'settled_at' | 'archived_at'>, now: Instant): ActivityState {
  if (row.state === 'draft') return row.checked_at === null ? 'draft' : 'checked';
  if (row.archived_at !== null) return 'archived';
  if (row.settled_at !== null) return 'settled';
  if (row.state === 'ended' || (row.ends_at !== null && row.ends_at <= now)) return 'ended';
  if (row.state === 'paused') return 'paused';
  return row.starts_at !== null && row.starts_at > now ? 'scheduled' : 'live';
}

export function activityOf<C>(row: ActivityRow, now: Instant): Activity<C> {
  const state = stateAt(row, now);
  return {
    id: row.id, type: row.type, title: row.title, state, startsAt: row.starts_at, endsAt: row.ends_at,
    version: row.version, config: JSON.parse(row.config) as C, createdAt: row.created_at,
    ...(state === 'paused' && row.notice !== null ? { notice: JSON.parse(row.notice) as Localised } : {}),
  };
}

/** SHA-256 of the rules a shopper can rely on: type, title, dates and configuration, whatever the order of its keys. */
export const rulesHash = (row: Pick<ActivityRow, 'type' | 'title' | 'starts_at' | 'ends_at' | 'config'>): string =>
  sha256(canonical([row.type, row.title, row.starts_at, row.ends_at, JSON.parse(row.config)]));
