import { choice, id, migration } from 'guanxi/plugin';

const P = 'plg_interaction_games';
const WINNER = `${P}_winner`;
const WAITS = `ix_${WINNER}_state_tried_at`;

/** What became of prizes that were checked first. A winner's state is made anew: what a column may hold cannot be changed. */
export const CheckedPrizes = migration('CheckedPrizes', 1764011300000, {
  async up(m) {
    await m.addColumn(`${P}_play`, 'checked', choice(['held', 'given', 'instead', 'over', 'refused'], { nullable: true }));
    await m.addColumn(WINNER, 'grantId', id({ nullable: true }));
    await m.createIndex(WINNER, ['grantId'], { where: 'grant_id IS NOT NULL' });
    await m.addColumn(WINNER, 'standing', choice(['waiting', 'held', 'given', 'fallback', 'over', 'refused'], { default: 'waiting' }));
    await m.run(`UPDATE ${WINNER} SET standing = state`);
    await m.run(`DROP INDEX ${WAITS}`);
    await m.dropColumn(WINNER, 'state');
    await m.run(`ALTER TABLE ${WINNER} RENAME COLUMN standing TO state`);
    await m.createIndex(WINNER, ['state', 'triedAt']);
  },
  async down(m) {
    await m.addColumn(WINNER, 'standing', choice(['waiting', 'held', 'given', 'fallback'], { default: 'waiting' }));
    await m.run(`UPDATE ${WINNER} SET standing = CASE WHEN state IN ('over', 'refused') THEN 'held' ELSE state END`);
    await m.run(`DROP INDEX ${WAITS}`);
    await m.dropColumn(WINNER, 'state');
    await m.run(`ALTER TABLE ${WINNER} RENAME COLUMN standing TO state`);
    await m.createIndex(WINNER, ['state', 'triedAt']);
    await m.run(`DROP INDEX ix_${WINNER}_grant_id`);
    await m.dropColumn(WINNER, 'grantId');
    await m.dropColumn(`${P}_play`, 'checked');
  },
});
