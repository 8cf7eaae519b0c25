import { id, integer, migration } from 'guanxi/plugin';

const P = 'plg_interaction_games';

/** Tries that somebody was given besides those of the day, and which grant gave them. */
export const ExtraTries = migration('ExtraTries', 1763820001000, {
  async up(m) {
    await m.addColumn(`${P}_player`, 'extra', integer({ default: 0, check: '$ >= 0' }));
    await m.createTable(`${P}_extra`, { bare: true, key: ['grantId'], columns: { grantId: id(), activityId: id(), personId: id(), tries: integer({ check: '$ >= 1' }) } });
  },
  async down(m) {
    await m.dropTable(`${P}_extra`);
    await m.dropColumn(`${P}_player`, 'extra');
  },
});
