import { statement } from '../plugin-api/index.js';
import { jsonStatement } from './json-statement.js';
import { manyRows } from './many-rows.js';

export interface StoredOrder {
  readonly id: string; readonly external_id: string; readonly person_id: string | null; readonly paid_at: number | null; readonly delivered_at: number | null; readonly cancelled_at: number | null;
  readonly snapshot_at: number; readonly snapshot_digest: string; readonly history: number; readonly fully_refunded: number;
}
const STORED = 'id, external_id, person_id, paid_at, delivered_at, cancelled_at, snapshot_at, snapshot_digest, history, fully_refunded';

export const ORDERS_BY_EXTERNAL = jsonStatement<StoredOrder>(`SELECT ${STORED} FROM shop_order WHERE shop_id = :shop AND external_id IN @ids`);
const ORDER = {
  id: 'id', external_id: 'external', number: 'number', person_id: 'person', currency: 'currency', placed_at: 'placed', business_date: 'date', paid_at: 'paid', delivered_at: 'delivered',
  cancelled_at: 'cancelled', subtotal: 'subtotal', discount: 'discount', shipping: 'shipping', tax: 'tax', total: 'total', member_saved: 'saved', test: 'test', history: 'history', snapshot_at: 'version',
  snapshot_digest: 'digest', created_at: 'now', updated_at: 'now',
};
export const insertOrders = manyRows('shop_order', ORDER);
export const updateOrders = manyRows('shop_order', ORDER, `ON CONFLICT (shop_id, id) DO UPDATE SET number = excluded.number, person_id = excluded.person_id, currency = excluded.currency, placed_at = excluded.placed_at,
    business_date = excluded.business_date, paid_at = excluded.paid_at, delivered_at = excluded.delivered_at, cancelled_at = excluded.cancelled_at, subtotal = excluded.subtotal,
    discount = excluded.discount, shipping = excluded.shipping, tax = excluded.tax, total = excluded.total, member_saved = excluded.member_saved, test = excluded.test, snapshot_at = excluded.snapshot_at,
    snapshot_digest = excluded.snapshot_digest, updated_at = excluded.updated_at`);
/** Paid, delivered and cancelled only: what an older snapshot may still add. */
export const UPDATE_MOMENTS = statement(`
  UPDATE shop_order SET person_id = :person, paid_at = :paid, delivered_at = :delivered, cancelled_at = :cancelled, updated_at = :now WHERE shop_id = :shop AND id = :id`);
const LINE = {
  id: 'id', order_id: 'order', external_id: 'external', line_no: 'no', sku: 'sku', title: 'title', quantity: 'quantity', unit_price: 'price', paid: 'paid', gift_card: 'giftCard', created_at: 'now', updated_at: 'now',
};
export const insertLines = manyRows('order_line', LINE);
export const upsertLines = manyRows('order_line', LINE, `ON CONFLICT (shop_id, order_id, external_id) DO UPDATE SET line_no = excluded.line_no, sku = excluded.sku, title = excluded.title, quantity = excluded.quantity,
    unit_price = excluded.unit_price, paid = excluded.paid, gift_card = excluded.gift_card, updated_at = excluded.updated_at`);
/** The earliest told time stays, so that order of arrival never matters. */
export const DELIVER_LINE = statement('UPDATE order_line SET delivered_at = :at, updated_at = :now WHERE shop_id = :shop AND order_id = :order AND external_id = :external AND (delivered_at IS NULL OR delivered_at > :at)');
export const DROP_OTHER_LINES = jsonStatement('UPDATE order_line SET quantity = 0, paid = 0 WHERE shop_id = :shop AND order_id = :order AND external_id NOT IN @ids');
export const upsertCodes = manyRows('order_code', { order_id: 'order', code: 'code', amount: 'amount' }, 'ON CONFLICT (shop_id, order_id, code) DO UPDATE SET amount = excluded.amount');

/** Refunds that came before their orders find them. */
export const ATTACH_REFUNDS = jsonStatement<{ id: string; order_id: string }>(`
  UPDATE refund SET order_id = (SELECT o.id FROM shop_order o WHERE o.shop_id = refund.shop_id AND o.external_id = refund.order_external_id)
  WHERE shop_id = :shop AND order_id IS NULL AND order_external_id IN @ids RETURNING id, order_id`);
export const INSERT_REFUND = statement(`
  INSERT INTO refund (shop_id, id, external_id, order_external_id, order_id, at, amount, created_at, updated_at)
  VALUES (:shop, :id, :external, :orderExternal, :order, :at, :amount, :now, :now) ON CONFLICT (shop_id, external_id) DO NOTHING`);
export const insertRefundLines = manyRows('refund_line', { refund_id: 'refund', line_external_id: 'line', quantity: 'quantity', amount: 'amount' });
const givenBack = (what: 'quantity' | 'amount'): string => `CAST(COALESCE((SELECT SUM(x.${what}) FROM refund f JOIN refund_line x ON x.shop_id = f.shop_id AND x.refund_id = f.id
    WHERE f.shop_id = order_line.shop_id AND f.order_id = order_line.order_id AND x.line_external_id = order_line.external_id), 0) AS BIGINT)`;
export const RECOUNT_LINES = jsonStatement(`
  UPDATE order_line SET refunded_quantity = ${givenBack('quantity')}, refunded_amount = ${givenBack('amount')} WHERE shop_id = :shop AND order_id IN @ids`);
const linesOf = (which: string): string => `(SELECT COUNT(*) FROM order_line l WHERE l.shop_id = :shop AND l.order_id = f.order_id AND (${which}))`;
const FREE_AND_KEPT = 'l.paid = 0 AND l.refunded_quantity < l.quantity';
/**
 * Full: everything came back, or all the money did. What a coupon made free is part of everything: as long as it is kept, money does not make an
 * order whole, unless no refund says which pieces came back. Run after the lines were recounted.
 */
export const RECOUNT_ORDERS = jsonStatement(`
  UPDATE shop_order SET refunded_total = t.amount,
    fully_refunded = CASE WHEN t.goods > 0 AND t.open = 0 OR shop_order.total > 0 AND t.amount >= shop_order.total AND (t.free = 0 OR t.named = 0) THEN 1 ELSE 0 END FROM (
    SELECT f.order_id AS id, CAST(SUM(f.amount) AS BIGINT) AS amount, ${linesOf('l.paid > 0 OR l.quantity > 0')} AS goods, ${linesOf(`l.paid > l.refunded_amount OR ${FREE_AND_KEPT}`)} AS open,
      ${linesOf(FREE_AND_KEPT)} AS free, ${linesOf('l.refunded_quantity > 0')} AS named
    FROM refund f WHERE f.shop_id = :shop AND f.order_id IN @ids GROUP BY f.order_id) AS t
  WHERE shop_order.shop_id = :shop AND shop_order.id IN @ids AND shop_order.id = t.id`);
/** Waits for whoever else changes these people: a count made before that wait would miss what they add. Run in a statement of its own before the count. */
export const LOCK_PEOPLE = jsonStatement('UPDATE person SET order_count = order_count WHERE shop_id = :shop AND id IN @ids');
/** Money counts only in the shop's own currency; orders in others still count as orders. */
export const RECOUNT_PEOPLE = jsonStatement(`
  UPDATE person SET order_count = t.orders, spent_total = t.spent, last_order_at = t.last FROM (
    SELECT p.id, CAST(COUNT(o.id) AS BIGINT) AS orders, MAX(o.placed_at) AS last,
      CAST(COALESCE(SUM(CASE WHEN o.currency = CAST(:currency AS TEXT) THEN o.total - o.refunded_total ELSE 0 END), 0) AS BIGINT) AS spent
    FROM person p LEFT JOIN shop_order o ON o.shop_id = p.shop_id AND o.person_id = p.id AND o.paid_at IS NOT NULL AND o.cancelled_at IS NULL AND o.test = 0
    WHERE p.shop_id = :shop AND p.id IN @ids GROUP BY p.id) AS t
  WHERE person.shop_id = :shop AND person.id IN @ids AND person.id = t.id`);
/**
 * What a batch of new orders adds to their people, so that a long import does not count everybody's past again and again. The people are
 * there: an upsert is the one form of a many-row update that both engines answer by key.
 */
export const addToPeople = manyRows('person', { id: 'id', kind: 'kind', order_count: 'orders', spent_total: 'spent', last_order_at: 'last', created_at: 'now', updated_at: 'now' },
  `ON CONFLICT (shop_id, id) DO UPDATE SET order_count = person.order_count + excluded.order_count, spent_total = person.spent_total + excluded.spent_total,
    last_order_at = CASE WHEN person.last_order_at > excluded.last_order_at THEN person.last_order_at ELSE excluded.last_order_at END`);
export const ORDER_STATE = statement<{ person_id: string | null; paid_at: number | null; cancelled_at: number | null; history: number; fully_refunded: number; external_id: string }>(
  'SELECT person_id, paid_at, cancelled_at, history, fully_refunded, external_id FROM shop_order WHERE shop_id = :shop AND id = :id');
export const CODES_OF_ORDER = statement<{ code: string; used: number; released: number }>(
  'SELECT code, used, released FROM order_code WHERE shop_id = :shop AND order_id = :order AND (used = 0 OR released = 0) ORDER BY code');
export const MARK_CODE = statement('UPDATE order_code SET used = :used, released = :released WHERE shop_id = :shop AND order_id = :order AND code = :code');
