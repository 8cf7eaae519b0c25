import { addDays, businessDate, daysBetween, newId, sql, type Database, type Grants, type ShopContext, type Unit } from 'guanxi/plugin';
import { birthdaysOn, CHANGE_GUARD_DAYS, firstPaid } from '../tiers/birthday.js';
import { ownTier } from './benefits.js';
import { NOTE_PROGRESS, PROGRESS, STANDING_OF } from './member.statements.js';
import { ADD_GIFT, BORN_ON, LAST_GIFT } from './people.statements.js';

const BATCH = 100;
/** Days that are made up for after downtime. */
const CATCH_UP_DAYS = 30;
/** The last day that is over and was given for. */
export const BIRTHDAYS_DONE = 'birthdays';

/** Birthday gifts on the shop's own day: every day once, days that were missed are made up for, nobody twice in a year. */
export class Birthdays {
  constructor(private readonly db: Database, private readonly grants: Grants) {}

  async run(ctx: ShopContext, signal: AbortSignal): Promise<void> {
    const today = businessDate(ctx.shop, ctx.now);
    const last = (await this.db.read(ctx, (q) => q.one(PROGRESS, { name: BIRTHDAYS_DONE })))?.value ?? addDays(today, -1);
    // Today stays open: a birthday may be told, or a tier change, before the day is over.
    let day = last < addDays(today, -CATCH_UP_DAYS) ? addDays(today, -CATCH_UP_DAYS) : addDays(last, 1);
    for (; day <= today && !signal.aborted; day = addDays(day, 1)) {
      if (!(await this.#keep(ctx, day, signal))) return;
      if (day < today) await this.db.hot(ctx, 'membership:birthdays', () => sql.run(NOTE_PROGRESS, { name: BIRTHDAYS_DONE, value: day }));
    }
  }

  async #keep(ctx: ShopContext, day: string, signal: AbortSignal): Promise<boolean> {
    const [one, other] = birthdaysOn(day);
    for (let after = ''; !signal.aborted;) {
      const born = await this.db.read(ctx, (q) => q.many(BORN_ON, { one: one!, other: other ?? one!, after, limit: BATCH }));
      for (const person of born) await this.db.hot(ctx, `membership:${person.person_id}`, (inner) => this.#give(inner, day, person));
      if (born.length < BATCH) return true;
      after = born.at(-1)!.person_id;
    }
    return false;
  }

  *#give(ctx: ShopContext, day: string, { person_id: person, birthday, birthday_set_on: setOn }: { readonly person_id: string; readonly birthday: string; readonly birthday_set_on: string }): Unit<void> {
    if (day < firstPaid(birthday, setOn)) return;
    const year = Number(day.slice(0, 4));
    const gift = yield* sql.one(LAST_GIFT, { person });
    if (gift && (gift.year >= year || daysBetween(gift.day, day) < CHANGE_GUARD_DAYS)) return;
    const amount = ownTier(yield* sql.one(STANDING_OF, { person }))?.birthdayGift ?? 0;
    if (amount === 0) return;
    const grant = yield* this.grants.steps.grant(ctx, { personId: person, source: 'membership.birthday-gift', causeRef: String(year), key: `membership:birthday:${year}:${person}`, once: `membership-birthday-${year}`, reward: { kind: 'points', amount } });
    if (grant.ok) yield* sql.run(ADD_GIFT, { id: newId(), person, year, day, amount, now: ctx.now });
  }
}
