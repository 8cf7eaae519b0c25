import { businessDate, sql, type Database, type ShopContext, type Unit } from 'guanxi/plugin';
import { ADD_EXTRA } from './game.statements.js';
import {
  ADD_DAY_TRIES, CHECK_INS_BACK, COUPON_BACK, DROP_GUESSES, DROP_WAITING, GIVEN_BACK, GUESS_BACK, GUESSES_AWAY, GUESSES_TO_MOVE, HOLD_TRIES, LESS_TRIES, MOVE_CHECK_INS, MOVE_COUPON, MOVE_GIVEN, MOVE_GUESS, MOVE_WINNER, SET_AWAY,
  TRIES_AWAY, TRIES_BACK, TRIES_TO_MOVE, WINNER_BACK,
} from './people.statements.js';

/** What becomes of tries, check-ins and guesses when a person turns out to be another, and when they are two again. Each can be told twice. */
export class GamePeople {
  constructor(private readonly db: Database) {}

  merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    const moveTries = (inner: ShopContext): Unit<void> => this.#moveTries(inner, person, into);
    return this.db.hot(ctx, 'games:merge', function* (inner) {
      yield* moveTries(inner);
      yield* sql.run(MOVE_CHECK_INS, { person, into });
      // Never more guesses than one person may have.
      for (const { id } of yield* sql.many(GUESSES_TO_MOVE, { person })) yield* sql.run(MOVE_GUESS, { id, person, into });
      yield* sql.run(DROP_GUESSES, { person });
      yield* sql.run(MOVE_WINNER, { person, into });
      yield* sql.run(DROP_WAITING, { person });
      yield* sql.run(MOVE_COUPON, { person, into });
    });
  }

  /** What moved goes back, as far as it is still there. */
  split(ctx: ShopContext, person: string, into: string): Promise<void> {
    const triesBack = (): Unit<void> => this.#triesBack(person, into);
    return this.db.hot(ctx, 'games:merge', function* () {
      yield* triesBack();
      for (const { id } of yield* sql.many(GUESSES_AWAY, { person, into })) yield* sql.run(GUESS_BACK, { id, person });
      for (const each of [CHECK_INS_BACK, WINNER_BACK, COUPON_BACK]) yield* sql.run(each, { person, into });
    });
  }

  /** Who becomes another person brings along the tries that were not used, and those of the day that were. */
  *#moveTries(ctx: ShopContext, person: string, into: string): Unit<void> {
    yield* sql.run(MOVE_GIVEN, { person, into });
    const moving = yield* sql.many(TRIES_TO_MOVE, { person });
    yield* sql.run(SET_AWAY, { person });
    for (const { activity_id: activity, day, tries, extra } of moving) {
      if (tries > 0) yield* sql.run(ADD_DAY_TRIES, { activity, person: into, day, tries });
      if (extra > 0) yield* sql.run(ADD_EXTRA, { activity, person: into, day: businessDate(ctx.shop, ctx.now), extra });
    }
  }

  *#triesBack(person: string, into: string): Unit<void> {
    for (const { activity_id: activity, day, tries, extra } of yield* sql.many(TRIES_AWAY, { person })) {
      const left = Math.min(extra, (yield* sql.one(HOLD_TRIES, { activity, person: into }))?.extra ?? 0);
      yield* sql.run(LESS_TRIES, { activity, person: into, day, tries, extra: left });
      yield* sql.run(TRIES_BACK, { activity, person, day, tries, extra: left });
    }
    yield* sql.run(GIVEN_BACK, { person, into });
  }
}
