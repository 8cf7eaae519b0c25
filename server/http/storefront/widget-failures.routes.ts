import { notFound, z, type ShopContext } from '../../plugin-api/index.js';
import type { RouteTable } from '../../host/route-table.js';
import type { BrowserFiles } from '../browser-files.js';
import type { CoreServices } from '../core-services.js';
import { RateLimits } from '../rate-limits.js';
import { widgetFailure } from '../widget-failure.js';

const BODY = 1024;
/** Per widget and shop: enough to see that it breaks for everybody, too little to fill a day's counts in an hour. */
const PER_MINUTE = 20;
const body = z.strictObject({ url: z.string().max(300), ...widgetFailure });

/**
 * Hears from shoppers' browsers which widgets broke. Whoever visits may send this, so it is believed only about widgets that the shop has
 * switched on, in the build that is served now; it is counted and shown, and nothing is ever switched off by it.
 */
export function widgetFailureRoutes(table: RouteTable, { host, installs }: CoreServices, files: BrowserFiles): void {
  const limits = new RateLimits(0);
  table.add({
    surface: 'storefront', owner: 'core', method: 'post', path: '/widget-failures', summary: 'A widget broke in the browser of a shopper', audience: 'visitor',
    body, reply: z.null(), status: 204, bodyLimit: BODY,
    handler: (ctx: ShopContext, { body: { url, phase, message } }: { readonly body: z.output<typeof body> }) => {
      const plugin = host.active().find(({ id }) => url.startsWith(`/assets/plugins/${id}/`))?.id ?? '';
      const served = files.plugin(plugin)?.widgets.find(({ widget, url: current }) => current === url && widget.surface === 'storefront');
      if (!served || !installs.isEnabled(ctx.shop.id, plugin)) throw notFound('widget');
      limits.person(`${ctx.shop.id}/${url}`, PER_MINUTE);
      host.runs.line(plugin, ctx.shop, 'storefront', served.widget.name).broke(phase, message);
      return Promise.resolve(null);
    },
  });
}
