import { statement } from '../plugin-api/index.js';

export interface EarningOrder {
  readonly id: string; readonly person_id: string; readonly currency: string; readonly paid_at: number; readonly delivered_at: number | null; readonly cancelled_at: number | null; readonly fully_refunded: number;
}
/** Only paid, real, present orders of a known person earn. */
export const EARNING_ORDER = statement<EarningOrder>(`
  SELECT id, person_id, currency, paid_at, delivered_at, cancelled_at, fully_refunded FROM shop_order
  WHERE shop_id = :shop AND id = :id AND history = 0 AND test = 0 AND paid_at IS NOT NULL AND person_id IS NOT NULL`);
export interface EarningLine {
  readonly id: string; readonly paid: number; readonly refunded_amount: number; readonly points: number | null; readonly reversed: number | null; readonly rule: string | null; readonly person_id: string | null; readonly delivered_at: number | null;
  readonly title: string; readonly quantity: number; readonly refunded_quantity: number;
}
export const EARNING_LINES = statement<EarningLine>(`
  SELECT l.id, l.paid, l.refunded_amount, e.points, e.reversed, e.rule, e.person_id, l.delivered_at, l.title, l.quantity, l.refunded_quantity FROM order_line l
  LEFT JOIN line_earning e ON e.shop_id = l.shop_id AND e.order_line_id = l.id WHERE l.shop_id = :shop AND l.order_id = :order ORDER BY l.line_no, l.id`);
export const STORE_EARNING = statement(`
  INSERT INTO line_earning (shop_id, order_line_id, order_id, person_id, points, reversed, rule, at) VALUES (:shop, :line, :order, :person, :points, :reversed, :rule, :now)
  ON CONFLICT (shop_id, order_line_id) DO UPDATE SET points = excluded.points, reversed = excluded.reversed`);
/** A pending lot always holds something; leaving that unsaid keeps SQLite from walking all pending lots of the shop. */
export const PENDING_ACTIVATION = statement<{ order_line_id: string; activates_at: number }>(`
  SELECT DISTINCT order_line_id, activates_at FROM lot WHERE shop_id = :shop AND state = 'pending' AND order_line_id IN (SELECT id FROM order_line WHERE shop_id = :shop AND order_id = :order)`);
export const MOVE_ACTIVATION = statement(`
  UPDATE lot SET activates_at = :activatesAt, expires_at = :expiresAt
  WHERE shop_id = :shop AND state = 'pending' AND order_line_id = :line`);
