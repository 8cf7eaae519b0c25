import { Cron } from 'croner';
import { GxError, type Instant } from '../plugin-api/index.js';

/** A schedule in a zone, and what it answered last: from `from` on and before `next` it names no time. */
interface Parsed { readonly cron: Cron; from: Instant; next: Instant }
const parsed = new Map<string, Parsed>();

function cron(schedule: string, zone: string): Parsed {
  const key = `${zone} ${schedule}`;
  let found = parsed.get(key);
  if (!found) {
    try { found = { cron: new Cron(schedule, { timezone: zone, mode: '5-part', paused: true }), from: 0, next: 0 }; } catch (cause) {
      throw new GxError('GX_JOB_SCHEDULE', 500, `"${schedule}" is not a schedule. Use five cron fields, for example "0 3 * * *" for every day at three.`, { cause });
    }
    parsed.set(key, found);
  }
  return found;
}

/**
 * The first time after `after` that a five-field cron names in an IANA zone. A fixed time that a change of clocks skips runs at the change,
 * one that the change repeats runs once. Errors: `GX_JOB_SCHEDULE` when it is not a schedule or never comes.
 */
export function nextTime(schedule: string, zone: string, after: Instant): Instant {
  const known = cron(schedule, zone);
  // A thousand shops ask for the same night.
  if (after >= known.from && after < known.next) return known.next;
  const next = known.cron.nextRun(new Date(after));
  if (!next) throw new GxError('GX_JOB_SCHEDULE', 500, `The schedule "${schedule}" names no time that will ever come. Change its date.`);
  known.from = after;
  return known.next = next.getTime();
}
