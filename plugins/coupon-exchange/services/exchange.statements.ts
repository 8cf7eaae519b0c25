import { statement } from 'guanxi/plugin';
import type { RewardKind } from '../entities/reward.entity.js';

const P = 'plg_coupon_exchange';

export interface RewardRow {
  readonly id: string; readonly title: string; readonly kind: RewardKind; readonly discount: number; readonly minimum: number; readonly cost: number; readonly per_person: number; readonly valid_days: number;
  readonly sku: string | null; readonly activity_id: string | null; readonly partial_return: 'keep' | 'prorate' | 'deduct'; readonly skus: string | null; readonly usable_until: number | null; readonly holdout: number;
}
/**
 * Takes one from the stock of an active reward and answers the reward; no row when it is sold out or not to be had. For points `prize` is 0 and
 * `begun` and `over` are now; a prize has 1, the end and the beginning of time, since neither season nor `prize_only` holds it back.
 */
export const TAKE_STOCK = statement<RewardRow>(`UPDATE ${P}_reward SET remaining = CASE WHEN remaining IS NULL THEN NULL ELSE remaining - 1 END
  WHERE shop_id = :shop AND id = :reward AND state = 'active' AND (remaining IS NULL OR remaining > 0)
    AND prize_only <= :prize AND (starts_at IS NULL OR starts_at <= :begun) AND (ends_at IS NULL OR ends_at > :over) AND (usable_until IS NULL OR usable_until > :now)
  RETURNING id, title, kind, discount, minimum, cost, per_person, valid_days, sku, activity_id, partial_return, skus, usable_until, holdout`);
/** What is set aside for a prize is given whatever became of the reward since, unless its time is over. */
export const KEPT_REWARD = statement<RewardRow>(`SELECT id, title, kind, discount, minimum, cost, per_person, valid_days, sku, activity_id, partial_return, skus, usable_until, holdout FROM ${P}_reward
  WHERE shop_id = :shop AND id = :reward AND (usable_until IS NULL OR usable_until > :now)`);
export const RESERVE = statement(`INSERT INTO ${P}_reserve (shop_id, grant_id, reward_id) VALUES (:shop, :grant, :reward)`);
export const UNRESERVE = statement<{ reward_id: string }>(`DELETE FROM ${P}_reserve WHERE shop_id = :shop AND grant_id = :grant RETURNING reward_id`);
export const COST_EACH = statement<{ cost_each: number | null }>(`SELECT cost_each FROM ${P}_reward WHERE shop_id = :shop AND id = :reward`);
export const PUT_STOCK_BACK = statement(`UPDATE ${P}_reward SET remaining = remaining + 1 WHERE shop_id = :shop AND id = :reward AND remaining IS NOT NULL AND remaining < stock`);
export const ADD_STOCK = statement(`UPDATE ${P}_reward SET stock = stock + :amount, remaining = remaining + :amount, updated_at = :now WHERE shop_id = :shop AND id = :reward AND kind <> 'code' AND stock IS NOT NULL AND remaining IS NOT NULL`);
export const REWARD_STATE = statement<{ state: string; remaining: number | null; prize_only: number; starts_at: number | null; ends_at: number | null; usable_until: number | null }>(`SELECT state, remaining, prize_only, starts_at, ends_at, usable_until FROM ${P}_reward WHERE shop_id = :shop AND id = :reward`);
/** Counts a person's redemption, or changes nothing at the limit of the reward or of the week. */
export const COUNT_USE = statement<{ last_no: number }>(`INSERT INTO ${P}_quota AS quota (shop_id, reward_id, person_id, used, last_no, week, week_used) VALUES (:shop, :reward, :person, 1, 1, :week, 1)
  ON CONFLICT (shop_id, reward_id, person_id) DO UPDATE SET used = quota.used + 1, last_no = quota.last_no + 1, week_used = CASE WHEN quota.week = :week THEN quota.week_used + 1 ELSE 1 END, week = :week
  WHERE quota.used < :most AND (quota.week <> :week OR quota.week_used < :perWeek) RETURNING last_no`);
/** Only a use of the week that is counted now is taken from that week. */
export const GIVE_USE_BACK = statement(`UPDATE ${P}_quota SET used = used - 1, week_used = CASE WHEN week = :week AND week_used > 0 THEN week_used - 1 ELSE week_used END
  WHERE shop_id = :shop AND reward_id = :reward AND person_id = :person AND used > 0`);
export const QUOTA_OF = statement<{ used: number }>(`SELECT used FROM ${P}_quota WHERE shop_id = :shop AND reward_id = :reward AND person_id = :person`);
/** Rewards are few and people many: a person's rows are looked up for each reward, for the key begins with it. */
const OF_PERSON = `shop_id = :shop AND person_id = :person AND reward_id IN (SELECT w.id FROM ${P}_reward w WHERE w.shop_id = :shop)`;
export const USES_OF = statement<{ reward_id: string; used: number; week: number; week_used: number }>(`SELECT reward_id, used, week, week_used FROM ${P}_quota WHERE ${OF_PERSON}`);
export const RECORD = statement(`INSERT INTO ${P}_redemption (shop_id, id, reward_id, person_id, kind, use_no, code, cost, spend_id, hold_id, grant_id, state, issued_at, expires_at, used_at, reminded, created_at, updated_at)
  VALUES (:shop, :id, :reward, :person, :kind, :useNo, :code, :cost, :spend, :hold, :grant, :state, :now, :expiresAt, :usedAt, 0, :now, :now)`);

export interface Moved { readonly id: string; readonly reward_id: string; readonly person_id: string; readonly kind: RewardKind; readonly code: string; readonly spend_id: string | null; readonly hold_id: string | null; readonly use_no: number | null; readonly order_id: string | null; readonly issued_at: number }
const MOVED = 'id, reward_id, person_id, kind, code, spend_id, hold_id, use_no, order_id, issued_at';
export const MARK_USED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'used', used_at = :at, use_days = CASE WHEN CAST(:at AS BIGINT) > issued_at THEN CAST((CAST(:at AS BIGINT) - issued_at) / 86400000 AS BIGINT) ELSE 0 END, order_id = :order, updated_at = :now
  WHERE shop_id = :shop AND code = :code AND state IN ('issued', 'expired') RETURNING ${MOVED}`);
/** Whether an order already gave its coupon back. News come in no particular order, and more than once. */
export const GIVEN_BACK = statement<{ id: string }>(`SELECT r.id FROM ${P}_redemption r JOIN ${P}_step s ON s.shop_id = r.shop_id AND s.redemption_id = r.id WHERE r.shop_id = :shop AND r.code = :code AND s.step IN ('restored', 'returned') AND s.ref = :order LIMIT 1`);
/** Giving a coupon back never shortens its life. */
export const MARK_ISSUED = statement<Moved & { readonly expires_at: number }>(`UPDATE ${P}_redemption SET state = 'issued', used_at = NULL, use_days = NULL, order_id = NULL, expires_at = CASE WHEN expires_at > CAST(:expiresAt AS BIGINT) THEN expires_at ELSE CAST(:expiresAt AS BIGINT) END, reminded = 0, updated_at = :now WHERE shop_id = :shop AND code = :code AND (state = 'issued' OR state = 'used' AND order_id = :order) RETURNING ${MOVED}, expires_at`);
export const MARK_RETURNED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'returned', updated_at = :now WHERE shop_id = :shop AND code = :code AND (state = 'issued' OR state = 'used' AND order_id = :order) RETURNING ${MOVED}`);
export const MARK_REVOKED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'revoked', updated_at = :now WHERE shop_id = :shop AND id = :id AND state = 'issued' RETURNING ${MOVED}`);
/** Nothing was used yet; what another system was asked for is undone by who asked it. */
export const MARK_CANCELLED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'cancelled', use_no = NULL, updated_at = :now WHERE shop_id = :shop AND id = :id AND state = :from RETURNING ${MOVED}`);
export const MARK_BOOKED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'used', used_at = :now, spend_id = :spend, handled_by = :ref, updated_at = :now WHERE shop_id = :shop AND id = :id AND state = 'requested' RETURNING ${MOVED}`);
export const BY_GRANT = statement<{ id: string }>(`SELECT id FROM ${P}_redemption WHERE shop_id = :shop AND grant_id = :grant`);
const LONG_OVER = "state = 'issued' AND expires_at <= :end AND NOT (kind = 'next-order' AND order_id IS NOT NULL)";
export const EXPIRED = statement<{ id: string; expires_at: number }>(`SELECT id, expires_at FROM ${P}_redemption WHERE shop_id = :shop AND ${LONG_OVER} AND (expires_at > :after OR expires_at = :after AND id > :afterId) ORDER BY expires_at, id LIMIT 500`);
export const MARK_EXPIRED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'expired', updated_at = :now WHERE shop_id = :shop AND id = :id AND ${LONG_OVER} RETURNING ${MOVED}`);
export const BY_ID = statement<{ kind: RewardKind; code: string; state: string }>(`SELECT kind, code, state FROM ${P}_redemption WHERE shop_id = :shop AND id = :id`);
export const EXPIRING = statement<{ id: string; reward_id: string; person_id: string; expires_at: number }>(`UPDATE ${P}_redemption SET reminded = 1 WHERE shop_id = :shop AND id IN (
    SELECT id FROM ${P}_redemption WHERE shop_id = :shop AND state = 'issued' AND reminded = 0 AND expires_at > :now AND expires_at <= :until AND NOT (kind = 'next-order' AND order_id IS NOT NULL) ORDER BY expires_at LIMIT 200)
  RETURNING id, reward_id, person_id, expires_at`);
/** What of somebody's ends soon. */
export const ENDING = statement<{ number: number; at: number | null }>(`SELECT CAST(COUNT(*) AS BIGINT) AS number, MIN(expires_at) AS at FROM ${P}_redemption
  WHERE shop_id = :shop AND person_id = :person AND state = 'issued' AND expires_at > :now AND expires_at <= :until AND NOT (kind = 'next-order' AND order_id IS NOT NULL)`);
/** What became of a redemption after it was given out. */
export const LOG = statement(`INSERT INTO ${P}_step (shop_id, id, redemption_id, step, at, ref, created_at, updated_at) VALUES (:shop, :id, :redemption, :step, :now, :ref, :now, :now)`);
export const STEPS_OF = statement<{ step: string; at: number; ref: string | null }>(`SELECT step, at, ref FROM ${P}_step WHERE shop_id = :shop AND redemption_id = :id ORDER BY at, id`);

export const TOTALS = statement<{ reward_id: string; issued: number; used: number; expired: number; cost: number }>(`SELECT reward_id, CAST(COUNT(*) AS BIGINT) AS issued, CAST(SUM(CASE WHEN state = 'used' THEN 1 ELSE 0 END) AS BIGINT) AS used,
  CAST(SUM(CASE WHEN state = 'expired' THEN 1 ELSE 0 END) AS BIGINT) AS expired, CAST(SUM(cost) AS BIGINT) AS cost FROM ${P}_redemption WHERE shop_id = :shop GROUP BY reward_id`);
export const SINCE = statement<{ issued: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS issued FROM ${P}_redemption WHERE shop_id = :shop AND issued_at >= :from`);

export const exchangeStatements = [
  TAKE_STOCK, KEPT_REWARD, RESERVE, UNRESERVE, COST_EACH, PUT_STOCK_BACK, ADD_STOCK, REWARD_STATE, COUNT_USE, GIVE_USE_BACK, GIVEN_BACK, QUOTA_OF, USES_OF, RECORD, MARK_USED, MARK_ISSUED, MARK_RETURNED, MARK_REVOKED, MARK_CANCELLED, MARK_BOOKED, BY_GRANT, EXPIRED, MARK_EXPIRED, BY_ID, EXPIRING, ENDING,
  LOG, STEPS_OF, TOTALS, SINCE,
];
