import type { ShopContext, TimelineEntry } from '../../plugin-api/index.js';
import { currencyExponent, minorUnits } from '../../commerce/currency.js';
import { contain } from '../../host/containment.js';
import type { CoreServices } from '../core-services.js';

type Entry = TimelineEntry & { readonly plugin: string };
/** A plugin that cannot tell in this time is left out; the customer's page does not wait for it. */
const SOURCE_MS = 3_000;

/** Orders, points and what every enabled plugin has to tell of a person, newest first. */
export async function timelineOf(ctx: ShopContext, services: CoreServices, personId: string, range: { readonly before: number; readonly limit: number }): Promise<Entry[]> {
  const sources = services.host.active().filter((unit) => unit.contributions.timeline && services.installs.isEnabled(ctx.shop.id, unit.id)).map(async (unit): Promise<Entry[]> => {
    try {
      const entries = await contain(services.host.runs.line(unit.id, ctx.shop, 'contribution', 'timeline'), SOURCE_MS, () => unit.contributions.timeline!(ctx, personId, range));
      return entries.map((entry) => ({ ...entry, plugin: unit.id }));
    } catch (error) {
      services.log.error({ err: error, plugin: unit.id }, 'a timeline could not be read');
      return [];
    }
  });
  const money = (amount: number, currency: string): string => `${currency} ${(amount / minorUnits(currency)).toFixed(currencyExponent(currency))}`;
  const ordersOf = async (): Promise<Entry[]> => (await services.orders.ofPerson(ctx, personId, { limit: range.limit })).items.map((order) => ({
    id: order.id, at: order.placedAt, icon: 'cart', plugin: 'core', title: { en: `Order ${order.number}: ${money(order.total, order.currency)}`, 'zh-CN': `订单 ${order.number}：${money(order.total, order.currency)}` },
    detail: order.lines.map((line) => `${line.title} × ${line.quantity}`).join(', ').slice(0, 300),
  }));
  const pointsOf = async (): Promise<Entry[]> => (await services.ledger.statement(ctx, personId, { limit: range.limit })).items.filter((line) => line.available !== 0).map((line) => ({
    id: line.id, at: line.at, icon: 'coins', plugin: 'core', title: line.available > 0 ? { en: `+${line.available} points`, 'zh-CN': `+${line.available} 积分` } : { en: `${line.available} points`, 'zh-CN': `${line.available} 积分` },
    ...(line.note ? { detail: line.note } : {}),
  }));
  const all = (await Promise.all([ordersOf(), pointsOf(), ...sources])).flat();
  return all.filter((entry) => entry.at < range.before).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, range.limit);
}
