import { flag, integer, migration, text } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

/** Whose redemptions were before two people became one, under which number, and shares of limits that were added to somebody else's, so that both can have theirs again. */
export const PeopleApart = migration('PeopleApart', 1764011200000, {
  async up(m) {
    await m.addColumn(`${P}_redemption`, 'origin', text({ nullable: true, max: 400 }));
    await m.addColumn(`${P}_redemption`, 'originNo', integer({ nullable: true }));
    await m.addColumn(`${P}_quota`, 'away', flag({ default: 0 }));
  },
  async down(m) {
    await m.dropColumn(`${P}_quota`, 'away');
    for (const column of ['originNo', 'origin']) await m.dropColumn(`${P}_redemption`, column);
  },
});
