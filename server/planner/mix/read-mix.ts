import { businessDate, isDraft, isOver, statement, type ActivityState, type Database, type ShopContext } from '../../plugin-api/index.js';
import type { ActivitiesService } from '../../activities/activities.service.js';
import type { PlannerSources } from '../planner-sources.js';
import { contactsOf, type Mix, type MixActivity } from './mix.js';

const BUDGETS = statement<{ scope: string; unit: string; ceiling: number; spent: number; period: 'total' | 'day' | 'week' | 'month' }>(
  "SELECT scope, unit, ceiling, spent, period FROM budget WHERE shop_id = :shop AND state = 'active' ORDER BY scope, unit, period");
/** The last 5,000 orders are enough to know the hours. */
const PLACED = statement<{ placed_at: number }>('SELECT placed_at FROM shop_order WHERE shop_id = :shop AND cancelled_at IS NULL AND test = 0 ORDER BY placed_at DESC LIMIT 5000');
const SHEETED = statement<{ activity_id: string }>('SELECT DISTINCT activity_id FROM publication_sheet WHERE shop_id = :shop');
const TOP = 8;

/** The hours of the shop's day in which most orders come. */
function topHours(zone: string, times: readonly number[]): readonly number[] {
  const hourOf = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone });
  const counts = Array.from({ length: 24 }, () => 0);
  const known = new Map<number, number>();
  for (const at of times) {
    const quarter = Math.floor(at / 900_000);
    let hour = known.get(quarter);
    if (hour === undefined) known.set(quarter, hour = Number(hourOf.format(at)));
    counts[hour]! += 1;
  }
  return times.length ? counts.map((count, hour) => ({ count, hour })).sort((a, b) => b.count - a.count || a.hour - b.hour).slice(0, TOP).map(({ hour }) => hour) : [];
}

/** Where a merchant changes an activity: its module's page. */
export type PageOf = (plugin: string) => string;

export interface MixOptions { /** For one activity about to be published: without offers, and without its sheet, which is made then. */ readonly alone?: boolean; readonly drafts: boolean; readonly promotionAt: number | null; /** Promotional messages that a person may get in a week. */ readonly contactsAllowed: number; readonly members: number; readonly days: number }

/** Reads the shop's mix: activities that have not ended, with what their types say of them, offers, budgets and the hours of its orders. */
export async function readMix(ctx: ShopContext, from: { readonly db: Database; readonly activities: ActivitiesService; readonly sources: PlannerSources; readonly pageOf: PageOf }, options: MixOptions): Promise<Mix> {
  const [activities, offers, organiser, { budgets, times, sheeted }] = await Promise.all([
    from.activities.list(ctx, {}), options.alone ? [] : from.sources.offers(ctx), from.activities.sheets.organiser(ctx),
    from.db.read(ctx, async (q) => ({ budgets: await q.many(BUDGETS), times: (await q.many(PLACED)).map(({ placed_at }) => placed_at), sheeted: new Set((await q.many(SHEETED)).map(({ activity_id }) => activity_id)) })),
  ]);
  // A draft gets its sheet when it is published, if the shop says who answers for it.
  const sheetOf = (id: string, state: ActivityState): boolean | undefined => (options.alone ? undefined : isDraft(state) ? (organiser ? undefined : false) : sheeted.has(id));
  const types = new Map(from.activities.registeredTypes().map((each) => [each.type, each]));
  const pluginOf = (type: string): string => types.get(type)?.plugin ?? type.split('.')[0]!;
  const shown = activities.filter(({ type, state }) => !isOver(state) && (options.drafts || !isDraft(state)) && from.sources.enabled(ctx, pluginOf(type)));
  const planned = shown.map(({ id, type, title, state, startsAt, endsAt, config }): MixActivity => {
    const registered = types.get(type);
    const plugin = pluginOf(type);
    const economy = from.sources.economy(ctx, plugin, registered?.definition, config);
    const sheet = economy?.draw ? sheetOf(id, state) : undefined;
    return { id, type, title, plugin, state, startsAt, endsAt, ...(economy ? { economy } : {}), ...(sheet === undefined ? {} : { sheet }), page: from.pageOf(plugin) };
  });
  return {
    now: ctx.now, currency: ctx.shop.currency, offers, budgets, promotionAt: options.promotionAt, topHours: topHours(ctx.shop.zone, times), members: options.members, days: options.days,
    activities: planned, contact: { planned: contactsOf(planned), allowed: options.contactsAllowed },
  };
}

export const todayOf = (ctx: ShopContext): string => businessDate(ctx.shop, ctx.now);
