import { likeAnywhere, statement, type Instant, type Params, type Statement } from '../plugin-api/index.js';

export type OrderStatus = 'unpaid' | 'paid' | 'delivered' | 'refunded' | 'cancelled';
export interface OrderFilter {
  /** Number or platform id, or the customer's name. */
  readonly search?: string | undefined;
  readonly status?: OrderStatus | undefined;
  readonly personId?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}
export interface OrderRow {
  readonly id: string; readonly external_id: string; readonly number: string; readonly person_id: string | null; readonly currency: string; readonly placed_at: number; readonly paid_at: number | null;
  readonly delivered_at: number | null; readonly cancelled_at: number | null; readonly total: number; readonly refunded_total: number; readonly fully_refunded: number; readonly person_name: string | null;
  readonly subtotal: number; readonly discount: number; readonly shipping: number; readonly tax: number;
}

export const ORDER_COLUMNS = `SELECT o.id, o.external_id, o.number, o.person_id, o.currency, o.placed_at, o.paid_at, o.delivered_at, o.cancelled_at, o.total, o.refunded_total, o.fully_refunded, o.subtotal, o.discount,
    o.shipping, o.tax, p.name AS person_name FROM shop_order o LEFT JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id WHERE o.shop_id = :shop`;
export const ORDER_LIST = 'orders.placed';
const STATUS: Readonly<Record<OrderStatus, string>> = {
  unpaid: 'o.paid_at IS NULL AND o.cancelled_at IS NULL', cancelled: 'o.cancelled_at IS NOT NULL', refunded: 'o.refunded_total > 0 AND o.cancelled_at IS NULL',
  delivered: 'o.delivered_at IS NOT NULL AND o.cancelled_at IS NULL', paid: 'o.paid_at IS NOT NULL AND o.delivered_at IS NULL AND o.cancelled_at IS NULL',
};

/** What an order is now, in one word; the last thing that happened counts. */
export function statusOf(row: Pick<OrderRow, 'paid_at' | 'delivered_at' | 'cancelled_at' | 'fully_refunded'>): OrderStatus {
  if (row.cancelled_at !== null) return 'cancelled';
  if (row.fully_refunded === 1) return 'refunded';
  if (row.delivered_at !== null) return 'delivered';
  return row.paid_at === null ? 'unpaid' : 'paid';
}

const made = new Map<string, Statement<OrderRow>>();

/** The statement of one page, newest first. */
export function orderList(filter: OrderFilter, from: { readonly at: number; readonly id: string } | undefined): { readonly statement: Statement<OrderRow>; readonly params: Params } {
  const search = filter.search?.trim() ?? '';
  const conditions = [
    ...(search === '' ? [] : ["(LOWER(o.number) LIKE :search ESCAPE '!' OR o.external_id = :exact OR LOWER(COALESCE(p.name, '')) LIKE :search ESCAPE '!')"]), ...(filter.status ? [STATUS[filter.status]] : []),
    ...(filter.personId === undefined ? [] : ['o.person_id = :person']), ...(filter.from === undefined ? [] : ['o.placed_at >= :since']), ...(filter.to === undefined ? [] : ['o.placed_at < :until']),
    ...(from === undefined ? [] : ['(o.placed_at < :after OR (o.placed_at = :after AND o.id < :afterId))']),
  ];
  const text = `${ORDER_COLUMNS}${conditions.map((condition) => ` AND ${condition}`).join('')} ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit`;
  let found = made.get(text);
  if (!found) made.set(text, found = statement<OrderRow>(text));
  return {
    statement: found,
    params: { search: likeAnywhere(search), exact: search, person: filter.personId ?? null, since: filter.from ?? null, until: filter.to ?? null, after: from?.at ?? null, afterId: from?.id ?? null },
  };
}
