import { statement } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';

/** A code that is known already changes nothing. */
export const ADD_CODE = statement(`INSERT INTO ${P}_pool_code (shop_id, id, reward_id, sealed, mark, created_at, updated_at) VALUES (:shop, :id, :reward, :sealed, :mark, :now, :now) ON CONFLICT (shop_id, reward_id, mark) DO NOTHING`);
export const RAISE_STOCK = statement(`UPDATE ${P}_reward SET stock = COALESCE(stock, 0) + :amount, remaining = COALESCE(remaining, 0) + :amount, updated_at = :now WHERE shop_id = :shop AND id = :reward AND kind = 'code' AND state <> 'ended'`);
/** A code that nobody has, found by the order that keeps those together. Each is given once: the redemption that has it is unique. */
export const TAKE_CODE = statement<{ id: string; sealed: string }>(`UPDATE ${P}_pool_code SET redemption_id = :redemption, given_at = :now, updated_at = :now
  WHERE shop_id = :shop AND id = (SELECT id FROM ${P}_pool_code WHERE shop_id = :shop AND reward_id = :reward AND given_at IS NULL ORDER BY given_at LIMIT 1) RETURNING id, sealed`);
export const CODE_OF = statement<{ id: string; sealed: string }>(`SELECT id, sealed FROM ${P}_pool_code WHERE shop_id = :shop AND redemption_id = :redemption`);
export const CODES_OF_PERSON = statement<{ redemption_id: string; id: string; sealed: string }>(`SELECT c.redemption_id, c.id, c.sealed FROM ${P}_redemption r JOIN ${P}_pool_code c ON c.shop_id = r.shop_id AND c.redemption_id = r.id
  WHERE r.shop_id = :shop AND r.person_id = :person AND r.kind = 'code' ORDER BY r.issued_at DESC LIMIT 50`);
/** Codes left and given lately, for each pool. */
export const POOLS = statement<{ reward_id: string; left_over: number; given: number; lately: number }>(`SELECT reward_id, CAST(SUM(CASE WHEN given_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS left_over, CAST(COUNT(given_at) AS BIGINT) AS given,
  CAST(SUM(CASE WHEN given_at >= :from THEN 1 ELSE 0 END) AS BIGINT) AS lately FROM ${P}_pool_code WHERE shop_id = :shop GROUP BY reward_id`);

export const poolStatements = [ADD_CODE, RAISE_STOCK, TAKE_CODE, CODE_OF, CODES_OF_PERSON, POOLS];
