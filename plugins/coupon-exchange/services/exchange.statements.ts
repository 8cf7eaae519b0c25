import { statement } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

export interface RewardRow { readonly id: string; readonly title: string; readonly kind: 'amount' | 'percent' | 'free-shipping'; readonly discount: number; readonly minimum: number; readonly cost: number; readonly per_person: number; readonly valid_days: number }
/** Takes one from the stock of an active reward and answers the reward; no row when it is sold out or not active. */
export const TAKE_STOCK = statement<RewardRow>(`UPDATE ${P}_reward SET remaining = CASE WHEN remaining IS NULL THEN NULL ELSE remaining - 1 END
  WHERE shop_id = :shop AND id = :reward AND state = 'active' AND (remaining IS NULL OR remaining > 0) RETURNING id, title, kind, discount, minimum, cost, per_person, valid_days`);
export const PUT_STOCK_BACK = statement(`UPDATE ${P}_reward SET remaining = remaining + 1 WHERE shop_id = :shop AND id = :reward AND remaining IS NOT NULL AND remaining < stock`);
export const REWARD_STATE = statement<{ state: string; remaining: number | null }>(`SELECT state, remaining FROM ${P}_reward WHERE shop_id = :shop AND id = :reward`);
/** Counts a person's redemption, or changes nothing at the limit. */
export const COUNT_USE = statement<{ used: number }>(`INSERT INTO ${P}_quota AS quota (shop_id, reward_id, person_id, used) VALUES (:shop, :reward, :person, 1)
  ON CONFLICT (shop_id, reward_id, person_id) DO UPDATE SET used = quota.used + 1 WHERE quota.used < :most RETURNING used`);
export const USES_OF = statement<{ reward_id: string; used: number }>(`SELECT reward_id, used FROM ${P}_quota WHERE shop_id = :shop AND person_id = :person`);
export const RECORD = statement(`INSERT INTO ${P}_redemption (shop_id, id, reward_id, person_id, use_no, code, cost, spend_id, grant_id, state, issued_at, expires_at, created_at, updated_at)
  VALUES (:shop, :id, :reward, :person, :useNo, :code, :cost, :spend, :grant, 'issued', :now, :expiresAt, :now, :now)`);

interface Moved { readonly id: string; readonly reward_id: string; readonly person_id: string; readonly code: string; readonly spend_id: string | null }
const MOVED = 'id, reward_id, person_id, code, spend_id';
export const MARK_USED = statement(`UPDATE ${P}_redemption SET state = 'used', used_at = :now, order_id = :order, updated_at = :now WHERE shop_id = :shop AND code = :code AND state IN ('issued', 'expired')`);
export const MARK_ISSUED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'issued', used_at = NULL, order_id = NULL, expires_at = :expiresAt, updated_at = :now WHERE shop_id = :shop AND code = :code AND state = 'used' RETURNING ${MOVED}`);
export const MARK_RETURNED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'returned', updated_at = :now WHERE shop_id = :shop AND code = :code AND state = 'used' RETURNING ${MOVED}`);
export const MARK_REVOKED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'revoked', updated_at = :now WHERE shop_id = :shop AND id = :id AND state = 'issued' RETURNING ${MOVED}`);
export const BY_GRANT = statement<{ id: string }>(`SELECT id FROM ${P}_redemption WHERE shop_id = :shop AND grant_id = :grant`);
export const EXPIRED = statement<{ id: string }>(`SELECT id FROM ${P}_redemption WHERE shop_id = :shop AND state = 'issued' AND expires_at <= :now ORDER BY expires_at LIMIT 500`);
export const MARK_EXPIRED = statement<Moved>(`UPDATE ${P}_redemption SET state = 'expired', updated_at = :now WHERE shop_id = :shop AND id = :id AND state = 'issued' AND expires_at <= :now RETURNING ${MOVED}`);
export const REASSIGN = statement(`UPDATE ${P}_redemption SET person_id = :into, use_no = NULL, updated_at = :now WHERE shop_id = :shop AND person_id = :person`);

export const TOTALS = statement<{ reward_id: string; issued: number; used: number; expired: number; cost: number }>(`SELECT reward_id, CAST(COUNT(*) AS BIGINT) AS issued, CAST(SUM(CASE WHEN state = 'used' THEN 1 ELSE 0 END) AS BIGINT) AS used,
  CAST(SUM(CASE WHEN state = 'expired' THEN 1 ELSE 0 END) AS BIGINT) AS expired, CAST(SUM(cost) AS BIGINT) AS cost FROM ${P}_redemption WHERE shop_id = :shop GROUP BY reward_id`);
export const SINCE = statement<{ issued: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS issued FROM ${P}_redemption WHERE shop_id = :shop AND issued_at >= :from`);

export const exchangeStatements = [TAKE_STOCK, PUT_STOCK_BACK, REWARD_STATE, COUNT_USE, USES_OF, RECORD, MARK_USED, MARK_ISSUED, MARK_RETURNED, MARK_REVOKED, BY_GRANT, EXPIRED, MARK_EXPIRED, REASSIGN, TOTALS, SINCE];
