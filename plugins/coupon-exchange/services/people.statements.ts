import { personPath, statement } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';
/** Rewards are few and people many: a person's rows are looked up for each reward, for the key begins with it. */
const QUOTAS = `shop_id = :shop AND person_id = :person AND reward_id IN (SELECT w.id FROM ${P}_reward w WHERE w.shop_id = :shop)`;

export const REASSIGN = statement(`UPDATE ${P}_redemption SET ${personPath.leaves},
  origin_no = COALESCE(origin_no, use_no), use_no = NULL, updated_at = :now WHERE shop_id = :shop AND person_id = :person`);
/** Two accounts of one human have one share of each limit. */
export const ADD_QUOTA = statement(`INSERT INTO ${P}_quota AS quota (shop_id, reward_id, person_id, used, last_no, week, week_used)
  SELECT shop_id, reward_id, CAST(:into AS TEXT), used, last_no, week, week_used FROM ${P}_quota WHERE ${QUOTAS} AND away = 0
  ON CONFLICT (shop_id, reward_id, person_id) DO UPDATE SET used = quota.used + excluded.used, last_no = quota.last_no + excluded.last_no, week = CASE WHEN excluded.week > quota.week THEN excluded.week ELSE quota.week END,
    week_used = CASE WHEN excluded.week > quota.week THEN excluded.week_used WHEN excluded.week < quota.week THEN quota.week_used ELSE quota.week_used + excluded.week_used END`);
export const SET_AWAY = statement(`UPDATE ${P}_quota SET away = :away WHERE ${QUOTAS}`);

export interface AwayRow { readonly reward_id: string; readonly used: number; readonly week: number; readonly week_used: number; readonly cancelled: number }
/** What was added to the other's share; what of it was taken back since came off that share already. */
export const AWAY = statement<AwayRow>(`SELECT reward_id, used, week, week_used, (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_redemption r
    WHERE r.shop_id = :shop AND r.reward_id = ${P}_quota.reward_id AND r.state = 'cancelled' AND r.origin_no IS NOT NULL AND ${personPath.theirs('r')}) AS cancelled
  FROM ${P}_quota WHERE ${QUOTAS} AND away = 1`);
export const LESS_QUOTA = statement(`UPDATE ${P}_quota SET used = CASE WHEN used > :used THEN used - :used ELSE 0 END, week_used = CASE WHEN week <> :week THEN week_used WHEN week_used > :weekUsed THEN week_used - :weekUsed ELSE 0 END
  WHERE shop_id = :shop AND reward_id = :reward AND person_id = :into`);
export const SET_USED = statement(`UPDATE ${P}_quota SET used = :used WHERE shop_id = :shop AND reward_id = :reward AND person_id = :person`);
/** Under its own number again once it is back with who redeemed it; what was taken back has none. */
export const HAND_BACK = statement(`UPDATE ${P}_redemption SET ${personPath.returns},
  use_no = CASE WHEN origin = :person AND state <> 'cancelled' THEN origin_no END, origin_no = CASE WHEN origin = :person THEN NULL ELSE origin_no END, updated_at = :now
  WHERE shop_id = :shop AND ${personPath.theirs()}`);

export const peopleStatements = [REASSIGN, ADD_QUOTA, SET_AWAY, AWAY, LESS_QUOTA, SET_USED, HAND_BACK];
