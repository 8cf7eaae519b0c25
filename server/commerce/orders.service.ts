import { addDays, startOfBusinessDate, statement, type BusinessDate, type Database, type Instant, type Order, type OrderLine, type Orders, type OrderSum, type Walk, type Page, type PageRequest, type Reader, type ShopContext } from '../plugin-api/index.js';
import { jsonStatement } from './json-statement.js';
import { pageOf, pageSize, positionOf } from './list-page.js';
import { ORDER_COLUMNS, ORDER_LIST, orderList, statusOf, type OrderFilter, type OrderRow, type OrderStatus } from './order-list.js';

/** A row of the orders' list. Money in minor units of the order's currency. */
export interface OrderSummary {
  readonly id: string; readonly externalId: string; readonly number: string; readonly personId: string | null; readonly personName: string | null; readonly currency: string; readonly placedAt: Instant;
  readonly status: OrderStatus; readonly total: number; readonly refundedTotal: number;
}
export interface OrderTotals { readonly orders: number; readonly revenue: number; readonly refunded: number; readonly cancelled: number; readonly buyers: number }
export interface DaySales { readonly date: BusinessDate; readonly orders: number; readonly revenue: number; readonly refunded: number }

interface LineRow { readonly id: string; readonly order_id: string; readonly sku: string; readonly title: string; readonly quantity: number; readonly unit_price: number; readonly paid: number; readonly refunded_quantity: number; readonly refunded_amount: number }
const BY_ID = statement<OrderRow>(`${ORDER_COLUMNS} AND o.id = :id`);
const BY_EXTERNAL = statement<OrderRow>(`${ORDER_COLUMNS} AND o.external_id = :external`);
const LINES = jsonStatement<LineRow>(`SELECT id, order_id, sku, title, quantity, unit_price, paid, refunded_quantity, refunded_amount FROM order_line WHERE shop_id = :shop AND order_id IN @ids AND quantity > 0 ORDER BY order_id, line_no, id`);
const CODES = jsonStatement<{ order_id: string; code: string; amount: number }>('SELECT order_id, code, amount FROM order_code WHERE shop_id = :shop AND order_id IN @ids ORDER BY order_id, code');
/** Following merges: an order of the person that this one was merged from counts as theirs. CROSS JOIN begins with the person's orders: SQLite would read every line of the shop. */
const BOUGHT = statement<{ id: string }>(`
  SELECT o.id FROM shop_order o CROSS JOIN order_line l
  WHERE o.shop_id = :shop AND o.person_id IN (SELECT CAST(:person AS TEXT) UNION ALL SELECT p.id FROM person p WHERE p.shop_id = :shop AND p.merged_into = CAST(:person AS TEXT))
    AND l.shop_id = o.shop_id AND l.order_id = o.id AND l.sku = :sku AND o.paid_at IS NOT NULL AND o.cancelled_at IS NULL AND o.test = 0 AND o.fully_refunded = 0
    AND l.quantity > l.refunded_quantity AND (l.paid = 0 OR l.refunded_amount < l.paid) ORDER BY o.placed_at + 0 DESC, o.id DESC LIMIT 1`);
const COUNTED = "o.shop_id = :shop AND o.paid_at IS NOT NULL AND o.test = 0 AND o.currency = :currency AND o.placed_at >= :from AND o.placed_at < :to";
const TOTALS = statement<OrderTotals>(`
  SELECT CAST(COALESCE(SUM(CASE WHEN o.cancelled_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS orders, CAST(COALESCE(SUM(CASE WHEN o.cancelled_at IS NULL THEN o.total ELSE 0 END), 0) AS BIGINT) AS revenue,
    CAST(COALESCE(SUM(CASE WHEN o.cancelled_at IS NULL THEN o.refunded_total ELSE 0 END), 0) AS BIGINT) AS refunded, CAST(COALESCE(SUM(CASE WHEN o.cancelled_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS cancelled,
    CAST(COUNT(DISTINCT CASE WHEN o.cancelled_at IS NULL THEN o.person_id END) AS BIGINT) AS buyers FROM shop_order o WHERE ${COUNTED}`);
const DAILY = statement<{ date: string; orders: number; revenue: number; refunded: number }>(`
  SELECT o.business_date AS date, CAST(COUNT(*) AS BIGINT) AS orders, CAST(SUM(o.total) AS BIGINT) AS revenue, CAST(SUM(o.refunded_total) AS BIGINT) AS refunded
  FROM shop_order o WHERE ${COUNTED} AND o.cancelled_at IS NULL GROUP BY o.business_date ORDER BY o.business_date`);

interface SumRow { readonly id: string; readonly person_id: string; readonly paid_at: number; readonly goods: number; readonly back: number; readonly gone: number; readonly refunded_at: number | null; readonly member_saved: number; readonly shipping: number }
const ofLines = (column: string): string => `CAST(COALESCE((SELECT SUM(l.${column}) FROM order_line l WHERE l.shop_id = o.shop_id AND l.order_id = o.id), 0) AS BIGINT)`;
const sums = (which: string): string => `
  SELECT o.id, COALESCE(p.merged_into, p.id) AS person_id, o.paid_at, o.member_saved, o.shipping, ${ofLines('paid')} AS goods, ${ofLines('refunded_amount')} AS back,
    CASE WHEN o.cancelled_at IS NOT NULL OR o.fully_refunded = 1 THEN 1 ELSE 0 END AS gone, COALESCE(o.cancelled_at, (SELECT MAX(r.at) FROM refund r WHERE r.shop_id = o.shop_id AND r.order_id = o.id)) AS refunded_at
  FROM shop_order o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
  WHERE o.shop_id = :shop AND o.paid_at IS NOT NULL AND o.test = 0 AND o.currency = :currency AND p.erased_at IS NULL AND ${which} ORDER BY o.id LIMIT :limit`;
const SUMS_AFTER = statement<SumRow>(sums('o.id > :after AND o.paid_at >= :since'));
const SUMS_OF = jsonStatement<SumRow>(sums('o.id IN @ids'));
const RETURNS_OF = jsonStatement<{ order_id: string; at: number; back: number }>(`
  SELECT r.order_id, r.at, CAST(SUM(x.amount) AS BIGINT) AS back FROM refund r CROSS JOIN refund_line x CROSS JOIN order_line l
  WHERE r.shop_id = :shop AND r.order_id IN @ids AND x.shop_id = r.shop_id AND x.refund_id = r.id AND l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.external_id = x.line_external_id GROUP BY r.order_id, r.at ORDER BY r.order_id, r.at`);

/** What was left after each return; a cancelled or wholly refunded order ends with nothing. */
function returnsOf({ goods, refunded_at: end }: SumRow, net: number, found: readonly { readonly at: number; readonly back: number }[]): OrderSum['returns'] {
  const steps: { at: number; left: number }[] = [];
  let left = goods;
  for (const { at, back } of found) {
    left = Math.max(0, left - back);
    if (back > 0 && (end === null || at < end)) steps.push({ at, left });
  }
  if (end !== null && net !== (steps.at(-1)?.left ?? goods)) steps.push({ at: end, left: net });
  return steps;
}

const lineOf = (row: LineRow): OrderLine => ({
  id: row.id, sku: row.sku, title: row.title, quantity: row.quantity, unitPrice: row.unit_price, paid: row.paid, refundedQuantity: row.refunded_quantity, refundedAmount: row.refunded_amount,
});
const summaryOf = (row: OrderRow): OrderSummary => ({
  id: row.id, externalId: row.external_id, number: row.number, personId: row.person_id, personName: row.person_name, currency: row.currency, placedAt: row.placed_at, status: statusOf(row), total: row.total, refundedTotal: row.refunded_total,
});

function byOrder<R extends { readonly order_id: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.order_id);
    if (group) group.push(row); else groups.set(row.order_id, [row]);
  }
  return groups;
}

async function complete(q: Reader, rows: readonly OrderRow[]): Promise<Order[]> {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map((row) => row.id));
  const lines = byOrder(await q.many(LINES, { ids }));
  const codes = byOrder(await q.many(CODES, { ids }));
  return rows.map((row): Order => ({
    id: row.id, externalId: row.external_id, number: row.number, personId: row.person_id, currency: row.currency, placedAt: row.placed_at, paidAt: row.paid_at, deliveredAt: row.delivered_at,
    cancelledAt: row.cancelled_at, total: row.total, refundedTotal: row.refunded_total, discountCodes: (codes.get(row.id) ?? []).map((code) => code.code),
    discounts: (codes.get(row.id) ?? []).map(({ code, amount }) => ({ code, amount })), lines: (lines.get(row.id) ?? []).map(lineOf),
  }));
}

/** Business dates as the moments they span: the orders' own index serves them. */
const between = (ctx: ShopContext, from: BusinessDate, to: BusinessDate): { readonly from: Instant; readonly to: Instant } => ({ from: startOfBusinessDate(ctx.shop, from), to: startOfBusinessDate(ctx.shop, addDays(to, 1)) });

export class OrdersService implements Orders {
  constructor(private readonly db: Database) {}

  byId(ctx: ShopContext, orderId: string): Promise<Order | undefined> {
    return this.db.read(ctx, async (q) => {
      const row = await q.one(BY_ID, { id: orderId });
      return row && (await complete(q, [row]))[0];
    });
  }

  /** By the platform's id. */
  byExternalId(ctx: ShopContext, externalId: string): Promise<Order | undefined> {
    return this.db.read(ctx, async (q) => {
      const row = await q.one(BY_EXTERNAL, { external: externalId });
      return row && (await complete(q, [row]))[0];
    });
  }

  /** Newest first. */
  async ofPerson(ctx: ShopContext, personId: string, page: PageRequest): Promise<Page<Order>> {
    const limit = pageSize(page);
    const { statement: text, params } = orderList({ personId }, positionOf(ORDER_LIST, page, 'number'));
    return this.db.read(ctx, async (q) => {
      const rows = await q.many(text, { ...params, limit: limit + 1 });
      const cut = pageOf(ORDER_LIST, rows, limit, (row) => ({ at: row.placed_at, id: row.id }), (row) => row);
      return { ...cut, items: await complete(q, cut.items) };
    });
  }

  sums(ctx: ShopContext, which: (Walk & { readonly paidSince?: Instant }) | { readonly ids: readonly string[] }): Promise<readonly OrderSum[]> {
    const currency = ctx.shop.currency;
    return this.db.read(ctx, async (q) => {
      const rows = await ('ids' in which ? q.many(SUMS_OF, { currency, ids: JSON.stringify(which.ids.slice(0, 1_000)), limit: 1_000 }) : q.many(SUMS_AFTER, { currency, after: which.after ?? '', since: which.paidSince ?? 0, limit: Math.min(which.limit, 1_000) }));
      const touched = rows.filter(({ refunded_at: at }) => at !== null).map(({ id }) => id);
      const returns = byOrder(touched.length ? await q.many(RETURNS_OF, { ids: JSON.stringify(touched) }) : []);
      return rows.map((row): OrderSum => {
        const net = row.gone ? 0 : Math.max(0, row.goods - row.back);
        return { id: row.id, personId: row.person_id, paidAt: row.paid_at, goods: row.goods, net, shipping: row.shipping, refundedAt: row.refunded_at, saved: row.goods > 0 ? Math.round((row.member_saved * net) / row.goods) : 0, returns: returnsOf(row, net, returns.get(row.id) ?? []) };
      });
    });
  }

  boughtBy(ctx: ShopContext, personId: string, sku: string): Promise<string | undefined> {
    return this.db.read(ctx, async (q) => (await q.one(BOUGHT, { person: personId, sku }))?.id);
  }

  /** A page of the orders' list, newest first. */
  async list(ctx: ShopContext, filter: OrderFilter, page: PageRequest): Promise<Page<OrderSummary>> {
    const limit = pageSize(page);
    const { statement: text, params } = orderList(filter, positionOf(ORDER_LIST, page, 'number'));
    return this.db.read(ctx, async (q) => pageOf(ORDER_LIST, await q.many(text, { ...params, limit: limit + 1 }), limit, (row) => ({ at: row.placed_at, id: row.id }), summaryOf));
  }

  /** Paid orders in the shop's currency between two business dates, both included. Revenue is before refunds; cancelled orders only count as such. */
  totals(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<OrderTotals> {
    return this.db.read(ctx, async (q) => (await q.one(TOTALS, { ...between(ctx, from, to), currency: ctx.shop.currency }))!);
  }

  /** The same by day, days without orders included; at most 800 days. */
  async daily(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<readonly DaySales[]> {
    const found = await this.db.read(ctx, (q) => q.many(DAILY, { ...between(ctx, from, to), currency: ctx.shop.currency }));
    const byDate = new Map(found.map((row) => [row.date, row]));
    const days: DaySales[] = [];
    for (let date = from; date <= to && days.length < 800; date = addDays(date, 1)) days.push(byDate.get(date) ?? { date, orders: 0, revenue: 0, refunded: 0 });
    return days;
  }
}
