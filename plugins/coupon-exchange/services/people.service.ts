import { sql, type Database, type ShopContext } from 'guanxi/plugin';
import { ADD_QUOTA, AWAY, HAND_BACK, LESS_QUOTA, REASSIGN, SET_AWAY, SET_USED } from './people.statements.js';

/** What becomes of coupons and limits when a person turns out to be another, and when they are two again. Each can be told twice. */
export class CouponPeople {
  constructor(private readonly db: Database) {}

  /** What one account had is the other's; their shares of each limit add up. */
  merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    return this.db.hot(ctx, 'coupons:merge', function* (inner) {
      yield* sql.run(REASSIGN, { person, into, now: inner.now });
      yield* sql.run(ADD_QUOTA, { person, into });
      yield* sql.run(SET_AWAY, { person, away: 1 });
    });
  }

  /** What moved goes back in the state that it is in now. */
  split(ctx: ShopContext, person: string, into: string): Promise<void> {
    return this.db.hot(ctx, 'coupons:merge', function* (inner) {
      for (const { reward_id: reward, used, week, week_used: weekUsed, cancelled } of yield* sql.many(AWAY, { person, into })) {
        const left = Math.max(0, used - cancelled);
        yield* sql.run(LESS_QUOTA, { reward, into, used: left, week, weekUsed });
        yield* sql.run(SET_USED, { reward, person, used: left });
      }
      yield* sql.run(SET_AWAY, { person, away: 0 });
      yield* sql.run(HAND_BACK, { person, into, now: inner.now });
    });
  }
}
