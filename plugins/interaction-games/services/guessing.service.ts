import { businessDate, conflict, newId, notFound, sql, type Activities, type Database, type Events, type ShopContext, type Unit } from 'guanxi/plugin';
import { GUESS_TYPE, type GuessRules } from '../activities/guess-rules.js';
import type { Hint } from '../entities/guess.entity.js';
import { ADD_GUESS, GUESSES_OF, ROUND } from './guess.statements.js';

export interface GuessResult { readonly no: number; readonly amount: number; readonly hint: Hint | null; readonly left: number }

/** Takes guesses while a round is open. What is answered says at most whether the price is higher. */
export class Guessing {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly events: Events) {}

  /** Errors: 404 when it is not open; 409 `GX_NO_GUESSES`, `GX_SAME_GUESS`, which take no guess. */
  guess(ctx: ShopContext, personId: string, activityId: string, amount: number): Promise<GuessResult> {
    return this.db.hot(ctx, `guess:${activityId}:${personId}`, (inner) => this.#steps(inner, personId, activityId, amount));
  }

  *#steps(ctx: ShopContext, person: string, activity: string, amount: number): Unit<GuessResult> {
    const live = yield* this.activities.steps.live<GuessRules>(ctx, activity);
    const round = live?.type === GUESS_TYPE ? yield* sql.one(ROUND, { activity }) : undefined;
    if (!live || !round) throw notFound('game', activity);
    const { guesses: most, hints } = live.config;
    const before = yield* sql.many(GUESSES_OF, { activity, person });
    if (before.some((each) => each.amount === amount)) throw conflict('GX_SAME_GUESS', 'You have guessed this price already. This took no guess.');
    const hint = hints ? round.price > amount ? 'higher' as const : 'not-higher' as const : null;
    // A guess from another device may take the number in between; then the next one is tried.
    for (let attempt = before.length; attempt < most; attempt++) {
      const added = yield* sql.one(ADD_GUESS, { id: newId(), activity, person, amount, hint, day: businessDate(ctx.shop, ctx.now), now: ctx.now, most });
      if (!added) continue;
      yield* this.events.steps.emit(ctx, 'interaction-games.guessed', { personId: person, activityId: activity, guessNo: added.guess_no });
      return { no: added.guess_no, amount, hint, left: most - added.guess_no };
    }
    throw conflict('GX_NO_GUESSES', 'You have used all your guesses. The price is told after the close.', { guesses: most });
  }
}
