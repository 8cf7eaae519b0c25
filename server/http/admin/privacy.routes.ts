import { DAY, newId, notFound, refused, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import type { PrivacyRequest } from '../../privacy/privacy-requests.service.js';
import type { CoreServices } from '../core-services.js';
import { idParams, localisedText } from './page-query.js';

const request = z.object({
  id: z.string(), topic: z.enum(['data_request', 'redact', 'shop_redact']), ref: z.string(), personId: z.string().nullable(), personName: z.string().nullable(), personErased: z.boolean(), state: z.enum(['open', 'done', 'failed']),
  receivedAt: z.number(), dueAt: z.number(), completedAt: z.number().nullable(), error: z.string().nullable(), hasPackage: z.boolean(), receipt: z.unknown(),
});
const exported = z.object({ personId: z.string(), exportedAt: z.number(), data: z.record(z.string(), z.record(z.string(), z.array(z.record(z.string(), z.unknown())))), missing: z.record(z.string(), z.string()) });
const purge = z.object({ id: z.string(), plugin: z.string(), title: localisedText.optional(), version: z.string().nullable(), startedAt: z.number(), finishedAt: z.number().nullable(), by: z.string(), rows: z.record(z.string(), z.number()) });
const OPERATORS = ['operator'] as const;
/** How long a merchant may take to answer a customer; a failure is tried again every hour until then and after. */
const ANSWER_WITHIN = 30 * DAY;

/** What must be typed before a person is erased: the name, or the end of the id for those without one. */
const confirmation = (person: { readonly id: string; readonly name: string | null }): string => person.name?.trim() || person.id.slice(-8);

/** Requests for people's data, their receipts, and what staff do about one person. */
export function privacyRoutes(routes: AdminRoutes, services: CoreServices): void {
  const { customers, privacyRequests: requests, purges } = services;
  const shown = async (ctx: ShopContext, list: readonly PrivacyRequest[]): Promise<z.infer<typeof request>[]> => {
    const people = await customers.byIds(ctx, [...new Set(list.flatMap(({ personId }) => personId ?? []))]);
    return list.map((each) => ({
      id: each.id, topic: each.topic, ref: each.externalRef, personId: each.personId, personName: people.get(each.personId ?? '')?.name ?? null, personErased: each.personErased, state: each.state,
      receivedAt: each.receivedAt, dueAt: each.dueAt, completedAt: each.completedAt, error: each.error, hasPackage: each.hasPackage, receipt: each.receipt ?? null,
    }));
  };
  const person = async (ctx: ShopContext, id: string): Promise<{ readonly id: string; readonly name: string | null }> => {
    const found = await customers.byId(ctx, id);
    if (!found) throw notFound('customer', id);
    return found;
  };
  const carryOut = async (ctx: ShopContext, topic: 'data_request' | 'redact', personId: string): Promise<PrivacyRequest> => {
    const opened = await requests.open(ctx, { topic, ref: `staff:${newId()}`, personId, dueAt: ctx.now + ANSWER_WITHIN });
    return requests.fulfil(ctx, opened.id);
  };

  routes.route('get', '/privacy/requests', { summary: 'Requests for people\'s data, newest first, with due dates and receipts', reply: z.object({ items: z.array(request) }), roles: OPERATORS },
    async (ctx) => ({ items: await shown(ctx, await requests.list(ctx)) }));
  routes.route('post', '/privacy/requests/:id/fulfil', { summary: 'Carry a request out now; doing so twice changes nothing', params: idParams, body: z.strictObject({}).optional(), reply: request, roles: OPERATORS },
    async (ctx, { params }) => (await shown(ctx, [await requests.fulfil(ctx, params.id)]))[0]!);
  routes.route('get', '/privacy/requests/:id/package', { summary: 'What was put together for a customer; kept for 30 days, each look is recorded', params: idParams, reply: exported, roles: OPERATORS },
    async (ctx, { params }) => z.parse(exported, await requests.packageOf(ctx, params.id)));
  routes.route('get', '/privacy/purges', { summary: 'Receipts of purged modules, newest first', reply: z.object({ items: z.array(purge) }), roles: OPERATORS },
    async (ctx) => ({ items: await Promise.all((await purges.receipts(ctx)).map(async (each) => {
      const title = services.host.manifest(each.plugin)?.listing.title ?? (await services.installs.lastConsent(ctx, each.plugin))?.shown.title;
      return { ...each, rows: { ...each.rows }, ...(title ? { title: { ...title } } : {}) };
    })) }));

  routes.route('get', '/customers/:id/erasure', { summary: 'What must be typed to erase this customer', params: idParams, reply: z.object({ confirm: z.string() }), roles: OPERATORS },
    async (ctx, { params }) => ({ confirm: confirmation(await person(ctx, params.id)) }));
  routes.route('post', '/customers/:id/export', { summary: 'Put together everything that is known of a customer', params: idParams, body: z.strictObject({}).optional(), reply: request, roles: OPERATORS },
    async (ctx, { params }) => (await shown(ctx, [await carryOut(ctx, 'data_request', (await person(ctx, params.id)).id)]))[0]!);
  routes.route('post', '/customers/:id/erase', { summary: 'Erase a customer for good, in the core and in every module', params: idParams, body: z.strictObject({ confirm: z.string().max(300) }), reply: request, roles: OPERATORS },
    async (ctx, { params, body }) => {
      const found = await person(ctx, params.id);
      if (body.confirm.trim() !== confirmation(found)) throw refused('GX_ERASE_CONFIRM', `What was typed is not "${confirmation(found)}". Nothing was erased.`, { fields: { confirm: 'type it exactly' } });
      return (await shown(ctx, [await carryOut(ctx, 'redact', found.id)]))[0]!;
    });
}
