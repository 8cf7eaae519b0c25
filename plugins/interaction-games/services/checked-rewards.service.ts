import { sql, type CoreEvents, type Database, type ShopContext, type Unit } from 'guanxi/plugin';
import { GUESS_TYPE } from '../activities/guess-rules.js';
import { CHECK_IN_TYPE } from './check-in.service.js';
import { CHECK_PLAY, NO_POINTS } from './game.statements.js';
import { CHECKED_BEFORE, CHECKED_WINNER, type WinnerState } from './guess.statements.js';
import { WHEEL } from './wheel.service.js';

type Decided = CoreEvents['grant.decided'];
const STATES = { given: 'given', instead: 'fallback', over: 'over', refused: 'refused' } as const satisfies Record<Decided['decision'], WinnerState>;

/** Writes down what became of prizes that were checked before they are given. It can be told twice. */
export class CheckedRewards {
  constructor(private readonly db: Database) {}

  async decided(ctx: ShopContext, event: Decided): Promise<void> {
    const steps = event.source === WHEEL ? this.#turn : event.source === GUESS_TYPE ? this.#winner : event.source === CHECK_IN_TYPE ? this.#day : undefined;
    if (steps) await this.db.hot(ctx, `games:checked:${event.grantId}`, (inner) => steps(inner, event));
  }

  *#turn(this: void, ctx: ShopContext, { causeRef, kind, decision, instead }: Decided): Unit<void> {
    // Points wait in the wallet and cannot run out: what of them reaches nobody was won all the same.
    const lost = kind !== 'points' && (decision === 'instead' || decision === 'over');
    const points = decision === 'given' ? null : instead?.kind === 'points' ? instead.amount : 0;
    yield* sql.run(CHECK_PLAY, { id: causeRef, decision, lost: lost ? 1 : 0, points, now: ctx.now });
  }

  *#winner(this: void, _ctx: ShopContext, { grantId, personId, causeRef, decision, outcome }: Decided): Unit<void> {
    const became = { state: STATES[decision], outcome: JSON.stringify(outcome) };
    if ((yield* sql.run(CHECKED_WINNER, { ...became, grant: grantId })) === 0) yield* sql.run(CHECKED_BEFORE, { ...became, activity: causeRef, person: personId });
  }

  /** The day counts for the streak as before. */
  *#day(this: void, _ctx: ShopContext, { causeRef, decision }: Decided): Unit<void> {
    if (decision !== 'given') yield* sql.run(NO_POINTS, { id: causeRef });
  }
}
