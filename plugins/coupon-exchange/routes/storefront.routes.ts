import { shopperOf, z, type StorefrontRoutes } from 'guanxi/plugin';
import { DISCOUNT_KINDS } from '../entities/reward.entity.js';
import { REDEMPTION_STATES } from '../entities/redemption.entity.js';
import type { Catalogue } from '../services/catalogue.service.js';
import type { Exchange } from '../services/exchange.service.js';

const offer = z.object({
  id: z.string(), title: z.object({ en: z.string(), 'zh-CN': z.string() }), kind: z.enum(DISCOUNT_KINDS), discount: z.number(), minimum: z.number(), cost: z.number(), remaining: z.number().nullable(), perPerson: z.number(), validDays: z.number(),
  left: z.number(), missing: z.number().nullable(),
});

export function storefrontRoutes(routes: StorefrontRoutes, catalogue: Catalogue, exchange: Exchange): void {
  routes.route('get', '/rewards', { summary: 'What points can be turned into, and what is lacking', audience: 'visitor', reply: z.object({ available: z.number().nullable(), items: z.array(offer) }) }, async (ctx) => {
    const offers = await catalogue.offers(ctx, shopperOf(ctx));
    return { available: offers.available, items: offers.items.map((each) => ({ id: each.id, title: { ...each.title }, kind: each.kind, discount: each.discount, minimum: each.minimum, cost: each.cost, remaining: each.remaining, perPerson: each.perPerson, validDays: each.validDays, left: each.left, missing: each.missing })) };
  });
  routes.route('post', '/redemptions', {
    summary: 'Turn points into a coupon code', audience: 'member', status: 201, body: z.strictObject({ rewardId: z.string().min(1).max(200) }),
    reply: z.object({ id: z.string(), rewardId: z.string(), code: z.string(), cost: z.number(), expiresAt: z.number(), available: z.number() }),
  }, (ctx, { body }) => exchange.redeem(ctx, shopperOf(ctx) ?? '', body.rewardId));
  routes.route('get', '/redemptions', {
    summary: 'My coupons', audience: 'member',
    reply: z.object({ items: z.array(z.object({ id: z.string(), rewardId: z.string(), title: z.object({ en: z.string(), 'zh-CN': z.string() }), code: z.string(), cost: z.number(), state: z.enum(REDEMPTION_STATES), issuedAt: z.number(), expiresAt: z.number() })) }),
  }, async (ctx) => ({ items: (await catalogue.couponsOf(ctx, shopperOf(ctx) ?? '')).map((each) => ({ id: each.id, rewardId: each.rewardId, title: { ...each.title }, code: each.code, cost: each.cost, state: each.state, issuedAt: each.issuedAt, expiresAt: each.expiresAt })) }));
}
