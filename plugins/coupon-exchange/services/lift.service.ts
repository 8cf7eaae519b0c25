import { notFound, sql, statement, type Customers, type Database, type Orders, type Page, type ShopContext, type Unit } from 'guanxi/plugin';
import type { Reward } from '../entities/reward.entity.js';
import type { Catalogue } from './catalogue.service.js';
import { isHeldOut } from './holdout.js';
import { liftOf, type Lift, type Outcome } from './lift.js';
import { walkOrders } from './order-walk.js';

const P = 'plg_coupon_exchange';
const MEASURED = statement<{ id: string; holdout: number }>(`SELECT id, holdout FROM ${P}_reward WHERE shop_id = :shop AND state = 'active' AND prize_only = 0 AND holdout > 0 AND (starts_at IS NULL OR starts_at <= :now) AND (ends_at IS NULL OR ends_at > :now) AND (usable_until IS NULL OR usable_until > :now)`);
/** Rewards are few and people many: a person's rows are looked up for each reward, for the key begins with it. */
const OF_REWARDS = `reward_id IN (SELECT w.id FROM ${P}_reward w WHERE w.shop_id = :shop)`;
const SEEN = statement<{ reward_id: string }>(`SELECT reward_id FROM ${P}_viewer WHERE shop_id = :shop AND person_id = :person AND ${OF_REWARDS}`);
const SEE = statement(`INSERT INTO ${P}_viewer (shop_id, reward_id, person_id, at, held_out) VALUES (:shop, :reward, :person, :now, :held) ON CONFLICT (shop_id, reward_id, person_id) DO NOTHING`);
const VIEWERS = statement<{ reward_id: string; person_id: string; at: number; held_out: number }>(`SELECT reward_id, person_id, at, held_out FROM ${P}_viewer WHERE shop_id = :shop ORDER BY reward_id, person_id LIMIT 200000`);
/** Orders that used a coupon, with what the coupon takes off. */
const USED = statement<{ reward_id: string; order_id: string }>(`SELECT r.reward_id, r.order_id FROM ${P}_redemption r JOIN ${P}_reward w ON w.shop_id = r.shop_id AND w.id = r.reward_id AND w.holdout > 0 WHERE r.shop_id = :shop AND r.state = 'used' AND r.order_id IS NOT NULL`);
/** Two accounts of one human saw both: they are in neither group. */
const FORGET = statement(`DELETE FROM ${P}_viewer WHERE shop_id = :shop AND person_id IN (CAST(:person AS TEXT), CAST(:into AS TEXT)) AND ${OF_REWARDS}`);
export const liftStatements = [MEASURED, SEEN, SEE, VIEWERS, USED, FORGET];

/** One member of a group. `margin`: of what they bought since they first came, less the coupons, in minor units. */
export interface Measured extends Outcome { readonly personId: string; readonly at: number; readonly heldOut: boolean }
export type MeasuredPerson = Measured & { readonly person: string | null };
const ROWS = 50;
export interface RewardLift extends Lift { readonly rewardId: string; readonly title: Reward['title']; readonly holdout: number }

/** Measures what rewards bring: a share of members is not shown them, and both groups are compared by the margin of what they buy from then on. */
export class LiftMeasure {
  constructor(private readonly db: Database, private readonly orders: Orders, private readonly catalogue: Catalogue, private readonly customers: Customers) {}

  /** Notes once for each measured reward that somebody has seen the list, and in which group they are. */
  async seen(ctx: ShopContext, personId: string): Promise<void> {
    const fresh = await this.db.read(ctx, async (q) => {
      const measured = await q.many(MEASURED, { now: ctx.now });
      if (!measured.length) return [];
      const known = new Set((await q.many(SEEN, { person: personId })).map((row) => row.reward_id));
      return measured.filter(({ id }) => !known.has(id));
    });
    if (fresh.length) await this.db.hot(ctx, `viewer:${personId}`, function* (inner): Unit<void> { for (const { id, holdout } of fresh) yield* sql.run(SEE, { reward: id, person: personId, now: inner.now, held: isHeldOut(personId, id, holdout) ? 1 : 0 }); });
  }

  merge(ctx: ShopContext, person: string, into: string): Promise<void> { return this.db.hot(ctx, 'viewers:merge', function* (): Unit<void> { yield* sql.run(FORGET, { person, into }); }); }

  /** @param margin - basis points of the goods' price that are left to the shop. What a coupon took off is taken from it whole. */
  async report(ctx: ShopContext, margin: number, signal: AbortSignal): Promise<RewardLift[]> {
    return (await this.#measured(ctx, margin, signal)).map(({ reward, people }) => ({
      rewardId: reward.id, title: reward.title, holdout: reward.holdout, ...liftOf(people.filter(({ heldOut }) => !heldOut), people.filter(({ heldOut }) => heldOut)),
    }));
  }

  /** Who is in a group, those who brought most first; with `buyers` only those who bought. Errors: 404 for a reward that is not measured. */
  async people(ctx: ShopContext, { rewardId, heldOut, buyers, margin, cursor }: { readonly rewardId: string; readonly heldOut: boolean; readonly buyers: boolean; readonly margin: number; readonly cursor: number }, signal: AbortSignal): Promise<Page<MeasuredPerson>> {
    const [measured] = await this.#measured(ctx, margin, signal, rewardId);
    if (!measured) throw notFound('measured reward', rewardId);
    const group = measured.people.filter((each) => each.heldOut === heldOut && (!buyers || each.orders > 0)).sort((a, b) => b.margin - a.margin || (a.personId < b.personId ? -1 : 1));
    const some = group.slice(cursor, cursor + ROWS);
    const names = await this.customers.byIds(ctx, some.map(({ personId }) => personId));
    return { items: some.map((each) => ({ ...each, margin: Math.round(each.margin), person: names.get(each.personId)?.name ?? null })), ...(cursor + ROWS < group.length ? { next: String(cursor + ROWS) } : {}) };
  }

  async #measured(ctx: ShopContext, margin: number, signal: AbortSignal, only?: string): Promise<{ readonly reward: Reward; readonly people: Measured[] }[]> {
    const { viewers, used } = await this.db.read(ctx, async (q) => ({ viewers: await q.many(VIEWERS), used: await q.many(USED) }));
    const rewards = (await this.catalogue.list(ctx)).filter(({ id, holdout, state }) => holdout > 0 && state !== 'draft' && (only === undefined || id === only));
    if (!rewards.length) return [];
    const byPerson = new Map<string, { at: number; goods: number; id: string }[]>();
    const people = new Set(viewers.map((row) => row.person_id));
    // An order counts from when its buyer first came upon a reward.
    const first = viewers.reduce((least, { at }) => Math.min(least, at), ctx.now);
    for await (const page of walkOrders(this.orders, ctx, first, signal)) {
      for (const { id, personId, paidAt, net } of page) {
        if (!people.has(personId) || net <= 0) continue;
        const own = byPerson.get(personId);
        if (own) own.push({ at: paidAt, goods: net, id }); else byPerson.set(personId, [{ at: paidAt, goods: net, id }]);
      }
    }
    return rewards.map((reward) => {
      const with_ = new Set(used.filter((row) => row.reward_id === reward.id).map((row) => row.order_id));
      return { reward, people: viewers.filter((row) => row.reward_id === reward.id).map((row): Measured => {
        const own = (byPerson.get(row.person_id) ?? []).filter(({ at }) => at >= row.at);
        // Net is after the coupon: the goods were worth that much more, and the shop paid it.
        const earned = own.reduce((sum, { goods, id }) => { const { off, besides } = with_.has(id) ? costOf(reward, goods) : NOTHING; return sum + ((goods + off) * margin) / 10_000 - off - besides; }, 0);
        return { personId: row.person_id, at: row.at, heldOut: row.held_out === 1, orders: own.length, margin: earned };
      }) };
    });
  }
}

interface Cost { /** From the price of goods. */ readonly off: number; readonly besides: number }
const NOTHING: Cost = { off: 0, besides: 0 };
/** What a reward cost with an order whose goods were paid with so much; what it cost besides goods as far as anybody can say. */
function costOf({ kind, discount, costEach, ownCost }: Reward, paid: number): Cost {
  if (kind === 'amount') return { off: discount, besides: 0 };
  if (kind === 'percent') return { off: discount >= 10_000 ? 0 : (paid * discount) / (10_000 - discount), besides: 0 };
  return kind === 'product' && ownCost === null ? { off: costEach ?? 0, besides: 0 } : { off: 0, besides: costEach ?? 0 };
}
