import { z, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { pageOf, pageQuery } from './page-query.js';

const row = z.object({ sku: z.string(), title: z.string(), price: z.number(), currency: z.string(), imageUrl: z.string().nullable() });

/** Products for whoever has to choose one. */
export function productRoutes(routes: AdminRoutes, { products }: CoreServices): void {
  routes.route('get', '/products', {
    summary: 'Products on sale by words of their title or SKU, or those of given SKUs', reply: pageOf(row),
    query: z.strictObject({ ...pageQuery, search: z.string().max(100).optional(), skus: z.string().max(2000).optional() }),
  }, async (ctx, { query }) => {
    const { items, next } = query.skus ? { items: [...(await products.bySkus(ctx, query.skus.split(',').slice(0, 20))).values()], next: undefined } : await products.search(ctx, query.search ?? '', query);
    return { items: items.map(({ sku, title, price, currency, imageUrl }) => ({ sku, title, price, currency, imageUrl })), ...(next ? { next } : {}) };
  });
}
