import { createHash } from 'node:crypto';
import type { Activity, ActivityState, Instant } from '../plugin-api/index.js';

export type StoredState = 'draft' | 'scheduled' | 'paused' | 'ended';

export interface ActivityRow {
  readonly id: string; readonly type: string; readonly title: string; readonly state: StoredState;
  readonly starts_at: number | null; readonly ends_at: number | null; readonly version: number; readonly config: string;
  readonly published_at: number | null; readonly rules_hash: string | null; readonly created_at: number;
}

/** What an activity is at `now`: its dates decide over what was stored when it was published. */
export function stateAt(row: Pick<ActivityRow, 'state' | 'starts_at' | 'ends_at'>, now: Instant): ActivityState {
  if (row.state === 'draft' || row.state === 'ended') return row.state;
  if (row.ends_at !== null && row.ends_at <= now) return 'ended';
  if (row.state === 'paused') return 'paused';
  return row.starts_at !== null && row.starts_at > now ? 'scheduled' : 'live';
}

export const activityOf = <C>(row: ActivityRow, now: Instant): Activity<C> => ({
  id: row.id, type: row.type, title: row.title, state: stateAt(row, now), startsAt: row.starts_at, endsAt: row.ends_at,
  version: row.version, config: JSON.parse(row.config) as C, createdAt: row.created_at,
});

function sorted(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(sorted);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

/** SHA-256 of the rules a shopper can rely on: type, title, dates and configuration, whatever the order of its keys. */
export const rulesHash = (row: Pick<ActivityRow, 'type' | 'title' | 'starts_at' | 'ends_at' | 'config'>): string =>
  createHash('sha256').update(JSON.stringify([row.type, row.title, row.starts_at, row.ends_at, sorted(JSON.parse(row.config))])).digest('hex');
