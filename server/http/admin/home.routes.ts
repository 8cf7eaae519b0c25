import { addDays, businessDate, DAY, isOver, z, type AdminRoutes, type ShopContext, type Tile } from '../../plugin-api/index.js';
import { contain } from '../../containment/containment.js';
import type { CoreServices } from '../core-services.js';
import { localisedText } from './page-query.js';

const TILE_MS = 3_000;
const tile = z.object({ plugin: z.string(), name: z.string(), label: localisedText, value: z.number(), format: z.enum(['count', 'money', 'percent', 'stars', 'points']), trend: z.array(z.number()).optional(), attention: localisedText.optional() });

/** Key numbers of every enabled plugin; one that fails or takes too long is left out. */
async function tilesOf(ctx: ShopContext, services: CoreServices): Promise<z.infer<typeof tile>[]> {
  const units = services.host.active().filter((unit) => unit.contributions.tiles && services.installs.isEnabled(ctx.shop.id, unit.id));
  const all = await Promise.all(units.map(async (unit) => {
    try {
      const tiles: readonly Tile[] = await contain(services.host.runs.line(unit.id, ctx.shop, 'contribution', 'tiles'), TILE_MS, () => unit.contributions.tiles!(ctx));
      return tiles.map(({ trend, attention, ...rest }) => ({ ...rest, label: { ...rest.label }, plugin: unit.id, ...(trend ? { trend: [...trend] } : {}), ...(attention ? { attention: { ...attention } } : {}) }));
    } catch (error) {
      services.log.error({ err: error, plugin: unit.id }, 'the tiles of a plugin could not be read');
      return [];
    }
  }));
  return all.flat();
}

export function homeRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/home', {
    summary: 'Key numbers, what needs attention and how far the set-up is',
    reply: z.object({
      kpis: z.object({ customers: z.number(), customersNew30: z.number(), orders30: z.number(), sales30: z.number(), currency: z.string(), outstandingPoints: z.number(), liability: z.number() }),
      salesByDay: z.array(z.object({ date: z.string(), sales: z.number(), orders: z.number() })), pointsByDay: z.array(z.object({ date: z.string(), issued: z.number(), spent: z.number() })),
      tiles: z.array(tile), setup: z.array(z.object({ name: z.string(), done: z.boolean() })), attention: z.array(z.object({ name: z.string(), count: z.number(), href: z.string() })),
    }),
  }, async (ctx) => {
    const to = businessDate(ctx.shop, ctx.now);
    const from = addDays(to, -29);
    const [counts, sales, days, points, outstanding, tiles, activities, lag, held] = await Promise.all([
      services.customers.counts(ctx, ctx.now - 30 * DAY), services.orders.totals(ctx, from, to), services.orders.daily(ctx, from, to), services.economy.daily(ctx, from, to), services.economy.outstanding(ctx),
      tilesOf(ctx, services), services.activities.list(ctx, {}), services.dispatcher.lag(ctx),
      services.held.counts(ctx),
    ]);
    const alarms = await services.budgets.alarms(ctx, new Set(activities.filter(({ state }) => isOver(state)).map(({ id }) => id)));
    const enabled = services.host.active().filter((unit) => services.installs.isEnabled(ctx.shop.id, unit.id)).length;
    const failed = services.host.report().filter((each) => each.error).length;
    return {
      kpis: { customers: counts.members, customersNew30: counts.fresh, orders30: sales.orders, sales30: sales.revenue, currency: ctx.shop.currency, outstandingPoints: outstanding.available, liability: outstanding.liability },
      salesByDay: days.map((day) => ({ date: day.date, sales: day.revenue, orders: day.orders })), pointsByDay: points.map((day) => ({ date: day.date, issued: day.issued, spent: day.spent })), tiles,
      setup: [{ name: 'modules', done: enabled > 0 }, { name: 'customers', done: counts.members > 0 }, { name: 'activity', done: activities.some((each) => each.state !== 'draft') }, { name: 'redeem', done: points.some((day) => day.spent > 0) }],
      attention: [
        ...(held.stops ? [{ name: 'grants-stopped', count: held.stops, href: '/risk' }] : []), ...(alarms.reached ? [{ name: 'budgets-reached', count: alarms.reached, href: '/budgets' }] : []),
        ...(alarms.near ? [{ name: 'budgets-near', count: alarms.near, href: '/budgets' }] : []), ...(held.reviews ? [{ name: 'rewards-held', count: held.reviews, href: '/risk' }] : []), ...(held.appeals ? [{ name: 'rewards-appealed', count: held.appeals, href: '/risk' }] : []),
        ...(failed ? [{ name: 'plugins-failed', count: failed, href: '/system' }] : []), ...(lag.dead ? [{ name: 'events-dead', count: lag.dead, href: '/system' }] : []),
        ...(activities.filter((each) => each.state === 'draft').length ? [{ name: 'drafts', count: activities.filter((each) => each.state === 'draft').length, href: '/activities' }] : []),
      ],
    };
  });
}
