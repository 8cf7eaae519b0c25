import { DAY, notFound, sql, statement, type Instant, type ShopContext, type Unit } from '../../../plugin-api/index.js';
import type { Cart } from './cart-pricing.js';
import type { Quote } from './quote.js';

interface CheckoutRow { id: string; customer_id: string; state: 'open' | 'paid' | 'abandoned'; until: number; document: string }
/** What a checkout remembers: the cart, the price that holds until it is over, and the points that are set aside for it. */
export interface OpenDocument { readonly cart: Cart; readonly quote: Quote; readonly holdId?: string; readonly holds: number }
export interface OpenCheckout { readonly id: string; readonly customerId: string; readonly state: CheckoutRow['state']; readonly until: Instant; readonly document: OpenDocument }

const BY_ID = statement<CheckoutRow>('SELECT id, customer_id, state, until, document FROM demo_checkout WHERE shop_id = :shop AND id = :id');
const WRITE = statement(`INSERT INTO demo_checkout (shop_id, id, customer_id, state, until, document) VALUES (:shop, :id, :customerId, 'open', :until, :document)
  ON CONFLICT (shop_id, id) DO UPDATE SET until = excluded.until, document = excluded.document`);
const SETTLE = statement("UPDATE demo_checkout SET state = :state WHERE shop_id = :shop AND id = :id AND state = 'open'");
const OPEN_OF = statement<CheckoutRow>("SELECT id, customer_id, state, until, document FROM demo_checkout WHERE shop_id = :shop AND customer_id = :customerId AND state = 'open' ORDER BY until, id LIMIT 20");
const FORGET = statement('DELETE FROM demo_checkout WHERE shop_id = :shop AND until < :before');

const read = (row: CheckoutRow): OpenCheckout => ({ id: row.id, customerId: row.customer_id, state: row.state, until: row.until, document: JSON.parse(row.document) as OpenDocument });

/** Checkouts as the demo platform keeps them; what is over for a day is forgotten. */
export const openCheckouts = {
  /** Of this customer. @throws 404 */
  *get(id: string, customerId: string): Unit<OpenCheckout> {
    const row = yield* sql.one(BY_ID, { id });
    if (row?.customer_id !== customerId) throw notFound('checkout', id);
    return read(row);
  },
  *write(ctx: ShopContext, checkout: Omit<OpenCheckout, 'state'>): Unit<void> {
    yield* sql.run(FORGET, { before: ctx.now - DAY });
    yield* sql.run(WRITE, { id: checkout.id, customerId: checkout.customerId, until: checkout.until, document: JSON.stringify(checkout.document) });
  },
  /** Those of a customer that are neither paid nor left. */
  *ofCustomer(customerId: string): Unit<readonly OpenCheckout[]> { return (yield* sql.many(OPEN_OF, { customerId })).map(read); },
  /** False when it was settled before. */
  *settle(id: string, state: 'paid' | 'abandoned'): Unit<boolean> { return (yield* sql.run(SETTLE, { id, state })) === 1; },
} as const;
