import { migration, text } from 'guanxi/plugin';

const TABLE = 'plg_reviews_monitor_review';

/** Whose a review was before two people became one, so that both can have theirs again. */
export const PeopleApart = migration('PeopleApart', 1764011320000, {
  up: (m) => m.addColumn(TABLE, 'origin', text({ nullable: true, max: 400 })),
  down: (m) => m.dropColumn(TABLE, 'origin'),
});
