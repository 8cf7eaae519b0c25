import { statement } from 'guanxi/plugin';
import type { RewardKind } from '../entities/reward.entity.js';

const R = 'plg_coupon_exchange_redemption';
const P = 'plg_coupon_exchange_reward';
const WHICH = `r.shop_id = :shop AND r.issued_at >= :from`;

/** Given out since a moment, by kind and what became of it. */
export const FUNNEL = statement<{ kind: string; state: string; number: number; cost: number }>(`SELECT r.kind, r.state, CAST(COUNT(*) AS BIGINT) AS number, CAST(SUM(r.cost) AS BIGINT) AS cost FROM ${R} r WHERE ${WHICH} GROUP BY r.kind, r.state`);
/** What was given out and can still be used, with what it is worth in the unit of its kind. */
export const OUTSTANDING = statement<{ reward_id: string; title: string; kind: RewardKind; discount: number; minimum: number; sku: string | null; own_cost: number | null; number: number; soonest: number }>(`SELECT r.reward_id, w.title, r.kind, w.discount, w.minimum, w.sku, w.own_cost, CAST(COUNT(*) AS BIGINT) AS number, MIN(r.expires_at) AS soonest
  FROM ${R} r JOIN ${P} w ON w.shop_id = r.shop_id AND w.id = r.reward_id WHERE r.shop_id = :shop AND r.state = 'issued' AND r.expires_at > :now GROUP BY r.reward_id, w.title, r.kind, w.discount, w.minimum, w.sku, w.own_cost`);
/** Whole days from giving to using, of what the checkout takes or staff hand over. */
export const TIME_TO_USE = statement<{ days: number; number: number }>(`SELECT r.use_days AS days, CAST(COUNT(*) AS BIGINT) AS number FROM ${R} r WHERE ${WHICH} AND r.state = 'used' AND r.use_days IS NOT NULL GROUP BY r.use_days ORDER BY 1`);
/** How many of each reward went lately, for how long its stock lasts. */
export const PACE = statement<{ reward_id: string; number: number }>(`SELECT r.reward_id, CAST(COUNT(*) AS BIGINT) AS number FROM ${R} r WHERE ${WHICH} GROUP BY r.reward_id`);

/** How many of each reward's stock are gone: what was taken back is free again. */
export const TAKEN = statement<{ reward_id: string; number: number }>(`SELECT r.reward_id, CAST(COUNT(*) AS BIGINT) AS number FROM ${R} r WHERE r.shop_id = :shop AND r.state NOT IN ('cancelled', 'revoked') GROUP BY r.reward_id`);

export const reportStatements = [FUNNEL, OUTSTANDING, TIME_TO_USE, PACE, TAKEN];
