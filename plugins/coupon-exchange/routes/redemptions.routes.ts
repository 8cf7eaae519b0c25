import { z, type AdminRoutes } from 'guanxi/plugin';
import { HANDED_KINDS, REWARD_KINDS } from '../entities/reward.entity.js';
import { REDEMPTION_STATES } from '../entities/redemption.entity.js';
import type { Catalogue } from '../services/catalogue.service.js';
import type { Exchange } from '../services/exchange.service.js';
import type { Fulfilment } from '../services/fulfilment.service.js';
import { nothing, one } from './admin.routes.js';

const redemption = z.object({
  id: z.string(), rewardId: z.string(), kind: z.enum(REWARD_KINDS), personId: z.string(), person: z.string().nullable(), code: z.string(), cost: z.number(), state: z.enum([...REDEMPTION_STATES, 'reserved']), issuedAt: z.number(), expiresAt: z.number(),
  usedAt: z.number().nullable(), orderId: z.string().nullable(), handledBy: z.string().nullable(),
});
const paging = { limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() };
const steps = z.array(z.object({ step: z.string(), at: z.number(), ref: z.string().nullable() }));
const toHandle = z.object({ id: z.string(), rewardId: z.string(), personId: z.string(), person: z.string().nullable(), issuedAt: z.number(), expiresAt: z.number(), usedAt: z.number().nullable(), handledBy: z.string().nullable(), order: z.object({ number: z.string(), placedAt: z.number() }).nullable() });

/** Codes are shown in part: whoever may look at the list need not be able to use them. */
export const maskCode = (code: string): string => `${code.slice(0, 7)}…${code.slice(-2)}`;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What was given out, and what staff hand over. */
export function redemptionRoutes(routes: AdminRoutes, catalogue: Catalogue, exchange: Exchange, fulfilment: Fulfilment): void {
  const filter = { rewardId: z.string().max(200).optional(), /** One or several, e.g. `used,expired`. */ state: z.string().max(200).transform((text) => text.split(',')).pipe(z.array(z.enum(REDEMPTION_STATES))).optional(), /** Usable after this moment. */ expiresAfter: z.string().regex(/^\d{1,15}$/).transform(Number).optional(), /** Given out at this moment or later. */ since: z.string().regex(/^\d{1,15}$/).transform(Number).optional(), /** Used after so many whole days, e.g. `0-2`. */ usedAfter: z.string().regex(/^\d{1,5}-\d{1,5}$/).transform((text) => { const [from = 0, to = 0] = text.split('-').map(Number); return { from, to }; }).optional() };
  routes.route('get', '/redemptions', { summary: 'What was given out, newest first', query: z.strictObject({ ...filter, ...paging }), reply: z.object({ items: z.array(redemption), next: z.string().optional() }) }, async (ctx, { query }) => {
    const page = await catalogue.redemptions(ctx, query, query);
    return {
      items: page.items.map((each) => ({
        id: each.id, rewardId: each.rewardId, kind: each.kind, personId: each.personId, person: each.person, code: maskCode(each.code), cost: each.cost, state: each.state, issuedAt: each.issuedAt, expiresAt: each.expiresAt,
        usedAt: each.usedAt, orderId: each.orderId, handledBy: each.handledBy,
      })), ...(page.next ? { next: page.next } : {}),
    };
  });
  routes.csv('/redemptions.csv', { summary: 'The same as CSV', query: z.strictObject(filter), name: 'redemptions.csv', columns: ['id', 'reward_id', 'kind', 'person_id', 'person', 'code', 'cost', 'state', 'issued_at', 'expires_at', 'used_at', 'order_id', 'handled_by'] }, async function* (ctx, { query }) {
    let cursor: string | undefined;
    do {
      const page = await catalogue.redemptions(ctx, query, { limit: 200, cursor });
      for (const each of page.items) yield [each.id, each.rewardId, each.kind, each.personId, each.person, maskCode(each.code), each.cost, each.state, iso(each.issuedAt), iso(each.expiresAt), iso(each.usedAt), each.orderId, each.handledBy];
      cursor = page.next;
    } while (cursor);
  });
  routes.route('get', '/redemptions/:id/steps', { summary: 'What became of one, oldest first', params: one, reply: z.object({ steps, heldUntil: z.number().nullable(), canCancel: z.boolean() }) }, async (ctx, { params }) => {
    const { redemption: found, heldUntil, steps: life } = await catalogue.lifeOf(ctx, params.id);
    return { steps: await fulfilment.named(ctx, life), heldUntil, canCancel: found.state === 'issued' && heldUntil === null };
  });
  routes.route('post', '/redemptions/:id/cancel', { summary: 'Take back what was not used; its points return', params: one, body: z.strictObject({ reason: z.string().trim().min(1).max(200) }), reply: z.null() }, async (ctx, { params, body }) => { await exchange.cancel(ctx, params.id, body.reason); return null; });
  routes.route('post', '/redemptions/:id/handle', { summary: 'Tick off what was packed or done', params: one, body: nothing, reply: z.null() }, async (ctx, { params }) => { await fulfilment.handle(ctx, params.id); return null; });
  routes.route('get', '/to-handle', {
    summary: 'What staff pack into parcels or do for somebody, oldest first', query: z.strictObject({ kind: z.enum(HANDED_KINDS), state: z.enum(['issued', 'used']).default('issued'), ...paging }), reply: z.object({ items: z.array(toHandle), next: z.string().optional() }),
  }, async (ctx, { query }) => {
    const page = await fulfilment.list(ctx, query, query);
    return {
      items: page.items.map(({ redemption: each, person, order }) => ({ id: each.id, rewardId: each.rewardId, personId: each.personId, person, issuedAt: each.issuedAt, expiresAt: each.expiresAt, usedAt: each.usedAt, handledBy: each.handledBy, order: order ? { ...order } : null })),
      ...(page.next ? { next: page.next } : {}),
    };
  });
}
