import type { PluginUnit } from '../../host/plugin-unit.js';
import type { Install } from '../../installs/install.js';
import { shopperOf, z, type Locale, type ShopContext, type StorefrontRoutes } from '../../plugin-api/index.js';
import { CURRENCY_DIGITS } from '../../plugin-api/money.js';
import type { BrowserFiles, ServedPlugin } from '../browser-files.js';
import type { CoreServices } from '../core-services.js';

const listing = z.object({
  plugin: z.string(), name: z.string(), tag: z.string(), slot: z.string(), url: z.string(), stringsUrl: z.string(), runtime: z.number(), title: z.string(),
  icon: z.string().optional(), minHeight: z.number().optional(), settings: z.record(z.string(), z.unknown()),
});

type Listing = z.infer<typeof listing>;
/** What a list was made of: the units that are switched on in a shop, the files they serve, and their installs. */
type Parts = readonly { readonly unit: PluginUnit; readonly served: ServedPlugin; readonly install: Install }[];
const same = (a: Parts, b: Parts): boolean => a.length === b.length && a.every(({ unit, served, install }, at) => unit === b[at]!.unit && served === b[at]!.served && install === b[at]!.install);

/** The storefront widgets of a shop in a language, made anew when a module is switched, set up otherwise, or started anew. */
function listings(services: CoreServices, files: BrowserFiles): (ctx: ShopContext, locale: Locale) => readonly Listing[] {
  const kept = new Map<string, { readonly parts: Parts; readonly list: readonly Listing[] }>();
  const made = (ctx: ShopContext, locale: Locale, parts: Parts): readonly Listing[] => parts.flatMap(({ unit, served }) => {
    const fields = unit.manifest?.settings ?? {};
    const settings = Object.fromEntries(Object.entries(services.installs.show(ctx, unit.id)).filter(([name]) => fields[name]?.shopper === true));
    return served.widgets.filter(({ widget }) => widget.surface === 'storefront').map(({ widget, url }) => ({
      plugin: unit.id, name: widget.name, tag: `${unit.id}-${widget.name}`, slot: widget.slot, url, stringsUrl: served.strings.storefront[locale], runtime: unit.manifest?.widgetRuntime ?? 1,
      title: widget.title[locale], weight: widget.weight ?? 0, settings, ...(widget.icon ? { icon: widget.icon } : {}), ...(widget.minHeight ? { minHeight: widget.minHeight } : {}),
    }));
  }).sort((a, b) => a.weight - b.weight).map(({ weight: _weight, ...rest }) => rest);
  return (ctx, locale) => {
    const { host, installs } = services;
    const parts = host.active().flatMap((unit) => {
      const served = files.plugin(unit.id), install = installs.isEnabled(ctx.shop.id, unit.id) ? installs.of(ctx.shop.id, unit.id) : undefined;
      return served && install ? [{ unit, served, install }] : [];
    });
    const key = `${ctx.shop.id} ${locale}`, known = kept.get(key);
    if (known && same(known.parts, parts)) return known.list;
    const list = made(ctx, locale, parts);
    kept.set(key, { parts, list });
    return list;
  };
}

/** What a page of the shop needs to start the widgets that are switched on: one call, small, the same for all pages. */
export function bootstrapRoutes(routes: StorefrontRoutes, services: CoreServices, files: BrowserFiles): void {
  const listingsOf = listings(services, files);
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
    const widgets = listingsOf(ctx, locale);
    return Promise.resolve({
      shop: { name: ctx.shop.name, currency: ctx.shop.currency, currencyDigits: CURRENCY_DIGITS, zone: ctx.shop.zone },
      viewer: ctx.actor.kind === 'shopper' ? { kind: ctx.actor.guest ? 'guest' as const : 'member' as const, ...(personId ? { personId } : {}) } : { kind: 'visitor' as const },
      locale, widgets: [...widgets], runtimeUrl: entry.url, preload: [...entry.preload], ...(ctx.shop.platform === 'demo' ? { signInUrl: '/demo/account' } : {}),
    });
  });
}
