import { PLUGIN_API_VERSION, z, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { deadEventsRoutes } from './dead-events.routes.js';
import { pluginsSystemRoutes } from './plugins-system.routes.js';

const started = performance.now();
const job = z.object({ owner: z.string(), name: z.string(), startedAt: z.number(), ms: z.number(), ok: z.boolean(), error: z.string().nullable() });

/** What runs here, for whoever operates the host, and the shop's own settings. */
export function systemRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/system', {
    summary: 'Boot report, jobs and queues',
    reply: z.object({
      plugins: z.array(z.object({ id: z.string(), version: z.string().optional(), state: z.string(), code: z.string().optional(), error: z.string().optional(), ms: z.record(z.string(), z.number()) })),
      jobs: z.array(job), events: z.object({ waiting: z.number(), oldestMs: z.number(), dead: z.number() }), engine: z.string(), version: z.string(), uptimeMs: z.number(),
      database: z.object({ waiting: z.number(), commits: z.number(), units: z.number() }),
    }),
  }, async (ctx) => ({
    plugins: services.host.report().map((each) => ({ id: each.id, state: each.state, ms: { ...each.ms }, ...(each.version ? { version: each.version } : {}), ...(each.code ? { code: each.code } : {}), ...(each.error ? { error: each.error } : {}) })),
    jobs: [...await services.scheduler.history(ctx)], events: await services.dispatcher.lag(ctx), engine: services.store.engine, version: PLUGIN_API_VERSION, uptimeMs: Math.round(performance.now() - started), database: { ...services.store.stats },
  }));

  pluginsSystemRoutes(routes, services, (ctx, pluginId) => (services.installs.of(ctx.shop.id, pluginId) ? services.quotas.use(ctx, pluginId) : []));

  deadEventsRoutes(routes, services);

  const settings = z.object({ name: z.string(), zone: z.string(), dayStartHour: z.number(), locale: z.enum(['en', 'zh-CN']), currency: z.string() });
  routes.route('get', '/settings', { summary: 'The shop\'s settings', reply: settings }, (ctx) => Promise.resolve({ name: ctx.shop.name, zone: ctx.shop.zone, dayStartHour: ctx.shop.dayStartHour, locale: ctx.shop.locale, currency: ctx.shop.currency }));
  routes.route('put', '/settings', {
    summary: 'Change the shop\'s settings', reply: settings, roles: ['operator'],
    body: z.strictObject({ name: z.string().trim().min(1).max(120), zone: z.string().max(60), dayStartHour: z.number().int().min(0).max(23), locale: z.enum(['en', 'zh-CN']) }),
  }, async (ctx, { body }) => {
    const shop = await services.shops.update(ctx.shop, body);
    await services.audit.record(ctx, 'shop.settings', `shop:${shop.key}`, { ...body });
    return { name: shop.name, zone: shop.zone, dayStartHour: shop.dayStartHour, locale: shop.locale, currency: shop.currency };
  });
}
