import { businessDate, conflict, sql, type Activities, type RewardKind, type Unit } from 'guanxi/plugin';
import { ADD_EXTRA, DECK, GIVE_EXTRA, TAKE_EXTRA, TAKE_GIVEN } from './game.statements.js';
import { WHEEL } from './wheel.service.js';

/** Whether nothing is left to draw: it is settled, or was drawn to the last ticket. */
function* isOver(wheel: string): Unit<boolean> {
  const deck = yield* sql.one(DECK, { activity: wheel });
  return !deck || (deck.drawn >= deck.size && deck.reserve === 0);
}

/** Tries of a wheel as a reward, e.g. for points in a catalogue of rewards. They wait until the day's free tries are used, and cost nothing then. */
export const extraTries = (activities: Activities): RewardKind => ({
  *issue(ctx, { personId, reward: { ref = '', amount } }, grantId, reserved = false) {
    const wheel = yield* activities.steps.live(ctx, ref);
    if (wheel?.type !== WHEEL) {
      if (reserved && !(yield* isOver(ref))) throw conflict('GX_HELD_UNAVAILABLE', 'The wheel of these tries is paused or about to be settled. Let it go on, or wait for the settlement, which gives what stands in for them.');
      return undefined;
    }
    yield* sql.run(ADD_EXTRA, { activity: ref, person: personId, day: businessDate(ctx.shop, ctx.now), extra: amount });
    yield* sql.run(GIVE_EXTRA, { grant: grantId, activity: ref, person: personId, tries: amount });
    return { tries: amount, title: wheel.title };
  },
  /** There are as many as are given, so nothing has to be kept back. */
  *reserve(ctx, { reward }) { return (yield* activities.steps.live(ctx, reward.ref ?? ''))?.type === WHEEL; },
  *revoke(_ctx, grantId) {
    const given = yield* sql.one(TAKE_GIVEN, { grant: grantId });
    if (given) yield* sql.run(TAKE_EXTRA, { activity: given.activity_id, person: given.person_id, extra: given.tries });
  },
  options: async (ctx) => (await activities.list(ctx, { type: WHEEL, state: 'live' })).map(({ id, title }) => ({ ref: id, title })),
});
