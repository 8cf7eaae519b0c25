import { conflict, z, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { createSignInToken } from './session.routes.js';

/** Who else may sign in, where no platform knows the shop's staff. */
export function colleagueRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('post', '/colleagues', {
    summary: 'A token that signs a colleague in once within a day; only for shops whose staff no platform knows',
    body: z.strictObject({ name: z.string().trim().min(1).max(60), role: z.enum(['operator', 'marketer', 'agent', 'analyst', 'auditor']) }), reply: z.object({ token: z.string() }), status: 201, roles: [],
  }, async (ctx, { body: { name, role } }) => {
    if (ctx.shop.platform !== 'demo') throw conflict('GX_STAFF_PLATFORM', 'Staff of this shop sign in with their own account of its platform. Add the colleague there.');
    if (ctx.actor.kind === 'staff' && ctx.actor.id === name) throw conflict('GX_STAFF_SELF', 'This is your own name. A colleague needs another one, or the two of you would count as one person.');
    await services.audit.record(ctx, 'staff.invited', `staff:${name}`, { role });
    return { token: await createSignInToken(services, ctx.shop, name, role) };
  });
}
