import { statement } from 'guanxi/plugin';

const P = 'plg_membership';

export const PYRAMID = statement<{ tier: string; state: string; members: number; spent: number }>(`SELECT tier, state, CAST(COUNT(*) AS BIGINT) AS members, CAST(COALESCE(SUM(spent), 0) AS BIGINT) AS spent FROM ${P}_member WHERE shop_id = :shop GROUP BY tier, state`);
export const FLOWS = statement<{ from_tier: string; to_tier: string; members: number }>(`SELECT from_tier, to_tier, CAST(COUNT(*) AS BIGINT) AS members FROM ${P}_move WHERE shop_id = :shop AND day >= :since GROUP BY from_tier, to_tier ORDER BY from_tier, to_tier`);
export const FLOWS_BY_DAY = statement<{ day: string; up: number; down: number }>(`SELECT day, CAST(SUM(CASE WHEN steps > 0 THEN 1 ELSE 0 END) AS BIGINT) AS up, CAST(SUM(CASE WHEN steps < 0 THEN 1 ELSE 0 END) AS BIGINT) AS down FROM ${P}_move WHERE shop_id = :shop AND day >= :since GROUP BY day ORDER BY day`);
export const PROFILED = statement<{ followed: number; birthdays: number; profiles: number; gifts: number }>(`SELECT
    CAST(COALESCE(SUM(CASE WHEN followed_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS followed, CAST(COALESCE(SUM(CASE WHEN birthday IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS birthdays,
    CAST(COALESCE(SUM(CASE WHEN nickname IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS profiles, (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_birthday_gift g WHERE g.shop_id = :shop AND g.day >= :since) AS gifts
  FROM ${P}_profile WHERE shop_id = :shop AND away = 0`);
export const SIZE = statement<{ members: number; special: number; risk: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS members, CAST(COALESCE(SUM(CASE WHEN rank > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS special,
  CAST(COALESCE(SUM(CASE WHEN state IN ('at-risk', 'grace') THEN 1 ELSE 0 END), 0) AS BIGINT) AS risk FROM ${P}_member WHERE shop_id = :shop`);
export const TIER_AND_GROWTH = statement<{ tier: string; growth: number }>(`SELECT tier, growth FROM ${P}_member WHERE shop_id = :shop AND person_id = :person`);
export const MOVES_BEFORE = statement<{ id: string; day: string; from_tier: string; to_tier: string; steps: number; cause: string }>(`SELECT id, day, from_tier, to_tier, steps, cause FROM ${P}_move WHERE shop_id = :shop AND person_id = :person AND day <= :day ORDER BY day DESC, id DESC LIMIT :limit`);
export interface MoveLine { readonly id: string; readonly person_id: string; readonly day: string; readonly from_tier: string; readonly to_tier: string; readonly cause: 'entry' | 'term' | 'refund' }
/** Who moved, newest first; an empty tier stands for any. */
export const MOVES_LIST = statement<MoveLine>(`SELECT id, person_id, day, from_tier, to_tier, cause FROM ${P}_move WHERE shop_id = :shop AND day >= :since AND (:from = '' OR from_tier = :from) AND (:to = '' OR to_tier = :to)
  AND (:on = '' OR day = :on) AND steps * CAST(:sign AS INTEGER) >= 0
  AND (day < :day OR (day = :day AND id < :id)) ORDER BY day DESC, id DESC LIMIT :limit`);
/** Who told their birthday, and how many gifts they had since a day. */
export const BIRTHDAYS_TOLD = statement<{ person_id: string; told: string; gifts: number }>(`SELECT p.person_id, p.birthday_set_on AS told,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_birthday_gift g WHERE g.shop_id = p.shop_id AND g.person_id = p.person_id AND g.day >= :since) AS gifts
  FROM ${P}_profile p WHERE p.shop_id = :shop AND p.away = 0 AND p.birthday IS NOT NULL AND p.person_id > :after ORDER BY p.person_id LIMIT :limit`);
export const deskStatements = [BIRTHDAYS_TOLD, MOVES_LIST, PYRAMID, FLOWS, FLOWS_BY_DAY, PROFILED, SIZE, TIER_AND_GROWTH, MOVES_BEFORE];
