import { z, type AdminRoutes } from 'guanxi/plugin';
import type { Likes } from '../services/likes.service.js';

export function adminRoutes(routes: AdminRoutes, likes: Likes): void {
  routes.route('get', '/top', { summary: 'What shoppers like most', reply: z.object({ items: z.array(z.object({ sku: z.string(), title: z.string(), likes: z.number() })) }) },
    async (ctx) => ({ items: await likes.top(ctx) }));
}
