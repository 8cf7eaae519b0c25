import { migration, money } from '../../plugin-api/index.js';

/** What a price for members took off an order, for shoppers who want to see what they have saved. */
export const MemberSavings = migration('MemberSavings', 1764011002000, {
  up: (m) => m.addColumn('shop_order', 'memberSaved', money({ default: 0 })),
  down: (m) => m.dropColumn('shop_order', 'memberSaved'),
});
