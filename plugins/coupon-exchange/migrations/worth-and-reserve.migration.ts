import { id, migration, money } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

/** What one of a reward costs the shop, and what is set aside for prizes that are checked first. */
export const WorthAndReserve = migration('WorthAndReserve', 1764011001000, {
  async up(m) {
    await m.addColumn(`${P}_reward`, 'costEach', money({ nullable: true }));
    await m.createTable(`${P}_reserve`, { bare: true, key: ['grantId'], columns: { grantId: id(), rewardId: id() }, references: { rewardId: `${P}_reward` } });
  },
  async down(m) {
    await m.dropTable(`${P}_reserve`);
    await m.dropColumn(`${P}_reward`, 'costEach');
  },
});
