import { migration, money } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

/** What one of a reward costs the shop where only the merchant knows it, e.g. a code that was bought. */
export const OwnCost = migration('OwnCost', 1764011400000, {
  up: (m) => m.addColumn(`${P}_reward`, 'ownCost', money({ nullable: true, check: '$ >= 0' })),
  down: (m) => m.dropColumn(`${P}_reward`, 'ownCost'),
});
