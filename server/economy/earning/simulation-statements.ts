import { jsonStatement } from '../../commerce/json-statement.js';
import { statement } from '../../plugin-api/index.js';

/** As narrow as can be: there are hundreds of thousands of them. */
export interface SimulatedLine {
  readonly order_id: string; readonly placed_at: number; readonly paid_at: number; readonly business_date: string; readonly shipping: number; readonly tax: number; readonly gone: number;
  readonly sku: string; readonly paid: number; readonly unit_price: number; readonly quantity: number; readonly refunded_amount: number; readonly refunded_quantity: number;
  readonly gift_card: number; readonly points: number | null; readonly reversed: number | null; readonly person: string | null;
}
const lines = (multipliers: string): string => `
  SELECT o.id AS order_id, o.placed_at, o.paid_at, o.business_date, o.shipping, o.tax, CASE WHEN o.cancelled_at IS NOT NULL OR o.fully_refunded = 1 THEN 1 ELSE 0 END AS gone,
    l.sku, l.paid, l.unit_price, l.quantity, l.refunded_amount, l.refunded_quantity, l.gift_card, e.points, e.reversed, CASE WHEN e.rule IS NULL THEN NULL ELSE ${multipliers} END AS person
  FROM (SELECT * FROM shop_order WHERE shop_id = :shop AND placed_at >= :at AND placed_at < :until AND paid_at IS NOT NULL AND test = 0 AND currency = :currency
    AND (placed_at > :at OR (placed_at = :at AND id > :after)) ORDER BY placed_at, id LIMIT :limit) AS o
  JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id LEFT JOIN line_earning e ON e.shop_id = l.shop_id AND e.order_line_id = l.id
  ORDER BY o.placed_at, o.id, l.line_no, l.id`;
/** The lines of the next paid orders of a period, whole orders only, with what they earned and the multipliers of their person at that time. */
export const SIMULATED_LINES = statement<SimulatedLine>(lines("json_extract(e.rule, '$.person')"), { postgres: lines("CAST(e.rule AS JSONB) ->> 'person'") });
export const PRODUCT_TYPES = statement<{ sku: string; category: string | null }>('SELECT v.sku, p.category FROM variant v JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id WHERE v.shop_id = :shop');
export interface OrderName { readonly id: string; readonly number: string; readonly person_id: string | null; readonly name: string | null }
export const ORDER_NAMES = jsonStatement<OrderName>(`
  SELECT o.id, o.number, o.person_id, n.name FROM shop_order o LEFT JOIN person n ON n.shop_id = o.shop_id AND n.id = o.person_id WHERE o.shop_id = :shop AND o.id IN @ids`);
