import { addDays, businessDate, z, type AdminRoutes } from '../../plugin-api/index.js';
import { MOVEMENT_COLUMNS } from '../../economy/economy-report.service.js';
import { ShopLedgerService } from '../../economy/shop-ledger.service.js';
import type { CoreServices } from '../core-services.js';
import { ledgerLine, lineOf } from './customers.routes.js';
import { pageOf, pageQuery } from './page-query.js';

const days = { days: z.coerce.number().int().min(1).max(730).default(90) };

export function economyRoutes(routes: AdminRoutes, services: CoreServices): void {
  const ledger = new ShopLedgerService(services.store);
  routes.route('get', '/economy', {
    summary: 'Points issued, spent, expiring and outstanding', query: z.strictObject(days),
    reply: z.object({
      totals: z.object({ issued: z.number(), spent: z.number(), returned: z.number(), expired: z.number(), reversed: z.number(), adjusted: z.number(), outstanding: z.number(), pending: z.number(), debt: z.number(), liability: z.number(), currency: z.string() }),
      byDay: z.array(z.object({ date: z.string(), issued: z.number(), spent: z.number(), expired: z.number(), reversed: z.number() })),
      bySource: z.array(z.object({ source: z.string(), issued: z.number(), spent: z.number() })),
      expiring: z.array(z.object({ date: z.string(), amount: z.number() })), top: z.array(z.object({ personId: z.string(), name: z.string().nullable(), available: z.number() })),
    }),
  }, async (ctx, { query }) => {
    const to = businessDate(ctx.shop, ctx.now);
    const from = addDays(to, 1 - query.days);
    const [movements, byDay, outstanding, calendar, top] = await Promise.all([services.economy.movements(ctx, from, to), services.economy.daily(ctx, from, to), services.economy.outstanding(ctx), services.economy.expiryCalendar(ctx), services.economy.topBalances(ctx, 100)]);
    const sum = (key: 'issued' | 'spent' | 'returned' | 'expired' | 'reversed' | 'adjusted'): number => movements.reduce((total, each) => total + each[key], 0);
    const bySource = new Map<string, { source: string; issued: number; spent: number }>();
    for (const each of movements) {
      const entry = bySource.get(each.source) ?? { source: each.source, issued: 0, spent: 0 };
      entry.issued += each.issued;
      entry.spent += each.spent;
      bySource.set(each.source, entry);
    }
    return {
      totals: { issued: sum('issued'), spent: sum('spent'), returned: sum('returned'), expired: sum('expired'), reversed: sum('reversed'), adjusted: sum('adjusted'), outstanding: outstanding.available, pending: outstanding.pending, debt: outstanding.debt, liability: outstanding.liability, currency: outstanding.currency },
      byDay: byDay.map((day) => ({ date: day.date, issued: day.issued, spent: day.spent, expired: day.expired, reversed: day.reversed })),
      bySource: [...bySource.values()].sort((a, b) => b.issued + b.spent - a.issued - a.spent), expiring: calendar.map((day) => ({ date: day.date, amount: day.amount })),
      top: top.filter((each) => each.available > 0).sort((a, b) => b.available - a.available).slice(0, 20).map((each) => ({ personId: each.personId, name: each.name, available: each.available })),
    };
  });
  routes.route('get', '/economy/ledger', { summary: 'Every movement of points in the shop, newest first', query: z.strictObject(pageQuery), reply: pageOf(ledgerLine.extend({ personId: z.string(), name: z.string().nullable() })) }, async (ctx, { query }) => {
    const page = await ledger.lines(ctx, query);
    return { items: page.items.map((each) => ({ ...lineOf(each), personId: each.personId, name: each.name })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.csv('/economy/ledger.csv', { summary: 'The ledger as CSV', name: 'ledger.csv', columns: ['id', 'at', 'business_date', 'person_id', 'person', 'kind', 'available', 'pending', 'source', 'cause', 'note', 'actor'] }, async function* (ctx) {
    for await (const each of ledger.all(ctx)) yield [each.id, new Date(each.at).toISOString(), each.businessDate, each.personId, each.name, each.kind, each.available, each.pending, each.source, each.causeRef, each.note, each.actor];
  });
  routes.csv('/economy/movements.csv', { summary: 'Points by day and source as CSV', query: z.strictObject(days), name: 'points-by-day.csv', columns: MOVEMENT_COLUMNS }, (ctx, { query }) => {
    const to = businessDate(ctx.shop, ctx.now);
    return services.economy.rows(ctx, addDays(to, 1 - query.days), to);
  });
}
