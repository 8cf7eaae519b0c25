import { jsonStatement } from '../../../commerce/json-statement.js';
import { notFound, sql, statement, type Database, type ShopContext, type Unit } from '../../../plugin-api/index.js';
import type { DemoOrder } from './demo-order.js';

interface OrderRow { id: string; version: number; document: string }

const BY_ID = statement<OrderRow>('SELECT id, version, document FROM demo_order WHERE shop_id = :shop AND id = :id');
const OF_CUSTOMER = statement<OrderRow>('SELECT id, version, document FROM demo_order WHERE shop_id = :shop AND customer_id = :customerId ORDER BY placed_at DESC, id DESC LIMIT 20');
const INSERT = statement('INSERT INTO demo_order (shop_id, id, customer_id, placed_at, version, document) VALUES (:shop, :id, :customerId, :placedAt, 1, :document) ON CONFLICT (shop_id, id) DO NOTHING');
const INSERT_MANY = jsonStatement(`INSERT INTO demo_order (shop_id, id, customer_id, placed_at, version, document)
  SELECT :shop, r.value ->> 'id', r.value ->> 'customerId', CAST(r.value ->> 'placedAt' AS BIGINT), 1, r.value ->> 'document' FROM @rows WHERE true ON CONFLICT (shop_id, id) DO NOTHING`);
const REPLACE = statement('UPDATE demo_order SET document = :document, version = version + 1 WHERE shop_id = :shop AND id = :id AND version = :version');

const read = (row: OrderRow): DemoOrder & { readonly version: number } => ({ ...(JSON.parse(row.document) as DemoOrder), version: row.version });

/** The demo shop's own orders, each a document. */
export class DemoOrders {
  constructor(private readonly database: Database) {}

  /** @throws 404 */
  async get(ctx: ShopContext, id: string): Promise<DemoOrder> {
    const row = await this.database.read(ctx, (q) => q.one(BY_ID, { id }));
    if (!row) throw notFound('order', id);
    return read(row);
  }

  /** The last 20, newest first. */
  async ofCustomer(ctx: ShopContext, customerId: string): Promise<DemoOrder[]> {
    return (await this.database.read(ctx, (q) => q.many(OF_CUSTOMER, { customerId }))).map(read);
  }

  readonly steps = {
    *get(id: string): Unit<DemoOrder & { readonly version: number }> {
      const row = yield* sql.one(BY_ID, { id });
      if (!row) throw notFound('order', id);
      return read(row);
    },
    *insert(order: DemoOrder): Unit<void> {
      yield* sql.run(INSERT, { id: order.id, customerId: order.customerId, placedAt: order.placedAt, document: JSON.stringify(order) });
    },
    /** Those that are not there yet. */
    *insertMany(orders: readonly DemoOrder[]): Unit<void> {
      yield* sql.run(INSERT_MANY, { rows: JSON.stringify(orders.map((order) => ({ id: order.id, customerId: order.customerId, placedAt: order.placedAt, document: JSON.stringify(order) }))) });
    },
    /** False when somebody else changed the order since `version` was read. */
    *replace(order: DemoOrder, version: number): Unit<boolean> {
      return (yield* sql.run(REPLACE, { id: order.id, version, document: JSON.stringify(order) })) === 1;
    },
  };
}
