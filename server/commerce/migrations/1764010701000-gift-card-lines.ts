import { flag, migration } from '../../plugin-api/index.js';

/** Who buys a gift card only moves money, so shops may not give points for it. */
export const GiftCardLines = migration('GiftCardLines', 1764010701000, {
  up: (m) => m.addColumn('order_line', 'giftCard', flag({ default: 0 })),
  down: (m) => m.dropColumn('order_line', 'giftCard'),
});
