import { shopperOf, z, type ShopContext, type StorefrontRoutes } from 'guanxi/plugin';
import { REWARD_KINDS } from '../entities/reward.entity.js';
import { REDEMPTION_STATES } from '../entities/redemption.entity.js';
import type { Catalogue } from '../services/catalogue.service.js';
import type { CodePool } from '../services/code-pool.service.js';
import type { Exchange } from '../services/exchange.service.js';
import type { LiftMeasure } from '../services/lift.service.js';
import type { Views } from '../services/views.service.js';
import { localised } from './reward-shape.js';

const product = z.object({ title: z.string(), price: z.number(), url: z.string().nullable() });
const offer = z.object({
  id: z.string(), title: localised, kind: z.enum(REWARD_KINDS), discount: z.number(), minimum: z.number(), cost: z.number(), remaining: z.number().nullable(), perPerson: z.number(), validDays: z.number(),
  left: z.number(), missing: z.number().nullable(), nextWeek: z.boolean(), unavailable: z.boolean(), note: localised.nullable(), product: product.nullable(),
  /** The products that a coupon is for; null for all. */ only: z.array(z.string()).nullable(), /** Its last day. */ until: z.number().nullable(),
});
const redeemed = z.object({ id: z.string(), rewardId: z.string(), kind: z.enum(REWARD_KINDS), code: z.string(), cost: z.number(), expiresAt: z.number(), available: z.number(), state: z.enum(['issued', 'used', 'requested']) });
const mine = z.object({ id: z.string(), rewardId: z.string(), kind: z.enum(REWARD_KINDS), title: localised, note: localised.nullable(), code: z.string(), cost: z.number(), state: z.enum([...REDEMPTION_STATES, 'reserved']), issuedAt: z.number(), expiresAt: z.number(), packed: z.boolean() });

export interface StorefrontParts {
  readonly catalogue: Catalogue; readonly exchange: Exchange; readonly pool: CodePool;
  readonly lift: LiftMeasure; readonly views: Views;
  readonly perWeek: (ctx: ShopContext) => Promise<number>; readonly credit: (ctx: ShopContext) => boolean;
}

export function storefrontRoutes(routes: StorefrontRoutes, { catalogue, exchange, pool, lift, views, perWeek, credit }: StorefrontParts): void {
  routes.route('get', '/rewards', { summary: 'What points can be turned into, and what is lacking', audience: 'visitor', reply: z.object({ available: z.number().nullable(), /** What of mine ends within three days, and when the first of it does. */ ending: z.object({ number: z.number(), at: z.number() }).nullable(), items: z.array(offer) }) }, async (ctx) => {
    const person = shopperOf(ctx);
    const offers = await catalogue.offers(ctx, person, await perWeek(ctx));
    if (person) await views.seen(ctx, person, offers.items.map(({ id }) => id));
    if (person && ctx.actor.kind === 'shopper' && !ctx.actor.guest) await lift.seen(ctx, person);
    return {
      ending: offers.ending ? { ...offers.ending } : null,
      available: offers.available,
      items: offers.items.map((each) => ({
        id: each.id, title: { ...each.title }, kind: each.kind, discount: each.discount, minimum: each.minimum, cost: each.cost, remaining: each.remaining, perPerson: each.perPerson, validDays: each.validDays, left: each.left, missing: each.missing,
        nextWeek: each.nextWeek, unavailable: each.unavailable, note: each.note ? { ...each.note } : null, product: each.product ? { title: each.product.title, price: each.product.price, url: each.product.url } : null, only: each.only ? [...each.only] : null, until: each.until,
      })),
    };
  });
  routes.route('post', '/redemptions', { summary: 'Turn points into a reward', audience: 'member', status: 201, body: z.strictObject({ rewardId: z.string().min(1).max(200) }), reply: redeemed }, async (ctx, { body }) => {
    const result = await exchange.redeem(ctx, shopperOf(ctx) ?? '', body.rewardId, { perWeek: await perWeek(ctx), credit: credit(ctx) });
    // Opened after the unit: what the unit answered is stored with the request's key, and a sealed code must not be.
    return result.kind === 'code' ? { ...result, code: await pool.codeOf(ctx, result.id) ?? result.code } : result;
  });
  routes.route('get', '/redemptions', { summary: 'My rewards', audience: 'member', reply: z.object({ items: z.array(mine) }) }, async (ctx) => ({ items: await mineOf(ctx, catalogue, pool) }));
  routes.route('get', '/redemptions/:id/steps', { summary: 'What became of one of mine', audience: 'member', params: z.object({ id: z.string().min(1).max(200) }), reply: z.object({ steps: z.array(z.object({ step: z.string(), at: z.number() })) }) },
    async (ctx, { params }) => ({ steps: (await catalogue.lifeOf(ctx, params.id, shopperOf(ctx) ?? '')).steps.map(({ step, at }) => ({ step, at })) }));
}

/** All sealed codes are fetched at once. */
async function mineOf(ctx: ShopContext, catalogue: Catalogue, pool: CodePool): Promise<z.infer<typeof mine>[]> {
  const found = await catalogue.couponsOf(ctx, shopperOf(ctx) ?? '');
  const codes = found.some(({ kind }) => kind === 'code') ? await pool.codesOf(ctx, shopperOf(ctx) ?? '') : new Map<string, string>();
  return found.map((each) => ({
    id: each.id, rewardId: each.rewardId, kind: each.kind, title: { ...each.title }, note: each.note ? { ...each.note } : null, code: codes.get(each.id) ?? each.code, cost: each.cost, state: each.state,
    issuedAt: each.issuedAt, expiresAt: each.expiresAt, packed: each.kind === 'next-order' && each.orderId !== null,
  }));
}
