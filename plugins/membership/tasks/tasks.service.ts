import { businessDate, conflict, newId, refused, sql, type Database, type Events, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import type { GENDERS } from '../entities/profile.entity.js';
import { HOLD_PROFILE, SET_BIRTHDAY, SET_FOLLOWED, SET_PROFILE, type ProfileRow } from '../services/people.statements.js';
import { ageOn, birthdayOf, changeableFrom, firstPaid, OF_AGE } from '../tiers/birthday.js';
import type { TaskDesk } from './task-desk.service.js';
import { typeOf, type TaskName } from './task-types.js';

/** `waiting`: a guest holds as many points as a guest can; they come with signing in. `refused`: the budget is used up. `none`: the task does not run. */
export interface TaskReward { readonly points: number; readonly state: 'given' | 'had' | 'waiting' | 'refused' | 'none' }
export interface BirthdayWish { readonly month: number; readonly day: number; readonly year?: number | undefined }
export interface ProfileWish { readonly nickname: string; readonly gender: (typeof GENDERS)[number] | null; readonly interests: readonly string[] }

/** The one-off tasks as shoppers do them: what they tell is kept in any case, the points come once in a life. */
export class Tasks {
  constructor(private readonly db: Database, private readonly desk: TaskDesk, private readonly grants: Grants, private readonly events: Events) {}

  follow(ctx: ShopContext, person: string): Promise<{ readonly reward: TaskReward }> {
    return this.#do(ctx, person, 'follow', function* () { yield* sql.run(SET_FOLLOWED, { person, now: ctx.now }); return {}; });
  }

  /** Errors: 422 `GX_BIRTHDAY` for a day or year that cannot be; 409 `GX_BIRTHDAY_GUARD` when it was told less than 365 days ago. */
  birthday(ctx: ShopContext, person: string, { month, day, year }: BirthdayWish): Promise<{ readonly birthday: string; readonly guarded: boolean; readonly firstGift: string; readonly reward: TaskReward }> {
    const today = businessDate(ctx.shop, ctx.now);
    const birthday = birthdayOf(month, day);
    if (birthday === undefined) throw refused('GX_BIRTHDAY', 'There is no such day. Give a month from 1 to 12 and a day that it has.', { month, day });
    const age = year === undefined ? undefined : ageOn(birthday, year, today);
    if (age !== undefined && (age < 0 || age > 130)) throw refused('GX_BIRTHDAY', 'This year of birth cannot be right. Correct it or leave it out.', { year });
    const child = age !== undefined && age < OF_AGE;
    return this.#do(ctx, person, 'birthday', function* (profile) {
      const same = profile.birthday === birthday;
      if (!same && profile.birthday_set_on !== null && today < changeableFrom(profile.birthday_set_on)) {
        throw conflict('GX_BIRTHDAY_GUARD', `A birthday can be changed once in 365 days. Yours can be changed from ${changeableFrom(profile.birthday_set_on)} on.`, { from: changeableFrom(profile.birthday_set_on) });
      }
      const setOn = same ? profile.birthday_set_on ?? today : today;
      // Of a child only the day is kept, and that it is one.
      yield* sql.run(SET_BIRTHDAY, { person, birthday, year: child ? null : year ?? (same ? profile.birth_year : null), today: setOn, guarded: child || (same && year === undefined && profile.guarded === 1) ? 1 : 0 });
      return { birthday, guarded: child, firstGift: firstPaid(birthday, setOn) };
    });
  }

  profile(ctx: ShopContext, person: string, { nickname, gender, interests }: ProfileWish): Promise<{ readonly reward: TaskReward }> {
    return this.#do(ctx, person, 'profile', function* () { yield* sql.run(SET_PROFILE, { person, nickname, gender, interests: JSON.stringify(interests) }); return {}; });
  }

  async #do<T extends object>(ctx: ShopContext, person: string, task: TaskName, store: (profile: ProfileRow) => Unit<T>): Promise<T & { readonly reward: TaskReward }> {
    const activity = await this.desk.live(ctx, task);
    const [grants, events] = [this.grants, this.events];
    return this.db.hot(ctx, `member-task:${person}`, function* (inner) {
      const profile = (yield* sql.one(HOLD_PROFILE, { id: newId(), person, now: inner.now }))!;
      const stored = yield* store(profile);
      if (!activity) return { ...stored, reward: { points: 0, state: 'none' } as const };
      const { points } = activity.config;
      const grant = yield* grants.steps.grant(inner, { personId: person, source: typeOf(task), causeRef: activity.id, key: `${typeOf(task)}:${person}:${activity.id}`, once: typeOf(task), reward: { kind: 'points', amount: points }, budgetRef: activity.id });
      if (grant.ok && !grant.replayed) yield* events.steps.emit(inner, 'membership.task-done', { personId: person, task, points });
      return { ...stored, reward: { points: grant.ok ? grant.reward.amount : points, state: grant.ok ? grant.replayed ? 'had' : 'given' : grant.reason === 'guest-limit' ? 'waiting' : 'refused' } as const };
    });
  }
}
