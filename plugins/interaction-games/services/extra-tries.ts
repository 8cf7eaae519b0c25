import { businessDate, sql, type Activities, type RewardKind, type ShopContext, type Unit } from 'guanxi/plugin';
import { ADD_DAY_TRIES, ADD_EXTRA, CLEAR_DAY, CLEAR_EXTRA, DAY_TRIES_OF, EXTRA_OF, GIVE_EXTRA, MOVE_GIVEN, TAKE_EXTRA, TAKE_GIVEN } from './game.statements.js';

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

/** Who becomes another person brings along the tries that were not used, and those of the day that were. */
export function* moveExtra(ctx: ShopContext, person: string, into: string): Unit<void> {
  yield* sql.run(MOVE_GIVEN, { person, into });
  const used = yield* sql.many(DAY_TRIES_OF, { person });
  yield* sql.run(CLEAR_DAY, { person });
  for (const { activity_id: activity, day, day_plays: tries } of used) yield* sql.run(ADD_DAY_TRIES, { activity, person: into, day, tries });
  const open = yield* sql.many(EXTRA_OF, { person });
  yield* sql.run(CLEAR_EXTRA, { person });
  for (const { activity_id, extra } of open) yield* sql.run(ADD_EXTRA, { activity: activity_id, person: into, day: businessDate(ctx.shop, ctx.now), extra });
}
