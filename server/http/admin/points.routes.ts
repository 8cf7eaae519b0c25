import { DEBT_POLICIES, notFound, z, type AdminRoutes, type PointsProgramme } from '../../plugin-api/index.js';
import { programmeOf } from '../../economy/programme/programme.js';
import type { CoreServices } from '../core-services.js';
import { explanation, explanationOf } from '../points-explanation.js';
import { idParams } from './page-query.js';

const name = z.string().trim().min(1).max(40);
const programme = z.strictObject({
  name: z.strictObject({ en: name, 'zh-CN': name }), worth: z.number().int().min(1).max(1_000_000), liveDays: z.number().int().min(1).max(3650).nullable(), returnDays: z.number().int().min(0).max(365),
  undeliveredDays: z.number().int().min(0).max(365), debtPolicy: z.enum(DEBT_POLICIES), guestLimit: z.number().int().min(0).max(100_000), guestDays: z.number().int().min(1).max(365),
  adjustmentLimit: z.number().int().min(0).max(1_000_000),
});
const version = programme.extend({ version: z.number().int(), name: z.object({ en: z.string(), 'zh-CN': z.string() }) });
const adjustment = z.object({
  id: z.string(), personId: z.string(), name: z.string().nullable(), amount: z.number(), reason: z.string(), state: z.enum(['pending', 'approved', 'rejected']), requestedBy: z.string(), requestedAt: z.number(),
  decidedBy: z.string().nullable(), decidedAt: z.number().nullable(), own: z.boolean(),
});
const merge = z.object({ id: z.string(), from: z.string(), into: z.string(), at: z.number(), until: z.number(), actor: z.string(), undoneAt: z.number().nullable(), points: z.number() });
const plain = ({ name: named, ...rest }: PointsProgramme): z.infer<typeof version> => ({ ...rest, name: { ...named } });

/** The rules of points, and what staff do with points by hand. */
export function pointsRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/points/programme', {
    summary: 'The shop\'s rules for points and their versions',
    reply: z.object({ programme: version, currency: z.string(), versions: z.array(version.extend({ at: z.number(), actor: z.string() })) }),
  }, async (ctx) => ({ programme: plain(programmeOf(ctx.shop)), currency: ctx.shop.currency, versions: (await services.programme.versions(ctx)).map(({ at, actor, ...each }) => ({ ...plain(each), at, actor })) }));
  routes.route('put', '/points/programme', {
    summary: 'Save new rules for points; what was earned under the old ones keeps them', body: z.strictObject({ basedOn: z.number().int().min(0), programme }), reply: z.object({ programme: version }), roles: ['operator'],
  }, async (ctx, { body }) => ({ programme: plain(await services.programme.save(ctx, body.basedOn, body.programme)) }));

  routes.route('get', '/points/adjustments', {
    summary: 'Points given or taken by hand that needed a second person, newest first', query: z.strictObject({ state: z.enum(['pending', 'approved', 'rejected']).optional() }), reply: z.object({ items: z.array(adjustment) }),
  }, async (ctx, { query }) => ({ items: [...await services.adjustments.list(ctx, query)] }));
  routes.route('post', '/points/adjustments/:id/decision', {
    summary: 'Agree to an adjustment that somebody else asked for, or turn it down', params: idParams, body: z.strictObject({ approve: z.boolean() }), reply: z.object({}), roles: ['operator'],
  }, async (ctx, { params, body }) => { await services.adjustments.decide(ctx, params.id, body.approve); return {}; });

  routes.route('get', '/points/expiry-notices', {
    summary: 'Who was told lately that points will expire', reply: z.object({ items: z.array(z.object({ personId: z.string(), name: z.string().nullable(), at: z.number(), amount: z.number(), days: z.number(), toldAt: z.number() })) }),
  }, async (ctx) => ({ items: [...await services.expiryNotices.latest(ctx)] }));

  routes.route('get', '/customers/:id/points', { summary: 'Why a customer has the points they have', params: idParams, reply: explanation }, async (ctx, { params }) => {
    const person = await services.customers.byId(ctx, params.id);
    if (!person) throw notFound('customer', params.id);
    return explanationOf(await services.explain.explain(ctx, person.id));
  });
  routes.route('get', '/customers/:id/merges', { summary: 'Accounts that became this customer, and which of them can become their own again', params: idParams, reply: z.object({ items: z.array(merge) }) },
    async (ctx, { params }) => ({ items: [...await services.merging.of(ctx, params.id)] }));
  routes.route('post', '/customers/:id/merges', {
    summary: 'Make another customer one with this one, who stays', params: idParams, body: z.strictObject({ from: z.string().min(1).max(200) }), reply: z.object({ merged: z.boolean(), points: z.number(), dropped: z.number() }), roles: ['operator'], keyed: true,
  }, async (ctx, { params, body }) => {
    const merged = await services.merging.merge(ctx, body.from, params.id);
    return { merged: merged !== undefined, points: merged?.points ?? 0, dropped: merged?.dropped ?? 0 };
  });
  routes.route('post', '/points/merges/:id/split', { summary: 'Undo a merge within 30 days', params: idParams, body: z.strictObject({}).optional(), reply: z.object({}), roles: ['operator'] },
    async (ctx, { params }) => { await services.merging.split(ctx, params.id); return {}; });
}
