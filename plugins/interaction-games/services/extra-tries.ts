import { businessDate, sql, type Activities, type RewardKind } from 'guanxi/plugin';
import { ADD_EXTRA, GIVE_EXTRA, TAKE_EXTRA, TAKE_GIVEN } from './game.statements.js';

/** Tries of a wheel as a reward, e.g. for points in a catalogue of rewards. They wait until the day's free tries are used, and cost nothing then. */
export const extraTries = (activities: Activities): RewardKind => ({
  *issue(ctx, { personId, reward: { ref = '', amount } }, grantId) {
    const wheel = yield* activities.steps.live(ctx, ref);
    if (wheel?.type !== 'interaction-games.wheel') return undefined;
    yield* sql.run(ADD_EXTRA, { activity: ref, person: personId, day: businessDate(ctx.shop, ctx.now), extra: amount });
    yield* sql.run(GIVE_EXTRA, { grant: grantId, activity: ref, person: personId, tries: amount });
    return { tries: amount, title: wheel.title };
  },
  *revoke(_ctx, grantId) {
    const given = yield* sql.one(TAKE_GIVEN, { grant: grantId });
    if (given) yield* sql.run(TAKE_EXTRA, { activity: given.activity_id, person: given.person_id, extra: given.tries });
  },
  options: async (ctx) => (await activities.list(ctx, { type: 'interaction-games.wheel', state: 'live' })).map(({ id, title }) => ({ ref: id, title })),
});
