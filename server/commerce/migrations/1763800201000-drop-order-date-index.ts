import { migration } from '../../plugin-api/index.js';

/** Sums by business date go by the moments that the dates span, so imports need not keep an index of their own for them. */
export const DropOrderDateIndex = migration('DropOrderDateIndex', 1763800201000, {
  up: (m) => m.run('DROP INDEX ix_shop_order_business_date'),
  down: (m) => m.createIndex('shop_order', ['businessDate']),
});
