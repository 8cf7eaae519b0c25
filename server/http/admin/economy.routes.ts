import { addDays, businessDate, z, type AdminRoutes } from '../../plugin-api/index.js';
import { MOVEMENT_COLUMNS } from '../../economy/economy-report.service.js';
import { ShopLedgerService } from '../../economy/shop-ledger.service.js';
import type { CoreServices } from '../core-services.js';
import { ledgerLine, lineOf } from './customers.routes.js';
import { pageOf, pageQuery } from './page-query.js';

const topShape = z.object({ personId: z.string(), name: z.string().nullable(), available: z.number(), pending: z.number(), earned: z.number() });
const days = { days: z.coerce.number().int().min(1).max(730).default(90) };

export function economyRoutes(routes: AdminRoutes, services: CoreServices): void {
  const ledger = new ShopLedgerService(services.store);
  routes.route('get', '/economy', {
    summary: 'What people hold and what it is worth, what expires when, and who holds most',
    reply: z.object({
      totals: z.object({ outstanding: z.number(), pending: z.number(), held: z.number(), debt: z.number(), liability: z.number(), currency: z.string() }),
      expiring: z.array(z.object({ date: z.string(), amount: z.number() })), top: z.array(topShape),
    }),
  }, async (ctx) => {
    const [{ available, pending, held, debt, liability, currency }, calendar, top] = await Promise.all([services.economy.outstanding(ctx), services.economy.expiryCalendar(ctx), services.economy.topBalances(ctx)]);
    return {
      totals: { outstanding: available, pending, held, debt, liability, currency }, expiring: calendar.map(({ date, amount }) => ({ date, amount })),
      top: top.map((each) => ({ personId: each.personId, name: each.name, available: each.available, pending: each.pending, earned: each.earned })),
    };
  });
  routes.route('get', '/economy/ledger', { summary: 'Every movement of points in the shop, newest first', query: z.strictObject(pageQuery), reply: pageOf(ledgerLine.extend({ personId: z.string(), name: z.string().nullable() })) }, async (ctx, { query }) => {
    const page = await ledger.lines(ctx, query);
    return { items: page.items.map((each) => ({ ...lineOf(each), personId: each.personId, name: each.name })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.csv('/economy/ledger.csv', { summary: 'The ledger as CSV', name: 'ledger.csv', columns: ['id', 'at', 'business_date', 'person_id', 'person', 'kind', 'available', 'pending', 'source', 'cause', 'note', 'actor', 'debt'] }, async function* (ctx) {
    for await (const each of ledger.all(ctx)) yield [each.id, new Date(each.at).toISOString(), each.businessDate, each.personId, each.name, each.kind, each.available, each.pending, each.source, each.causeRef, each.note, each.actor, each.debt ?? 0];
  });
  routes.csv('/economy/expiring.csv', { summary: 'What expires when as CSV', name: 'points-expiring.csv', columns: ['date', 'amount', 'people'] }, async function* (ctx) {
    for (const { date, amount, people } of await services.economy.expiryCalendar(ctx)) yield [date, amount, people];
  });
  routes.csv('/economy/top.csv', { summary: 'The highest balances as CSV', name: 'points-top.csv', columns: ['person_id', 'person', 'available', 'pending', 'earned'] }, async function* (ctx) {
    for (const { personId, name, available, pending, earned } of await services.economy.topBalances(ctx, 200)) yield [personId, name, available, pending, earned];
  });
  routes.csv('/economy/movements.csv', { summary: 'Points by day and source as CSV', query: z.strictObject(days), name: 'points-by-day.csv', columns: MOVEMENT_COLUMNS }, (ctx, { query }) => {
    const to = businessDate(ctx.shop, ctx.now);
    return services.economy.rows(ctx, addDays(to, 1 - query.days), to);
  });
}
