import { addDays, businessDate, conflict, newId, notFound, sql, type Activities, type Activity, type Database, type Events, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import { pointsOfDay, type CheckInRules } from '../activities/check-in-rules.js';
import { CHECK_IN, CHECK_IN_OF, NO_POINTS, RECENT_DATES } from './game.statements.js';
import { budgetNotice, heldNotice } from './held-notice.js';
import { streakEndingOn } from './streak.js';

export const CHECK_IN_TYPE = 'interaction-games.check-in';
export interface CheckInResult { readonly businessDate: string; readonly streak: number; readonly earned: number; readonly again: boolean; readonly next: number; /** What is to be said of the points, e.g. that they are checked first. */ readonly notice?: string }
export interface CheckInStatus { readonly activityId: string; readonly title: string; readonly businessDate: string; readonly done: boolean; /** Days in a row, up to today or yesterday. */ readonly streak: number; readonly cycle: readonly number[] }

export class CheckIns {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly grants: Grants, private readonly events: Events) {}

  async live(ctx: ShopContext): Promise<Activity<CheckInRules> | undefined> {
    return (await this.activities.list<CheckInRules>(ctx, { type: CHECK_IN_TYPE, state: 'live' })).at(-1);
  }

  async status(ctx: ShopContext, personId: string | undefined): Promise<CheckInStatus | undefined> {
    const activity = await this.live(ctx);
    if (!activity) return undefined;
    const day = businessDate(ctx.shop, ctx.now);
    const { done, streak } = await this.db.read(ctx, async (q) => {
      if (!personId) return { done: undefined, streak: 0 };
      const today = await q.one(CHECK_IN_OF, { person: personId, day });
      const dates = (await q.many(RECENT_DATES, { person: personId, day })).map((row) => row.business_date);
      return { done: today, streak: today?.streak ?? (dates.includes(addDays(day, -1)) ? streakEndingOn(day, dates) - 1 : 0) };
    });
    return { activityId: activity.id, title: activity.title, businessDate: day, done: done !== undefined, streak, cycle: activity.config.cycle };
  }

  /** Once per person and business date, on however many devices: the second gets the first's result. */
  async checkIn(ctx: ShopContext, personId: string): Promise<CheckInResult> {
    const activity = await this.live(ctx);
    if (!activity) throw notFound('check-in');
    return this.db.hot(ctx, `check-in:${personId}`, (inner) => this.#steps(inner, personId, activity.id));
  }

  *#steps(ctx: ShopContext, person: string, activityId: string): Unit<CheckInResult> {
    const activity = yield* this.activities.steps.live<CheckInRules>(ctx, activityId);
    if (!activity) throw notFound('check-in');
    const day = businessDate(ctx.shop, ctx.now);
    const dates = (yield* sql.many(RECENT_DATES, { person, day })).map((row) => row.business_date);
    const streak = streakEndingOn(day, dates);
    const earned = pointsOfDay(activity.config, streak);
    const id = newId();
    const result = { businessDate: day, streak, earned, again: false, next: pointsOfDay(activity.config, streak + 1) };
    if ((yield* sql.run(CHECK_IN, { id, activity: activityId, person, day, streak, earned, now: ctx.now })) === 0) {
      const first = yield* sql.one(CHECK_IN_OF, { person, day });
      return { ...result, streak: first?.streak ?? streak, earned: first?.earned ?? 0, again: true };
    }
    const grant = yield* this.grants.steps.grant(ctx, { personId: person, source: CHECK_IN_TYPE, causeRef: id, key: `check-in:${person}:${day}`, once: `check-in ${day}`, reward: { kind: 'points', amount: earned }, budgetRef: activityId, fallback: { kind: 'none', amount: 0 } });
    if (!grant.ok) throw conflict('GX_SIGN_IN_TO_WIN', 'Guests can hold only so many points. Sign in to go on checking in.');
    // A used-up budget takes nobody's streak.
    if (grant.fallback) yield* sql.run(NO_POINTS, { id });
    const got = grant.fallback ? 0 : earned;
    yield* this.events.steps.emit(ctx, 'interaction-games.checked-in', { personId: person, businessDate: day, streak, earned: got });
    return { ...result, earned: got, ...(grant.fallback ? { notice: budgetNotice(ctx) } : grant.held ? { notice: heldNotice(ctx, grant.until ?? null) } : {}) };
  }
}
