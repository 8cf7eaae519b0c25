import { addDays, DAY, type BusinessDate, type Database, type Instant, type ShopContext } from '../plugin-api/index.js';
import { pointsDate } from './points-calendar.js';
import { worthOf } from './programme/programme.js';
import { EXPIRY_CALENDAR, MOVEMENTS, OUTSTANDING, OVERDUE, TOP_BALANCES } from './report-statements.js';

/** Points that moved on one business date because of one source. All are positive except `adjusted`, which staff can do both ways. */
export interface Movement {
  readonly date: BusinessDate; readonly source: string; readonly issued: number; readonly spent: number; /** Spent before and given back. */ readonly returned: number;
  readonly expired: number; readonly reversed: number; readonly adjusted: number;
}
export interface Outstanding {
  readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly holders: number;
  /** What the shop owes in its own currency's minor units, at what the programme says 100 points are worth. Pending points count, debt does not reduce it. */
  readonly liability: number; readonly currency: string;
}
export interface ExpiryDay { readonly date: BusinessDate; readonly amount: number; readonly people: number }
export interface TopBalance { readonly personId: string; readonly name: string | null; readonly email: string | null; readonly available: number; readonly pending: number; readonly earned: number }

const KEYS = ['issued', 'spent', 'returned', 'expired', 'reversed', 'adjusted'] as const;
/** Columns of `rows`, in their order. */
export const MOVEMENT_COLUMNS = ['date', 'source', ...KEYS] as const;

/** Numbers for the economy page. */
export class EconomyReportService {
  constructor(private readonly db: Database) {}

  /** By business date and source, both dates included. */
  movements(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<readonly Movement[]> {
    return this.db.read(ctx, (q) => q.scan(MOVEMENTS, { from, to }));
  }

  /** By business date alone, days without movements included; at most 800 days. */
  async daily(ctx: ShopContext, from: BusinessDate, to: BusinessDate): Promise<readonly Omit<Movement, 'source'>[]> {
    const days = new Map<BusinessDate, Record<(typeof KEYS)[number], number>>();
    for (let date = from; date <= to && days.size < 800; date = addDays(date, 1)) days.set(date, { issued: 0, spent: 0, returned: 0, expired: 0, reversed: 0, adjusted: 0 });
    for (const movement of await this.movements(ctx, from, to)) {
      const day = days.get(movement.date);
      if (day) for (const key of KEYS) day[key] += movement[key];
    }
    return [...days].map(([date, day]) => ({ date, ...day }));
  }

  /** What people hold now. Points that are due to expire do not count, even before the job has come by. */
  outstanding(ctx: ShopContext): Promise<Outstanding> {
    return this.db.read(ctx, async (q) => {
      const held = (await q.scan(OUTSTANDING))[0]!;
      const available = held.available - (await q.one(OVERDUE, { now: ctx.now }))!.amount;
      const liability = worthOf(ctx.shop, available + held.pending + held.held);
      return { available, pending: held.pending, held: held.held, debt: held.debt, holders: held.holders, liability, currency: ctx.shop.currency };
    });
  }

  /** What will expire if nobody spends it, by the last business date on which it is good. */
  expiryCalendar(ctx: ShopContext, days = 366): Promise<readonly ExpiryDay[]> {
    return this.db.read(ctx, async (q) => {
      const lots = await q.scan(EXPIRY_CALENDAR, { now: ctx.now, until: ctx.now + days * DAY });
      const byDate = new Map<BusinessDate, { amount: number; people: number }>();
      for (const { expires_at, amount, people } of lots) {
        const date = pointsDate(ctx.shop, (expires_at satisfies Instant) - 1);
        const day = byDate.get(date) ?? { amount: 0, people: 0 };
        byDate.set(date, { amount: day.amount + amount, people: day.people + people });
      }
      return [...byDate].map(([date, day]) => ({ date, ...day }));
    });
  }

  /** Who holds most; a check on farming as well. */
  topBalances(ctx: ShopContext, limit = 20): Promise<readonly TopBalance[]> {
    return this.db.read(ctx, async (q) => (await q.many(TOP_BALANCES, { limit: Math.min(Math.max(limit, 1), 200) })).map((row) => ({
      personId: row.person_id, name: row.name, email: row.email, available: row.available, pending: row.pending, earned: row.earned,
    })));
  }

  /** Rows for a CSV file, with the columns of `MOVEMENT_COLUMNS`. */
  async *rows(ctx: ShopContext, from: BusinessDate, to: BusinessDate): AsyncIterable<readonly (string | number)[]> {
    for (const movement of await this.movements(ctx, from, to)) yield MOVEMENT_COLUMNS.map((column) => movement[column]);
  }
}
