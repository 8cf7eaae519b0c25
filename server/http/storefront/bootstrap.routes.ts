import { shopperOf, z, type StorefrontRoutes } from '../../plugin-api/index.js';
import { CURRENCY_DIGITS } from '../../plugin-api/money.js';
import type { BrowserFiles } from '../browser-files.js';
import type { CoreServices } from '../core-services.js';

const listing = z.object({
  plugin: z.string(), name: z.string(), tag: z.string(), slot: z.string(), url: z.string(), stringsUrl: z.string(), runtime: z.number(), title: z.string(),
  icon: z.string().optional(), minHeight: z.number().optional(), settings: z.record(z.string(), z.unknown()),
});

/** What a page of the shop needs to start the widgets that are switched on: one call, small, the same for all pages. */
export function bootstrapRoutes(routes: StorefrontRoutes, services: CoreServices, files: BrowserFiles): void {
  routes.route('get', '/bootstrap', {
    summary: 'Widgets that are switched on in this shop', audience: 'visitor', query: z.strictObject({ locale: z.enum(['en', 'zh-CN']).optional() }),
    reply: z.object({
      shop: z.object({ name: z.string(), currency: z.string(), currencyDigits: z.record(z.string(), z.number()), zone: z.string() }), viewer: z.object({ kind: z.enum(['member', 'guest', 'visitor']), personId: z.string().optional() }),
      locale: z.enum(['en', 'zh-CN']), widgets: z.array(listing), runtimeUrl: z.string(), preload: z.array(z.string()), signInUrl: z.string().optional(),
    }),
  }, (ctx, { query }) => {
    const locale = query.locale ?? ctx.locale;
    const entry = files.entry('storefront');
    const personId = shopperOf(ctx);
    const widgets = services.host.active().filter((unit) => services.installs.isEnabled(ctx.shop.id, unit.id)).flatMap((unit) => {
      const served = files.plugin(unit.id);
      if (!served) return [];
      const settings = services.installs.show(ctx, unit.id);
      for (const [name, field] of Object.entries(unit.manifest?.settings ?? {})) if (field.kind === 'secret') delete settings[name];
      return served.widgets.filter(({ widget }) => widget.surface === 'storefront').map(({ widget, url }) => ({
        plugin: unit.id, name: widget.name, tag: `${unit.id}-${widget.name}`, slot: widget.slot, url, stringsUrl: served.strings.storefront[locale], runtime: unit.manifest?.widgetRuntime ?? 1,
        title: widget.title[locale], weight: widget.weight ?? 0, settings, ...(widget.icon ? { icon: widget.icon } : {}), ...(widget.minHeight ? { minHeight: widget.minHeight } : {}),
      }));
    }).sort((a, b) => a.weight - b.weight).map(({ weight: _weight, ...rest }) => rest);
    return Promise.resolve({
      shop: { name: ctx.shop.name, currency: ctx.shop.currency, currencyDigits: CURRENCY_DIGITS, zone: ctx.shop.zone },
      viewer: ctx.actor.kind === 'shopper' ? { kind: ctx.actor.guest ? 'guest' as const : 'member' as const, ...(personId ? { personId } : {}) } : { kind: 'visitor' as const },
      locale, widgets, runtimeUrl: entry.url, preload: [...entry.preload], ...(ctx.shop.platform === 'demo' ? { signInUrl: '/demo/account' } : {}),
    });
  });
}
