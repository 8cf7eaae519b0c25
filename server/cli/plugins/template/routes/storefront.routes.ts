import { shopperOf, z, type StorefrontRoutes } from 'guanxi/plugin';
import type { Likes } from '../services/likes.service.js';

const params = z.strictObject({ sku: z.string().min(1).max(100) });
const reply = z.object({ likes: z.number(), liked: z.boolean() });

export function storefrontRoutes(routes: StorefrontRoutes, likes: Likes): void {
  routes.route('get', '/products/:sku/likes', { summary: 'How many like a product', audience: 'visitor', params, reply },
    (ctx, input) => likes.standing(ctx, input.params.sku, shopperOf(ctx)));
  routes.route('put', '/products/:sku/likes', { summary: 'Like a product, or no longer', audience: 'guest', params, body: z.strictObject({ liked: z.boolean() }), reply },
    (ctx, input) => likes.set(ctx, input.params.sku, shopperOf(ctx) ?? '', input.body.liked));
}
