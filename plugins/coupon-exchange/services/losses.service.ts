import { atLeast, newId, oneOf, sql, statement, type CoreEvents, type Customers, type Database, type Orders, type Page, type PageRequest, type ShopContext, type Unit } from 'guanxi/plugin';
import { Loss, type LossReason } from '../entities/loss.entity.js';
import { Redemption } from '../entities/redemption.entity.js';
import type { Reward } from '../entities/reward.entity.js';

const P = 'plg_coupon_exchange';
const RECORD_LOSS = statement(`INSERT INTO ${P}_loss (shop_id, id, redemption_id, reward_id, order_id, reason, difference, beside, at, created_at, updated_at)
  SELECT r.shop_id, :id, r.id, r.reward_id, :order, :reason, :difference, :beside, :now, :now, :now FROM ${P}_redemption r WHERE r.shop_id = :shop AND r.code = :code ON CONFLICT (shop_id, redemption_id, order_id) DO NOTHING`);
const LOSSES = statement<{ reward_id: string; title: string; reason: LossReason; number: number; difference: number }>(`SELECT l.reward_id, w.title, l.reason, CAST(COUNT(*) AS BIGINT) AS number, CAST(SUM(l.difference) AS BIGINT) AS difference
  FROM ${P}_loss l JOIN ${P}_reward w ON w.shop_id = l.shop_id AND w.id = l.reward_id WHERE l.shop_id = :shop AND l.at >= :from GROUP BY l.reward_id, w.title, l.reason ORDER BY number DESC, l.reward_id LIMIT 200`);
export const lossStatements = [RECORD_LOSS, LOSSES];

export interface LossSum { readonly rewardId: string; readonly title: Reward['title']; readonly reason: LossReason; readonly number: number; /** Minor units that orders would have cost more with them. */ readonly difference: number }
export type LossRow = Loss & { readonly personId: string | null; readonly person: string | null; readonly order: string | null };
const masked = (code: string): string => `${code.slice(0, 7)}…${code.slice(-2)}`;

/** Coupons that shoppers had at a checkout and that were not taken there. */
export class Losses {
  constructor(private readonly db: Database, private readonly customers: Customers, private readonly orders: Orders) {}

  /** Told again it changes nothing. */
  note(ctx: ShopContext, { code, orderId, reason, difference, beside }: CoreEvents['discount.lost']): Promise<number> {
    const text = beside.map((each) => (each.endsWith(':') ? each.slice(0, -1) : masked(each))).join(' ').slice(0, 500);
    return this.db.hot(ctx, `code:${code}`, function* (inner): Unit<number> { return yield* sql.run(RECORD_LOSS, { id: newId(), code, order: orderId, reason, difference, beside: text, now: inner.now }); });
  }

  async sums(ctx: ShopContext, from: number): Promise<LossSum[]> {
    return (await this.db.read(ctx, (q) => q.many(LOSSES, { from }))).map((row) => ({ rewardId: row.reward_id, title: JSON.parse(row.title) as Reward['title'], reason: row.reason, number: row.number, difference: row.difference }));
  }

  async list(ctx: ShopContext, filter: { readonly rewardId?: string | undefined; readonly reason?: LossReason | undefined; readonly since: number }, page: PageRequest): Promise<Page<LossRow>> {
    const { found, holders } = await this.db.read(ctx, async (q) => {
      const found = await q.page(Loss, { ...(filter.rewardId ? { rewardId: filter.rewardId } : {}), ...(filter.reason ? { reason: filter.reason } : {}), at: atLeast(filter.since) }, { by: 'at', direction: 'desc' }, page);
      const theirs = found.items.length ? await q.find(Redemption, { id: oneOf(...new Set(found.items.map((each) => each.redemptionId))) }) : [];
      return { found, holders: new Map(theirs.map((each) => [each.id, each.personId])) };
    });
    const people = await this.customers.byIds(ctx, [...new Set(holders.values())]);
    const numbers = new Map(await Promise.all([...new Set(found.items.map((each) => each.orderId))].map(async (id) => [id, (await this.orders.byId(ctx, id))?.number ?? null] as const)));
    return { ...found, items: found.items.map((each) => {
      const personId = holders.get(each.redemptionId) ?? null;
      return Object.assign(each, { personId, person: personId === null ? null : people.get(personId)?.name ?? null, order: numbers.get(each.orderId) ?? null });
    }) };
  }
}
