import { GIVERS, z, type AdminRoutes, type Products } from 'guanxi/plugin';
import type { Openings } from '../services/openings.service.js';

const coming = z.object({ items: z.array(z.object({ sku: z.string(), title: z.string().nullable(), imageUrl: z.string().nullable(), opensAt: z.number(), firstAt: z.number() })) });
const one = z.object({ sku: z.string().min(1).max(200) });

/** Products that open at a time, and the shop's products to choose from. */
export function openingRoutes(routes: AdminRoutes, openings: Openings, products: Products): void {
  routes.route('get', '/openings', { summary: 'Products that are not open to everybody yet', reply: coming }, async (ctx) => ({ items: [...await openings.list(ctx)] }));
  routes.route('put', '/openings/:sku', {
    roles: GIVERS, summary: 'Open a product at a time, and to tiers with a priority window before', params: one, body: z.strictObject({ opensAt: z.number().int().min(0).max(8_640_000_000_000_000) }), reply: coming,
  }, async (ctx, { params, body }) => { await openings.put(ctx, params.sku, body.opensAt); return { items: [...await openings.list(ctx)] }; });
  routes.route('delete', '/openings/:sku', { roles: GIVERS, summary: 'Open a product to everybody now', params: one, reply: coming }, async (ctx, { params }) => { await openings.remove(ctx, params.sku); return { items: [...await openings.list(ctx)] }; });
  routes.route('get', '/products', {
    summary: 'Products to choose from', query: z.strictObject({ search: z.string().max(100).optional(), sku: z.string().max(200).optional() }),
    reply: z.object({ items: z.array(z.object({ sku: z.string(), title: z.string(), price: z.number(), imageUrl: z.string().nullable() })) }),
  }, async (ctx, { query }) => {
    const found = query.sku === undefined ? (await products.search(ctx, query.search ?? '', { limit: 20 })).items : [await products.bySku(ctx, query.sku)];
    return { items: found.flatMap((each) => (each ? [{ sku: each.sku, title: each.title, price: each.price, imageUrl: each.imageUrl }] : [])) };
  });
}
