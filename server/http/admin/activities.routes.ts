import { notFound, z, type Activity, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { idParams } from './page-query.js';

const activity = z.object({
  id: z.string(), type: z.string(), title: z.string(), state: z.enum(['draft', 'scheduled', 'live', 'paused', 'ended']), startsAt: z.number().nullable(), endsAt: z.number().nullable(),
  version: z.number(), config: z.record(z.string(), z.unknown()), createdAt: z.number(),
});
const shown = (each: Activity): z.infer<typeof activity> => ({ ...each, config: { ...each.config } });
const nothing = z.strictObject({}).optional();

export function activityRoutes(routes: AdminRoutes, services: CoreServices): void {
  const { activities } = services;
  routes.route('get', '/activities', {
    summary: 'Activities of all modules', query: z.strictObject({ type: z.string().max(80).optional(), state: z.enum(['draft', 'scheduled', 'live', 'paused', 'ended']).optional() }), reply: z.object({ items: z.array(activity) }),
  }, async (ctx, { query }) => ({ items: (await activities.list<Readonly<Record<string, unknown>>>(ctx, { ...(query.type ? { type: query.type } : {}), ...(query.state ? { state: query.state } : {}) })).map(shown) }));
  routes.route('get', '/activities/:id', { summary: 'One activity', params: idParams, reply: activity }, async (ctx, { params }) => {
    const found = await activities.get<Readonly<Record<string, unknown>>>(ctx, params.id);
    if (!found) throw notFound('activity', params.id);
    return shown(found);
  });
  for (const action of ['publish', 'pause', 'resume', 'end'] as const) {
    routes.route('post', `/activities/:id/${action}`, { summary: `${action[0]!.toUpperCase()}${action.slice(1)} an activity`, params: idParams, body: nothing, reply: activity },
      async (ctx, { params }) => shown(await activities.transition(ctx, params.id, action)));
  }
  routes.route('post', '/activities/:id/duplicate', { summary: 'A draft with the same rules', params: idParams, body: nothing, reply: activity, status: 201 }, async (ctx, { params }) => shown(await activities.duplicate(ctx, params.id)));
  routes.route('delete', '/activities/:id', { summary: 'Remove a draft', params: idParams, reply: z.null(), status: 204 }, async (ctx, { params }) => { await activities.remove(ctx, params.id); return null; });
}
