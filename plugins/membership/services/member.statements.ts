import { statement } from 'guanxi/plugin';

const P = 'plg_membership';

export interface PlanRow { readonly version: number; readonly content: string; readonly starts_on: string; readonly saved_by: string; readonly created_at: number }
export const LATEST_PLAN = statement<PlanRow>(`SELECT version, content, starts_on, saved_by, created_at FROM ${P}_plan WHERE shop_id = :shop ORDER BY version DESC LIMIT 1`);
export const PLAN_OF = statement<PlanRow>(`SELECT version, content, starts_on, saved_by, created_at FROM ${P}_plan WHERE shop_id = :shop AND version = :version`);
/** The plans from a version on, in their order. */
export const PLANS_FROM = statement<PlanRow>(`SELECT version, content, starts_on, saved_by, created_at FROM ${P}_plan WHERE shop_id = :shop AND version >= :version ORDER BY version`);
export const ADD_PLAN = statement(`INSERT INTO ${P}_plan (shop_id, id, version, content, starts_on, saved_by, created_at, updated_at) VALUES (:shop, :id, :version, :content, :startsOn, :savedBy, :now, :now) ON CONFLICT DO NOTHING`);

export interface MemberRow {
  readonly id: string; readonly person_id: string; readonly tier: string; readonly rank: number; readonly state: string; readonly since: string | null; readonly term_end: string | null; readonly grace_end: string | null;
  readonly spent: number; readonly orders: number; readonly growth: number; readonly review_on: string; readonly plan_version: number; readonly base: string | null;
}
const MEMBER = 'id, person_id, tier, rank, state, since, term_end, grace_end, spent, orders, growth, review_on, plan_version, base';
/** Makes the row where there is none, and holds it until the unit ends: whoever evaluates a person waits for who does so already. */
export const HOLD_MEMBER = statement<MemberRow>(`INSERT INTO ${P}_member (shop_id, id, person_id, tier, rank, state, spent, orders, growth, review_on, plan_version, created_at, updated_at)
  VALUES (:shop, :id, :person, :tier, 0, 'normal', 0, 0, 0, :today, :version, :now, :now) ON CONFLICT (shop_id, person_id) DO UPDATE SET updated_at = :now RETURNING ${MEMBER}`);
export const MEMBER_OF = statement<MemberRow>(`SELECT ${MEMBER} FROM ${P}_member WHERE shop_id = :shop AND person_id = :person`);
export const STORE_MEMBER = statement(`UPDATE ${P}_member SET tier = :tier, rank = :rank, state = :state, since = :since, term_end = :termEnd, grace_end = :graceEnd, spent = :spent, orders = :orders, growth = :growth,
  review_on = :reviewOn, plan_version = :version, base = :base, updated_at = :now WHERE shop_id = :shop AND person_id = :person`);
/** Marks somebody as due for a look. */
export const TOUCH_MEMBER = statement(`INSERT INTO ${P}_member (shop_id, id, person_id, tier, rank, state, spent, orders, growth, review_on, plan_version, created_at, updated_at)
  VALUES (:shop, :id, :person, :tier, 0, 'normal', 0, 0, 0, :today, :version, :now, :now) ON CONFLICT (shop_id, person_id) DO UPDATE SET review_on = CASE WHEN ${P}_member.review_on > :today THEN :today ELSE ${P}_member.review_on END`);
export const ADD_MEMBER = statement(`INSERT INTO ${P}_member (shop_id, id, person_id, tier, rank, state, spent, orders, growth, review_on, plan_version, created_at, updated_at)
  VALUES (:shop, :id, :person, :tier, 0, 'normal', 0, 0, 0, :today, :version, :now, :now) ON CONFLICT (shop_id, person_id) DO NOTHING`);
export const DROP_MEMBER = statement(`DELETE FROM ${P}_member WHERE shop_id = :shop AND person_id = :person`);
export const DUE_MEMBERS = statement<{ person_id: string }>(`SELECT person_id FROM ${P}_member WHERE shop_id = :shop AND person_id > :after AND (review_on <= :today OR plan_version < :version) ORDER BY person_id LIMIT :limit`);

export interface PurchaseRow { readonly paid_on: string; readonly goods: number; readonly net: number; readonly refunded_on: string | null; readonly returns: string | null; readonly saved: number }
export const PUT_PURCHASE = statement(`INSERT INTO ${P}_purchase (shop_id, order_id, person_id, paid_on, goods, net, refunded_on, returns, saved) VALUES (:shop, :order, :person, :paidOn, :goods, :net, :refundedOn, :returns, :saved)
  ON CONFLICT (shop_id, order_id) DO UPDATE SET person_id = :person, paid_on = :paidOn, goods = :goods, net = :net, refunded_on = :refundedOn, returns = :returns, saved = :saved`);
export const ORDERS_OF = statement<{ order_id: string }>(`SELECT order_id FROM ${P}_purchase WHERE shop_id = :shop AND person_id = :person ORDER BY order_id || ''`);
export const PURCHASES_OF = statement<PurchaseRow>(`SELECT paid_on, goods, net, refunded_on, returns, saved FROM ${P}_purchase WHERE shop_id = :shop AND person_id = :person`);
export const ADD_GROWTH = statement(`INSERT INTO ${P}_growth (shop_id, id, person_id, day, amount, source, cause_ref, created_at, updated_at) VALUES (:shop, :id, :person, :day, :amount, :source, :cause, :now, :now) ON CONFLICT DO NOTHING`);
export const GROWTH_OF = statement<{ day: string; amount: number }>(`SELECT day, amount FROM ${P}_growth WHERE shop_id = :shop AND person_id = :person`);

export interface MoveRow { readonly id: string; readonly day: string; readonly from_tier: string; readonly to_tier: string; readonly cause: string; readonly steps: number }
export const MOVES_OF = statement<MoveRow>(`SELECT id, day, from_tier, to_tier, cause, steps FROM ${P}_move WHERE shop_id = :shop AND person_id = :person ORDER BY day, id`);
export const ADD_MOVE = statement(`INSERT INTO ${P}_move (shop_id, id, person_id, day, from_tier, to_tier, steps, cause, created_at, updated_at) VALUES (:shop, :id, :person, :day, :from, :to, :steps, :cause, :now, :now) ON CONFLICT DO NOTHING`);
export const DROP_MOVE = statement(`DELETE FROM ${P}_move WHERE shop_id = :shop AND id = :id`);

export const PROGRESS = statement<{ value: string }>(`SELECT value FROM ${P}_progress WHERE shop_id = :shop AND name = :name`);
export const NOTE_PROGRESS = statement(`INSERT INTO ${P}_progress (shop_id, name, value) VALUES (:shop, :name, :value) ON CONFLICT (shop_id, name) DO UPDATE SET value = :value`);
export const BEGIN_PROGRESS = statement(`INSERT INTO ${P}_progress (shop_id, name, value) VALUES (:shop, :name, :value) ON CONFLICT DO NOTHING`);

export interface StandingRow { readonly tier: string; readonly content: string; readonly was: string | null }
/** What one member's tier gives, in one read: the rules of the newest plan beside the tier, and for who has not been looked at since it was saved those of the old one. */
export const STANDING_OF = statement<StandingRow>(`SELECT m.tier, p.content, CASE WHEN m.plan_version = p.version THEN NULL ELSE o.content END AS was
  FROM ${P}_member m JOIN ${P}_plan p ON p.shop_id = m.shop_id LEFT JOIN ${P}_plan o ON o.shop_id = m.shop_id AND o.version = m.plan_version
  WHERE m.shop_id = :shop AND m.person_id = :person ORDER BY p.version DESC LIMIT 1`);

export const memberStatements = [
  LATEST_PLAN, PLAN_OF, PLANS_FROM, ADD_PLAN, HOLD_MEMBER, MEMBER_OF, STORE_MEMBER, TOUCH_MEMBER, ADD_MEMBER, DROP_MEMBER, DUE_MEMBERS, PUT_PURCHASE, ORDERS_OF, PURCHASES_OF, ADD_GROWTH, GROWTH_OF, MOVES_OF, ADD_MOVE, DROP_MOVE,
  PROGRESS, NOTE_PROGRESS, BEGIN_PROGRESS, STANDING_OF,
];
