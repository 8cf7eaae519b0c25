import { notFound, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import type { BrowserFiles } from '../browser-files.js';
import type { CoreServices } from '../core-services.js';
import { localisedText } from './page-query.js';

const listed = z.object({
  id: z.string(), version: z.string(), title: localisedText, summary: localisedText, description: localisedText.optional(), icon: z.string(), category: z.string(),
  state: z.string(), hostState: z.string(), error: z.string().optional(), installedAt: z.number().optional(), purgeAfter: z.number().optional(),
  capabilities: z.array(z.object({ name: z.string(), reason: localisedText, optional: z.boolean() })),
  personalData: z.array(z.object({ entity: z.string(), fields: z.array(z.string()), onErase: z.string() })),
  settings: z.record(z.string(), z.unknown()).optional(),
  widgets: z.array(z.object({ name: z.string(), surface: z.string(), slot: z.string(), title: localisedText, bytes: z.number().optional() })),
  jobs: z.array(z.object({ name: z.string(), schedule: z.string() })),
});
const plugin = z.object({ plugin: z.string().max(60) });
const state = z.object({ state: z.string() });
const MANAGERS = ['operator'] as const;

export function marketplaceRoutes(routes: AdminRoutes, services: CoreServices, files: BrowserFiles): void {
  const describe = (ctx: ShopContext): z.infer<typeof listed>[] => services.host.report().flatMap((report) => {
    const manifest = services.host.manifests().find((each) => each.id === report.id);
    if (!manifest) return [];
    const install = services.installs.of(ctx.shop.id, report.id);
    const served = files.plugin(report.id);
    return [{
      id: manifest.id, version: manifest.version, title: { ...manifest.listing.title }, summary: { ...manifest.listing.summary }, icon: manifest.listing.icon, category: manifest.listing.category,
      ...(manifest.listing.description ? { description: { ...manifest.listing.description } } : {}),
      state: install?.state ?? 'available', hostState: report.state, ...(report.error ? { error: report.error } : {}),
      ...(install ? { installedAt: install.installedAt } : {}), ...(install?.purgeAfter ? { purgeAfter: install.purgeAfter } : {}),
      capabilities: manifest.capabilities.map((capability) => ({ name: capability.name, reason: { ...capability.reason }, optional: capability.optional ?? false })),
      personalData: (manifest.personalData ?? []).map((data) => ({ entity: data.entity, fields: [...data.fields], onErase: data.onErase })),
      ...(manifest.settings ? { settings: { ...manifest.settings } } : {}),
      widgets: manifest.widgets.map((widget) => {
        const bytes = served?.widgets.find((each) => each.widget.name === widget.name && each.widget.surface === widget.surface)?.bytes;
        return { name: widget.name, surface: widget.surface, slot: widget.slot, title: { ...widget.title }, ...(bytes === undefined ? {} : { bytes }) };
      }),
      jobs: manifest.jobs.map((job) => ({ name: job.name, schedule: job.schedule })),
    }];
  });

  routes.route('get', '/marketplace', { summary: 'Every module on this host and its state in this shop', reply: z.object({ items: z.array(listed) }) }, (ctx) => Promise.resolve({ items: describe(ctx) }));
  routes.route('get', '/marketplace/:plugin', { summary: 'One module', params: plugin, reply: listed }, (ctx, { params }) => {
    const found = describe(ctx).find((each) => each.id === params.plugin);
    return found ? Promise.resolve(found) : Promise.reject(notFound('plugin', params.plugin));
  });
  routes.route('post', '/installs/:plugin', { summary: 'Install with consent to what it asks for', params: plugin, body: z.strictObject({ granted: z.array(z.string().max(100)).max(50) }), reply: state, roles: MANAGERS },
    async (ctx, { params, body }) => ({ state: (await services.installs.install(ctx, params.plugin, body.granted)).state }));
  routes.route('post', '/installs/:plugin/enable', { summary: 'Switch on', params: plugin, body: z.strictObject({}).optional(), reply: state, roles: MANAGERS },
    async (ctx, { params }) => ({ state: (await services.installs.enable(ctx, params.plugin)).state }));
  routes.route('post', '/installs/:plugin/disable', { summary: 'Switch off; data stays', params: plugin, body: z.strictObject({}).optional(), reply: state, roles: MANAGERS },
    async (ctx, { params }) => ({ state: (await services.installs.disable(ctx, params.plugin)).state }));
  routes.route('delete', '/installs/:plugin', { summary: 'Uninstall; data is kept for 30 days', params: plugin, reply: state.extend({ purgeAfter: z.number().nullable() }), roles: MANAGERS },
    async (ctx, { params }) => { const install = await services.installs.uninstall(ctx, params.plugin); return { state: install.state, purgeAfter: install.purgeAfter }; });

  const settings = z.object({ values: z.record(z.string(), z.unknown()), fields: z.record(z.string(), z.unknown()), version: z.number() });
  const fieldsOf = (id: string): { fields: Record<string, unknown>; version: number } => {
    const manifest = services.host.manifest(id);
    if (!manifest) throw notFound('plugin', id);
    return { fields: { ...manifest.settings }, version: manifest.settingsVersion ?? 1 };
  };
  routes.route('get', '/installs/:plugin/settings', { summary: 'Settings; of a secret only whether it is set', params: plugin, reply: settings },
    (ctx, { params }) => Promise.resolve({ values: services.installs.show(ctx, params.plugin), ...fieldsOf(params.plugin) }));
  routes.route('put', '/installs/:plugin/settings', { summary: 'Save settings', params: plugin, body: z.strictObject({ values: z.record(z.string().max(60), z.unknown()) }), reply: settings, roles: ['operator', 'marketer'] },
    async (ctx, { params, body }) => ({ values: await services.installs.saveSettings(ctx, params.plugin, body.values), ...fieldsOf(params.plugin) }));
}
