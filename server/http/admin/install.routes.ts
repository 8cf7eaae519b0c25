import { GIVERS, notFound, z, type AdminRoutes } from '../../plugin-api/index.js';
import type { Install } from '../../installs/installs.service.js';
import type { CoreServices } from '../core-services.js';
import { assertProducts } from './chosen-products.js';
import { movedShape } from './marketplace-shapes.js';

const plugin = z.object({ plugin: z.string().max(60) });
const reason = z.string().trim().max(500).optional();
const why = z.strictObject({ reason }).optional();
const agreement = z.strictObject({ granted: z.array(z.string().max(100)).max(50), /** The hash of the preview that was shown. */ consent: z.string().max(64) });
const MANAGERS = ['operator'] as const;

const moved = (install: Install): z.infer<typeof movedShape> =>
  ({ state: install.state, version: install.version, working: install.pending.length > 0, purgeAfter: install.purgeAfter, lastError: install.lastError, revision: install.revision });

/** What a merchant does with a plugin. Each answers how far it is after two seconds at most; `working` says that hooks still run. */
export function installRoutes(routes: AdminRoutes, { installs, host, products }: CoreServices): void {
  routes.route('post', '/installs/:plugin', { summary: 'Install with consent to the preview that was shown', params: plugin, body: agreement, reply: movedShape, roles: MANAGERS },
    async (ctx, { params, body }) => moved(await installs.install(ctx, params.plugin, body.granted, body.consent)));
  routes.route('post', '/installs/:plugin/consent', { summary: 'Agree to a new version, or change what is optional', params: plugin, body: agreement, reply: movedShape, roles: MANAGERS },
    async (ctx, { params, body }) => moved(await installs.consent(ctx, params.plugin, body.granted, body.consent)));
  routes.route('post', '/installs/:plugin/enable', { summary: 'Switch on', params: plugin, body: why, reply: movedShape, roles: MANAGERS },
    async (ctx, { params, body }) => moved(await installs.enable(ctx, params.plugin, body?.reason)));
  routes.route('post', '/installs/:plugin/disable', { summary: 'Switch off; data stays', params: plugin, body: why, reply: movedShape, roles: MANAGERS },
    async (ctx, { params, body }) => moved(await installs.disable(ctx, params.plugin, body?.reason)));
  routes.route('post', '/installs/:plugin/retry', { summary: 'Try again what failed', params: plugin, body: z.strictObject({}).optional(), reply: movedShape, roles: MANAGERS },
    async (ctx, { params }) => moved(await installs.retry(ctx, params.plugin)));
  routes.route('delete', '/installs/:plugin', { summary: 'Uninstall; data is kept for 30 days', params: plugin, query: z.strictObject({ reason }), reply: movedShape, roles: MANAGERS },
    async (ctx, { params, query }) => moved(await installs.uninstall(ctx, params.plugin, query.reason)));

  const settings = z.object({ values: z.record(z.string(), z.unknown()), fields: z.record(z.string(), z.unknown()), version: z.number() });
  const fieldsOf = (id: string): { fields: Record<string, unknown>; version: number } => {
    const manifest = host.manifest(id);
    if (!manifest) throw notFound('plugin', id);
    return { fields: { ...manifest.settings }, version: manifest.settingsVersion ?? 1 };
  };
  routes.route('get', '/installs/:plugin/settings', { summary: 'Settings; of a secret only whether it is set', params: plugin, reply: settings },
    (ctx, { params }) => Promise.resolve({ values: installs.show(ctx, params.plugin), ...fieldsOf(params.plugin) }));
  routes.route('put', '/installs/:plugin/settings', { summary: 'Save settings', params: plugin, body: z.strictObject({ values: z.record(z.string().max(60), z.unknown()) }), reply: settings, roles: GIVERS },
    async (ctx, { params, body }) => {
      await assertProducts(ctx, products, params.plugin, host.manifest(params.plugin)?.settings ?? {}, body.values);
      return { values: await installs.saveSettings(ctx, params.plugin, body.values), ...fieldsOf(params.plugin) };
    });
}
