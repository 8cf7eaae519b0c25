import { date, id, integer, migration } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

/** How many people came upon a reward on a day. Who has been counted today is known until the day is over. */
export const CountViews = migration('CountViews', 1764011000000, {
  async up(m) {
    await m.createTable(`${P}_view`, { bare: true, key: ['rewardId', 'day'], columns: { rewardId: id(), day: date(), people: integer({ check: '$ >= 1' }) }, references: { rewardId: `${P}_reward` }, indexes: [['day']] });
    await m.createTable(`${P}_looker`, { bare: true, key: ['personId'], columns: { personId: id(), day: date() }, indexes: [['day']] });
  },
  async down(m) { for (const table of ['looker', 'view']) await m.dropTable(`${P}_${table}`); },
});
