import { choice, flag, id, json, migration, text } from 'guanxi/plugin';

const P = 'plg_questionnaires';
const SESSION = `${P}_session`;
/** What a column may hold cannot be changed, so it is made anew. */
const rewardStates = (values: readonly string[]) => choice(values, { default: 'none' });

/** Whose a session was before two people became one, answers that were set aside then, and rewards that are checked first. */
export const ApartAndChecked = migration('ApartAndChecked', 1764011310000, {
  async up(m) {
    await m.addColumn(SESSION, 'origin', text({ nullable: true, max: 400 }));
    await m.addColumn(SESSION, 'standing', rewardStates(['none', 'given', 'waiting', 'refused', 'held', 'denied']));
    await m.run(`UPDATE ${SESSION} SET standing = reward_state`);
    await m.dropColumn(SESSION, 'rewardState');
    await m.run(`ALTER TABLE ${SESSION} RENAME COLUMN standing TO reward_state`);
    await m.createTable(`${P}_apart`, { columns: { personId: id(), fromId: id(), intoId: id(), reversed: flag(), content: json() }, indexes: [['fromId', 'intoId'], ['personId']] });
  },
  async down(m) {
    await m.dropTable(`${P}_apart`);
    await m.addColumn(SESSION, 'standing', rewardStates(['none', 'given', 'waiting', 'refused']));
    await m.run(`UPDATE ${SESSION} SET standing = CASE reward_state WHEN 'held' THEN 'given' WHEN 'denied' THEN 'refused' ELSE reward_state END`);
    await m.dropColumn(SESSION, 'rewardState');
    await m.run(`ALTER TABLE ${SESSION} RENAME COLUMN standing TO reward_state`);
    await m.dropColumn(SESSION, 'origin');
  },
});
