import { migration } from '../../plugin-api/index.js';

const lines = (which: string): string => `(SELECT COUNT(*) FROM order_line l WHERE l.shop_id = shop_order.shop_id AND l.order_id = shop_order.id AND (${which}))`;
const FREE_AND_KEPT = 'l.paid = 0 AND l.refunded_quantity < l.quantity';

/**
 * Orders were counted as wholly returned while what a coupon had made free was kept; from here on they are counted as orders are that change now. Nothing
 * else follows from it: all that was paid for their goods is back, so no points are due, and a code that came back to its owner stays theirs.
 */
export const KeptFreeLines = migration('KeptFreeLines', 1764011401000, {
  up: (m) => m.run(`UPDATE shop_order SET fully_refunded = 0 WHERE fully_refunded = 1
    AND NOT (${lines('l.paid > 0 OR l.quantity > 0')} > 0 AND ${lines(`l.paid > l.refunded_amount OR ${FREE_AND_KEPT}`)} = 0)
    AND NOT (total > 0 AND refunded_total >= total AND (${lines(FREE_AND_KEPT)} = 0 OR ${lines('l.refunded_quantity > 0')} = 0))`),
  down: () => Promise.resolve(),
});
