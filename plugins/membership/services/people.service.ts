import { sql, type Database, type ShopContext } from 'guanxi/plugin';
import { DROP_MEMBER } from './member.statements.js';
import { DROP_MOVES, DROP_PROFILE, FILL_PROFILE, MOVE_GIFTS, MOVE_GROWTH, MOVE_PROFILE, MOVE_PURCHASES } from './people.statements.js';
import type { Standings } from './standings.service.js';

/** What becomes of a membership when a person turns out to be another. It can be told twice. */
export class MemberPeople {
  constructor(private readonly db: Database, private readonly standings: Standings) {}

  merge(ctx: ShopContext, person: string, into: string): Promise<void> {
    const standings = this.standings;
    return this.db.hot(ctx, `membership:${into}`, function* (inner) {
      for (const each of [MOVE_PURCHASES, MOVE_GROWTH, MOVE_GIFTS]) yield* sql.run(each, { person, into });
      yield* sql.run(FILL_PROFILE, { person, into, now: inner.now });
      yield* sql.run(MOVE_PROFILE, { person, into });
      for (const each of [DROP_PROFILE, DROP_MEMBER, DROP_MOVES]) yield* sql.run(each, { person });
      yield* standings.steps(inner, into);
    });
  }
}
