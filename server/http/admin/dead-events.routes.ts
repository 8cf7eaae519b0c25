import { z, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { idParams } from './page-query.js';

const letter = z.object({ id: z.string(), name: z.string(), at: z.number(), consumer: z.string(), attempts: z.number(), error: z.string().nullable() });

/** Events of the shop that were given up after ten attempts: what failed, and another try once its cause is mended. */
export function deadEventsRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/system/events/dead', {
    summary: 'Events given up, newest first: one entry for each consumer that failed, at most 200', roles: ['operator'], reply: z.object({ items: z.array(letter) }),
  }, async (ctx) => ({ items: [...await services.deadLetters.list(ctx)] }));
  routes.route('post', '/system/events/dead/:id/retry', {
    summary: 'Deliver an event again to those who failed', roles: ['operator'], params: idParams, reply: z.object({ retried: z.number() }),
  }, async (ctx, { params }) => {
    await services.deadLetters.retry(ctx, params.id);
    await services.audit.record(ctx, 'events.retried', `event:${params.id}`, { events: 1 });
    return { retried: 1 };
  });
  routes.route('post', '/system/events/retry-dead', {
    summary: 'Deliver all events that were given up again', roles: ['operator'], reply: z.object({ retried: z.number() }),
  }, async (ctx) => {
    const retried = await services.deadLetters.retryAll(ctx);
    if (retried > 0) await services.audit.record(ctx, 'events.retried', 'events', { events: retried });
    return { retried };
  });
}
