import { integer, migration, text } from 'guanxi/plugin';

const P = 'plg_interaction_games';
const MOVED = ['check_in', 'extra', 'guess', 'winner', 'sale_coupon'];

/** Whose everything was before two people became one, and the tries that went along, so that both can have theirs again. */
export const PeopleApart = migration('PeopleApart', 1764011201000, {
  async up(m) {
    for (const table of MOVED) await m.addColumn(`${P}_${table}`, 'origin', text({ nullable: true, max: 400 }));
    for (const column of ['awayExtra', 'awayPlays']) await m.addColumn(`${P}_player`, column, integer({ default: 0, check: '$ >= 0' }));
  },
  async down(m) {
    for (const column of ['awayPlays', 'awayExtra']) await m.dropColumn(`${P}_player`, column);
    for (const table of [...MOVED].reverse()) await m.dropColumn(`${P}_${table}`, 'origin');
  },
});
