import { shopperOf, z, type StorefrontRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';

const idParams = z.strictObject({ id: z.string().min(1).max(200) });

/** What shoppers see of rewards that are checked first, and how they object. */
export function shopperHeldRoutes(routes: StorefrontRoutes, services: CoreServices): void {
  routes.route('get', '/me/held', {
    summary: 'My rewards that are being checked, until when, and what was decided', audience: 'guest',
    reply: z.object({ items: z.array(z.object({ id: z.string(), kind: z.string(), amount: z.number(), source: z.string(), at: z.number(), state: z.enum(['held', 'refused']), until: z.number().nullable(), reason: z.string().nullable(), appealed: z.boolean() })) }),
  }, async (ctx) => ({
    items: (await services.held.ofPerson(ctx, shopperOf(ctx) ?? '')).flatMap((each) => (each.state === 'released' ? [] : [{
      id: each.grantId, kind: each.reward.kind, amount: each.reward.amount, source: each.source, at: each.at, state: each.state, until: each.until, reason: each.state === 'refused' ? each.note : null, appealed: each.appealedAt !== null,
    }])),
  }));
  routes.route('post', '/me/held/:id/appeal', {
    summary: 'Ask the shop to look at a reward again', audience: 'guest', perMinute: 10, params: idParams, body: z.strictObject({ text: z.string().max(1_000) }), reply: z.object({}),
  }, async (ctx, { params, body }) => { await services.held.appeal(ctx, shopperOf(ctx) ?? '', params.id, body.text); return {}; });
  routes.route('post', '/me/device', {
    summary: 'The random name that this browser gave itself for the shop; kept as a keyed hash to see when one browser opens many accounts', audience: 'guest', perMinute: 10,
    body: z.strictObject({ device: z.string().regex(/^[A-Za-z0-9-]{16,64}$/) }), reply: z.object({}),
  }, async (ctx, { body }) => { await services.risk.note(ctx, shopperOf(ctx) ?? '', { device: body.device }); return {}; });
}
