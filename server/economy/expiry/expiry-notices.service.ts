import { DAY, sql, statement, type BusinessDate, type Database, type Instant, type ShopContext } from '../../plugin-api/index.js';
import type { Outbox } from '../../events/outbox.js';
import { NEVER } from '../ledger-rules.js';
import { pointsDate } from '../points-calendar.js';

/** Days before expiry at which a shopper is warned, the last one first. */
export const NOTICE_DAYS = [7, 30] as const;

/** What somebody loses on one day if nothing is spent. `date`: the last business date on which the points are good. */
export interface ExpiringPoints { readonly date: BusinessDate; readonly at: Instant; readonly amount: number }
export interface ExpiryNotice { readonly personId: string; readonly name: string | null; readonly at: Instant; readonly amount: number; readonly days: number; readonly toldAt: Instant }

/** Groups that nobody was told of at this threshold; `:after` and `:until` bound the expiry. */
const UNTOLD = statement<{ person_id: string; expires_at: number; amount: number }>(`
  SELECT l.person_id, l.expires_at, CAST(SUM(l.remaining) AS BIGINT) AS amount FROM lot l
  WHERE l.shop_id = :shop AND l.state = 'active' AND l.remaining > 0 AND l.expires_at > :after AND l.expires_at <= :until
    AND NOT EXISTS (SELECT 1 FROM expiry_notice n WHERE n.shop_id = l.shop_id AND n.person_id = l.person_id AND n.expires_at = l.expires_at AND n.days = :days)
    AND EXISTS (SELECT 1 FROM person p WHERE p.shop_id = l.shop_id AND p.id = l.person_id AND p.kind = 'member')
  GROUP BY l.person_id, l.expires_at ORDER BY l.expires_at, l.person_id LIMIT 500`);
const TELL = statement('INSERT INTO expiry_notice (shop_id, person_id, expires_at, days, amount, at) VALUES (:shop, :person, :expiresAt, :days, :amount, :now) ON CONFLICT DO NOTHING');
const CALENDAR = statement<{ expires_at: number; amount: number }>(`
  SELECT expires_at, CAST(SUM(remaining) AS BIGINT) AS amount FROM lot
  WHERE shop_id = :shop AND person_id = :person AND remaining > 0 AND state = 'active' AND expires_at > :now AND expires_at < ${NEVER} GROUP BY expires_at ORDER BY expires_at LIMIT 400`);
const LATEST = statement<{ person_id: string; name: string | null; expires_at: number; days: number; amount: number; at: number }>(`
  SELECT n.person_id, p.name, n.expires_at, n.days, n.amount, n.at FROM expiry_notice n JOIN person p ON p.shop_id = n.shop_id AND p.id = n.person_id WHERE n.shop_id = :shop ORDER BY n.at DESC, n.expires_at, n.person_id LIMIT 100`);

/** Says in time that points will expire, to shoppers and to whoever sends them messages. */
export class ExpiryNoticesService {
  constructor(private readonly db: Database, private readonly outbox: Outbox) {}

  /** Job: tells once of each day of expiry and threshold, the nearer one only. Answers how many were told. */
  async notify(ctx: ShopContext, signal?: AbortSignal): Promise<number> {
    let told = 0;
    let after = ctx.now;
    for (const days of NOTICE_DAYS) {
      const until = ctx.now + days * DAY;
      for (;;) {
        const groups = await this.db.read(ctx, (q) => q.many(UNTOLD, { after, until, days }));
        for (const group of groups) {
          if (signal?.aborted === true) return told;
          told += await this.#tell(ctx, group, days);
        }
        if (groups.length === 0) break;
      }
      after = until;
    }
    return told;
  }

  #tell(ctx: ShopContext, group: { readonly person_id: string; readonly expires_at: number; readonly amount: number }, days: number): Promise<number> {
    const { outbox } = this;
    return this.db.hot(ctx, group.person_id, function* (inner) {
      const written = yield* sql.run(TELL, { person: group.person_id, expiresAt: group.expires_at, days, amount: group.amount, now: inner.now });
      if (written > 0) yield* outbox.steps.emit(inner, 'points.expiring', { personId: group.person_id, amount: group.amount, at: group.expires_at, days });
      return written;
    });
  }

  /** When a person's points expire, day by day, soonest first. */
  async calendar(ctx: ShopContext, personId: string): Promise<readonly ExpiringPoints[]> {
    const days = new Map<BusinessDate, ExpiringPoints>();
    for (const { expires_at: at, amount } of await this.db.read(ctx, (q) => q.many(CALENDAR, { person: personId, now: ctx.now }))) {
      const date = pointsDate(ctx.shop, at - 1);
      const known = days.get(date);
      days.set(date, { date, at: Math.min(known?.at ?? at, at), amount: amount + (known?.amount ?? 0) });
    }
    return [...days.values()];
  }

  /** The latest 100 warnings of the shop. */
  async latest(ctx: ShopContext): Promise<readonly ExpiryNotice[]> {
    return (await this.db.read(ctx, (q) => q.many(LATEST))).map((row) => ({ personId: row.person_id, name: row.name, at: row.expires_at, amount: row.amount, days: row.days, toldAt: row.at }));
  }
}
