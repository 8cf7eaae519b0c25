import { json, migration } from '../../plugin-api/index.js';

/** What an activity gives instead, kept with what is held: whoever is checked until the reward is over gets that. */
export const SubstituteHeld = migration('SubstituteHeld', 1764011205000, {
  up: (m) => m.addColumn('held_grant', 'fallback', json({ nullable: true })),
  down: (m) => m.dropColumn('held_grant', 'fallback'),
});
