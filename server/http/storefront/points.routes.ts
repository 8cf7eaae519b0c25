import { newId, notFound, refused, shopperOf, z, type StorefrontRoutes } from '../../plugin-api/index.js';
import { programmeOf } from '../../economy/programme/programme.js';
import type { CoreServices } from '../core-services.js';
import { explanation, explanationOf } from '../points-explanation.js';
import { verifyShopperToken } from '../shopper-token.js';

const hold = z.object({ id: z.string(), amount: z.number().int(), until: z.number() });
const idParams = z.strictObject({ id: z.string().min(1).max(200) });

/** What shoppers see of their points and do with them outside of any module. */
export function shopperPointsRoutes(routes: StorefrontRoutes, services: CoreServices): void {
  routes.route('get', '/points', {
    summary: 'What points are called and worth here, and what I have set aside', audience: 'guest',
    reply: z.object({ name: z.string(), worth: z.number(), currency: z.string(), liveDays: z.number().nullable(), returnDays: z.number(), debtPolicy: z.string(), holds: z.array(hold) }),
  }, async (ctx) => {
    const { name, worth, liveDays, returnDays, debtPolicy } = programmeOf(ctx.shop);
    const holds = await services.ledger.holds(ctx, shopperOf(ctx) ?? '');
    return { name: name[ctx.locale], worth, currency: ctx.shop.currency, liveDays, returnDays, debtPolicy, holds: holds.map(({ id, amount, until }) => ({ id, amount, until })) };
  });
  routes.route('get', '/points/calendar', { summary: 'When my points expire, day by day', audience: 'guest', reply: z.object({ items: z.array(z.object({ date: z.string(), at: z.number(), amount: z.number() })) }) },
    async (ctx) => ({ items: [...await services.expiryNotices.calendar(ctx, shopperOf(ctx) ?? '')] }));
  routes.route('get', '/points/explanation', { summary: 'Why I have the points I have', audience: 'guest', reply: explanation }, async (ctx) => explanationOf(await services.explain.explain(ctx, shopperOf(ctx) ?? '')));

  routes.route('post', '/points/holds', {
    summary: 'Set points aside while I check out', audience: 'member', status: 201, body: z.strictObject({ amount: z.number().int().min(1).max(1_000_000), minutes: z.number().int().min(1).max(1440).optional() }),
    reply: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), id: z.string(), until: z.number(), available: z.number() }), z.object({ ok: z.literal(false), reason: z.enum(['too-few-points', 'guest', 'debt']), available: z.number() })]),
  }, async (ctx, { body }) => {
    const personId = shopperOf(ctx) ?? '', id = newId();
    const held = await services.ledger.hold(ctx, { personId, amount: body.amount, source: 'core.checkout', causeRef: id, key: `checkout:${id}`, ...(body.minutes === undefined ? {} : { minutes: body.minutes }) });
    return held.ok ? { ok: true as const, id: held.holdId, until: held.until, available: held.available } : held;
  });
  routes.route('post', '/points/holds/:id/release', { summary: 'Give back what I set aside', audience: 'member', params: idParams, body: z.strictObject({}).optional(), reply: z.object({}) }, async (ctx, { params }) => {
    if (await services.ledger.holder(ctx, params.id) !== shopperOf(ctx)) throw notFound('hold', params.id);
    await services.ledger.release(ctx, params.id, 'given back by the shopper');
    return {};
  });
  routes.route('post', '/points/debt', { summary: 'Settle what I owe from the points I have', audience: 'member', body: z.strictObject({}).optional(), reply: z.object({ paid: z.number() }) },
    async (ctx) => ({ paid: await services.ledger.settleDebt(ctx, shopperOf(ctx) ?? '') }));

  routes.route('post', '/me/guest', {
    summary: 'Take along what I had as a guest before signing in', audience: 'member', perMinute: 10, body: z.strictObject({ bearer: z.string().min(10).max(1000) }),
    reply: z.object({ merged: z.boolean(), points: z.number(), dropped: z.number() }),
  }, async (ctx, { body }) => {
    const claims = verifyShopperToken(services.secrets.key('shopper-bearer'), body.bearer, Date.now());
    if (!claims?.guest || claims.shop !== ctx.shop.id) throw refused('GX_GUEST_BEARER', 'This is no valid bearer of a guest of this shop, so there is nothing to take along.');
    const merged = await services.merging.merge(ctx, claims.person, shopperOf(ctx) ?? '');
    return { merged: merged !== undefined, points: merged?.points ?? 0, dropped: merged?.dropped ?? 0 };
  });
}
