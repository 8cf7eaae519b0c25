import { minorUnits, z, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { pageOf, pageQuery } from './page-query.js';

const row = z.object({ id: z.string(), externalId: z.string(), number: z.string(), personId: z.string().nullable(), personName: z.string().nullable(), currency: z.string(), placedAt: z.number(), status: z.string(), total: z.number(), refundedTotal: z.number() });
const filter = { search: z.string().max(100).optional() };

export function orderRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/orders', { summary: 'Orders, newest first', query: z.strictObject({ ...pageQuery, ...filter }), reply: pageOf(row) }, async (ctx, { query }) => {
    const page = await services.orders.list(ctx, { search: query.search }, query);
    return { items: page.items.map((each) => ({ ...each })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.csv('/orders.csv', { summary: 'Orders as CSV', query: z.strictObject(filter), name: 'orders.csv', columns: ['id', 'number', 'customer', 'placed_at', 'status', 'currency', 'total', 'refunded'] }, async function* (ctx, { query }) {
    let cursor: string | undefined;
    do {
      const page = await services.orders.list(ctx, { search: query.search }, { limit: 200, cursor });
      for (const each of page.items) yield [each.id, each.number, each.personName, new Date(each.placedAt).toISOString(), each.status, each.currency, each.total / minorUnits(each.currency), each.refundedTotal / minorUnits(each.currency)];
      cursor = page.next;
    } while (cursor);
  });
}
