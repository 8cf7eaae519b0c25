import { notFound, shopperOf, z, type StorefrontRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { issueShopperToken, unauthenticated } from '../shopper-token.js';
import { earningPreviewRoutes } from './earning.routes.js';
import { shopperHeldRoutes } from './held.routes.js';
import { shopperPointsRoutes } from './points.routes.js';

/** A guest's bearer lives as long as a season; a member's is renewed by the shop at every sign-in. */
export const GUEST_TOKEN_MS = 90 * 86_400_000;
export const MEMBER_TOKEN_MS = 30 * 86_400_000;

const points = z.object({
  available: z.number().int(), pending: z.number().int(), held: z.number().int(), debt: z.number().int(),
  expiring: z.array(z.object({ amount: z.number().int(), at: z.number().int() })),
});
const person = z.object({ id: z.string(), kind: z.enum(['guest', 'member']), name: z.string().nullable() });
const line = z.object({
  id: z.string(), at: z.number(), businessDate: z.string(), kind: z.string(), available: z.number(), pending: z.number(), debt: z.number().optional(), source: z.string(), note: z.string().nullable(),
  goods: z.array(z.object({ title: z.string(), refunded: z.number(), of: z.number() })).optional(),
});

export function meRoutes(routes: StorefrontRoutes, services: CoreServices): void {
  routes.route('get', '/me', { summary: 'Who I am and what points I have', audience: 'guest', reply: z.object({ person, points }) }, async (ctx) => {
    const id = shopperOf(ctx) ?? '';
    const [me, balance] = await Promise.all([services.customers.byId(ctx, id), services.ledger.balance(ctx, id)]);
    if (!me) throw notFound('person');
    // Whoever still holds the bearer of the guest that somebody was is not shown the member.
    if (ctx.actor.kind === 'shopper' && ctx.actor.guest && me.kind === 'member') throw unauthenticated();
    return { person: { id: me.id, kind: me.kind, name: me.name }, points: { ...balance, expiring: [...balance.expiring] } };
  });

  shopperPointsRoutes(routes, services);
  shopperHeldRoutes(routes, services);
  earningPreviewRoutes(routes, services);

  routes.route('get', '/me/points', {
    summary: 'Every movement of my points, newest first, and why', audience: 'guest',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).optional(), cursor: z.string().max(300).optional() }),
    reply: z.object({ items: z.array(line), next: z.string().optional() }),
  }, async (ctx, { query }) => {
    const page = await services.ledger.statement(ctx, shopperOf(ctx) ?? '', query);
    return { items: page.items.map((each) => ({ id: each.id, at: each.at, businessDate: each.businessDate, kind: each.kind, available: each.available, pending: each.pending, ...(each.debt === undefined ? {} : { debt: each.debt }), source: each.source, note: each.note, ...(each.goods ? { goods: [...each.goods] } : {}) })), ...(page.next ? { next: page.next } : {}) };
  });

  routes.route('post', '/guests', { summary: 'Become a guest: a person without a name, who can play and keep points until signing in', audience: 'visitor', body: z.strictObject({}).optional(), reply: z.object({ bearer: z.string(), personId: z.string() }), status: 201 }, async (ctx) => {
    const guest = await services.customers.createGuest(ctx);
    return { personId: guest.id, bearer: issueShopperToken(services.secrets.key('shopper-bearer'), { shop: ctx.shop.id, person: guest.id, guest: true, exp: Date.now() + GUEST_TOKEN_MS }) };
  });
}
