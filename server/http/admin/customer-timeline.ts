import { moneyText, type Locale, type ShopContext, type TimelineEntry } from '../../plugin-api/index.js';
import { contain } from '../../containment/containment.js';
import type { CoreServices } from '../core-services.js';

/** `why` says of points what moved them; the page has the words. */
export type Entry = TimelineEntry & { readonly plugin: string; readonly why?: { readonly kind: string; readonly source: string } };
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
  // A bare ¥ is the shop's own; of another currency the code says which.
  const money = (locale: Locale, amount: number, currency: string): string => moneyText(amount, currency, locale, { code: currency !== ctx.shop.currency });
  const signed = (locale: Locale, points: number): string => new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(points);
  const ordersOf = async (): Promise<Entry[]> => (await services.orders.ofPerson(ctx, personId, { limit: range.limit })).items.map((order) => ({
    id: order.id, at: order.placedAt, icon: 'cart', plugin: 'core', title: { en: `Order ${order.number}: ${money('en', order.total, order.currency)}`, 'zh-CN': `订单 ${order.number}：${money('zh-CN', order.total, order.currency)}` },
    detail: order.lines.map((line) => `${line.title} × ${line.quantity}`).join(', ').slice(0, 300),
  }));
  const pointsOf = async (): Promise<Entry[]> => (await services.ledger.statement(ctx, personId, { limit: range.limit })).items.filter((line) => line.available !== 0).map((line) => ({
    id: line.id, at: line.at, icon: 'coins', plugin: 'core', title: { en: `${signed('en', line.available)} ${Math.abs(line.available) === 1 ? 'point' : 'points'}`, 'zh-CN': `${signed('zh-CN', line.available)} 积分` }, why: { kind: line.kind, source: line.source },
    ...(line.note ? { detail: line.note } : {}),
  }));
  const all = (await Promise.all([ordersOf(), pointsOf(), ...sources])).flat();
  return all.filter((entry) => entry.at < range.before).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, range.limit);
}
