import { instant, migration } from '../../plugin-api/index.js';

/** Parcels of one order arrive on different days, and each line has a return window of its own. */
export const LineDelivery = migration('LineDelivery', 1764010103000, {
  up: (m) => m.addColumn('order_line', 'deliveredAt', instant({ nullable: true })),
  down: (m) => m.dropColumn('order_line', 'deliveredAt'),
});
