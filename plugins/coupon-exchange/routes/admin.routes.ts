import { GIVERS, z, type AdminRoutes, type Products } from 'guanxi/plugin';
import type { Catalogue } from '../services/catalogue.service.js';
import { createDefaults } from '../services/default-catalogue.js';
import type { CodePool } from '../services/code-pool.service.js';
import { draft, ownCost, reward, shown } from './reward-shape.js';

export const one = z.object({ id: z.string().min(1).max(200) });
export const nothing = z.strictObject({}).optional();
const pool = z.object({ rewardId: z.string(), left: z.number(), given: z.number(), daysLeft: z.number().nullable() });

/** The merchant's rewards. */
export function adminRoutes(routes: AdminRoutes, catalogue: Catalogue, codes: CodePool, products: Products): void {
  routes.route('get', '/rewards', { summary: 'Rewards with what became of them', reply: z.object({ items: z.array(reward) }) }, async (ctx) => ({ items: (await catalogue.list(ctx)).map((each) => shown(ctx, each)) }));
  routes.route('post', '/rewards', { summary: 'A new draft', body: draft, reply: reward, status: 201, roles: GIVERS }, async (ctx, { body }) => shown(ctx, await catalogue.create(ctx, body)));
  routes.route('post', '/default-rewards', { summary: 'Drafts of what most shops begin with', body: nothing, reply: z.object({ ids: z.array(z.string()) }), status: 201, roles: GIVERS }, async (ctx) => ({ ids: await createDefaults(ctx, catalogue, products) }));
  routes.route('get', '/rewards/:id', { summary: 'One reward', params: one, reply: reward }, async (ctx, { params }) => shown(ctx, await catalogue.get(ctx, params.id)));
  routes.route('put', '/rewards/:id', { summary: 'Change a draft', params: one, body: draft, reply: reward, roles: GIVERS }, async (ctx, { params, body }) => shown(ctx, await catalogue.update(ctx, params.id, body)));
  for (const action of ['publish', 'pause', 'resume', 'end'] as const) {
    routes.route('post', `/rewards/:id/${action}`, { summary: `${action} a reward`, params: one, body: nothing, reply: reward, roles: GIVERS }, async (ctx, { params }) => shown(ctx, await catalogue.move(ctx, params.id, action)));
  }
  routes.route('post', '/rewards/:id/duplicate', { summary: 'A draft like this one', params: one, body: nothing, reply: reward, status: 201, roles: GIVERS }, async (ctx, { params }) => shown(ctx, await catalogue.duplicate(ctx, params.id)));
  routes.route('post', '/rewards/:id/stock', { summary: 'Put more up', params: one, body: z.strictObject({ amount: z.number().int().min(1).max(1_000_000) }), reply: reward, roles: GIVERS, keyed: true }, async (ctx, { params, body }) => shown(ctx, await catalogue.addStock(ctx, params.id, body.amount)));
  routes.route('post', '/rewards/:id/cost', { summary: 'Say what one costs the shop', params: one, body: z.strictObject({ amount: ownCost }), reply: reward, roles: GIVERS }, async (ctx, { params, body }) => shown(ctx, await catalogue.setCost(ctx, params.id, body.amount)));
  routes.route('post', '/rewards/:id/codes', {
    summary: 'Load codes of others, e.g. of gift cards; each is given once', params: one, body: z.strictObject({ codes: z.array(z.string().trim().min(1).max(500)).min(1).max(5_000) }),
    reply: z.object({ added: z.number(), known: z.number() }), roles: GIVERS,
  }, (ctx, { params, body }) => codes.add(ctx, params.id, body.codes));
  routes.route('get', '/pools', { summary: 'How many codes are left, and for how long', reply: z.object({ items: z.array(pool) }) }, async (ctx) => ({ items: await codes.list(ctx) }));
  routes.route('get', '/products', {
    summary: 'Products that can be given for points', query: z.strictObject({ search: z.string().max(100).optional(), sku: z.string().max(200).optional() }),
    reply: z.object({ items: z.array(z.object({ sku: z.string(), title: z.string(), price: z.number(), imageUrl: z.string().nullable() })) }),
  }, async (ctx, { query }) => {
    const found = query.sku === undefined ? (await products.search(ctx, query.search ?? '', { limit: 20 })).items : [await products.bySku(ctx, query.sku)];
    return { items: found.flatMap((each) => (each ? [{ sku: each.sku, title: each.title, price: each.price, imageUrl: each.imageUrl }] : [])) };
  });
  routes.route('get', '/kinds', { summary: 'What this shop can give besides coupons', reply: z.object({ credit: z.boolean(), wheels: z.array(z.object({ ref: z.string(), title: z.string() })) }) }, async (ctx) => {
    const { credit, wheels } = await catalogue.surroundings(ctx);
    return { credit, wheels: wheels.map((each) => ({ ...each })) };
  });
}
