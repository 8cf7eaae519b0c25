import { migration } from 'guanxi/plugin';

const P = 'plg_interaction_games';

/** Extra tries are looked for by whom they were given to whenever a guest signs in. */
export const FindExtra = migration('FindExtra', 1764011200000, {
  up: (m) => m.createIndex(`${P}_extra`, ['personId']),
  down: (m) => m.run(`DROP INDEX ix_${P}_extra_person_id`),
});
