import { z, type AdminRoutes } from '../../plugin-api/index.js';
import { CURRENCY_DIGITS } from '../../plugin-api/money.js';
import type { BrowserFiles } from '../browser-files.js';
import type { CoreServices } from '../core-services.js';
import { localisedText } from './page-query.js';

/** What the admin's shell starts with: who, which shop, which panels. */
export function bootstrapRoutes(routes: AdminRoutes, services: CoreServices, files: BrowserFiles): void {
  routes.route('get', '/bootstrap', {
    summary: 'Shop, staff member and panels of the enabled plugins',
    reply: z.object({
      shop: z.object({ name: z.string(), key: z.string(), currency: z.string(), currencyDigits: z.record(z.string(), z.number()), zone: z.string(), dayStartHour: z.number(), locale: z.enum(['en', 'zh-CN']), platform: z.string() }),
      staff: z.object({ name: z.string(), role: z.string() }), demo: z.boolean(), now: z.number(),
      plugins: z.array(z.object({ id: z.string(), title: localisedText, icon: z.string(), stringsUrl: z.string() })),
      widgets: z.array(z.object({
        plugin: z.string(), name: z.string(), tag: z.string(), slot: z.string(), url: z.string(), stringsUrl: z.string(), runtime: z.number(),
        title: localisedText, icon: z.string().optional(), weight: z.number(), settings: z.record(z.string(), z.unknown()),
      })),
      storefrontUrl: z.string().optional(),
    }),
  }, (ctx) => {
    const enabled = services.host.active().filter((unit) => services.installs.isEnabled(ctx.shop.id, unit.id) && files.plugin(unit.id));
    const { id: _id, ...shop } = ctx.shop;
    return Promise.resolve({
      shop: { ...shop, currencyDigits: CURRENCY_DIGITS }, staff: ctx.actor.kind === 'staff' ? { name: ctx.actor.name, role: ctx.actor.role } : { name: '', role: '' },
      demo: ctx.shop.platform === 'demo', now: ctx.now,
      plugins: enabled.map((unit) => ({ id: unit.id, title: { ...unit.manifest!.listing.title }, icon: unit.manifest!.listing.icon, stringsUrl: files.plugin(unit.id)!.strings.admin[ctx.locale] })),
      widgets: enabled.flatMap((unit) => {
        const served = files.plugin(unit.id)!;
        const settings = services.installs.show(ctx, unit.id);
        for (const [name, field] of Object.entries(unit.manifest?.settings ?? {})) if (field.kind === 'secret') delete settings[name];
        return served.widgets.filter(({ widget }) => widget.surface === 'admin').map(({ widget, url }) => ({
          plugin: unit.id, name: widget.name, tag: `${unit.id}-${widget.name}`, slot: widget.slot, url, stringsUrl: served.strings.admin[ctx.locale], runtime: unit.manifest!.widgetRuntime,
          title: { ...widget.title }, weight: widget.weight ?? 100, settings, ...(widget.icon ? { icon: widget.icon } : {}),
        }));
      }).sort((a, b) => a.weight - b.weight),
      ...(ctx.shop.platform === 'demo' ? { storefrontUrl: '/demo' } : {}),
    });
  });
}
