import { statement } from '../../plugin-api/index.js';
import type { EarnCampaignRow } from './earn-campaign.js';
import type { EarnRuleRow } from './earn-rule.js';

export interface EarningOrder {
  readonly id: string; readonly person_id: string; readonly currency: string; readonly paid_at: number; readonly delivered_at: number | null; readonly cancelled_at: number | null; readonly fully_refunded: number;
  readonly shipping: number; readonly tax: number;
}
/** Only paid, real, present orders of a known person earn. */
export const EARNING_ORDER = statement<EarningOrder>(`
  SELECT id, person_id, currency, paid_at, delivered_at, cancelled_at, fully_refunded, shipping, tax FROM shop_order
  WHERE shop_id = :shop AND id = :id AND history = 0 AND test = 0 AND paid_at IS NOT NULL AND person_id IS NOT NULL`);
export interface EarningLine {
  readonly id: string; readonly paid: number; readonly refunded_amount: number; readonly points: number | null; readonly reversed: number | null; readonly rule: string | null; readonly person_id: string | null; readonly delivered_at: number | null;
  readonly title: string; readonly quantity: number; readonly refunded_quantity: number; readonly sku: string; readonly unit_price: number; readonly gift_card: number; readonly category: string | null;
}
export const EARNING_LINES = statement<EarningLine>(`
  SELECT l.id, l.paid, l.refunded_amount, e.points, e.reversed, e.rule, e.person_id, l.delivered_at, l.title, l.quantity, l.refunded_quantity, l.sku, l.unit_price, l.gift_card, p.category FROM order_line l
  LEFT JOIN line_earning e ON e.shop_id = l.shop_id AND e.order_line_id = l.id LEFT JOIN variant v ON v.shop_id = l.shop_id AND v.sku = l.sku LEFT JOIN product p ON p.shop_id = v.shop_id AND p.id = v.product_id
  WHERE l.shop_id = :shop AND l.order_id = :order ORDER BY l.line_no, l.id`);
export const STORE_EARNING = statement(`
  INSERT INTO line_earning (shop_id, order_line_id, order_id, person_id, points, reversed, rule, rule_version, at) VALUES (:shop, :line, :order, :person, :points, :reversed, :rule, :version, :now)
  ON CONFLICT (shop_id, order_line_id) DO UPDATE SET points = excluded.points, reversed = excluded.reversed, rule = excluded.rule`);
/** A pending lot always holds something; leaving that unsaid keeps SQLite from walking all pending lots of the shop. */
export const PENDING_ACTIVATION = statement<{ order_line_id: string; activates_at: number }>(`
  SELECT DISTINCT order_line_id, activates_at FROM lot WHERE shop_id = :shop AND state = 'pending' AND order_line_id IN (SELECT id FROM order_line WHERE shop_id = :shop AND order_id = :order)`);
export const MOVE_ACTIVATION = statement(`
  UPDATE lot SET activates_at = :activatesAt, expires_at = :expiresAt
  WHERE shop_id = :shop AND state = 'pending' AND order_line_id = :line`);

const RULE = 'version, rate_points, rate_amount, rounding, after_discounts, with_shipping, with_tax, with_gift_cards, max_multiplier, minimum_order, excluded, starts_at, ends_at, at, actor';
export const EARN_RULES = statement<EarnRuleRow>(`SELECT ${RULE} FROM earn_rule WHERE shop_id = :shop ORDER BY version DESC LIMIT 200`);
export const EARN_RULE_AT = statement<EarnRuleRow>(`SELECT ${RULE} FROM earn_rule WHERE shop_id = :shop AND starts_at <= :at AND (ends_at IS NULL OR ends_at > :at) ORDER BY version DESC LIMIT 1`);
export const INSERT_EARN_RULE = statement(`
  INSERT INTO earn_rule (shop_id, ${RULE}) VALUES (:shop, :version, :ratePoints, :rateAmount, :rounding, :afterDiscounts, :withShipping, :withTax, :withGiftCards, :maxMultiplier, :minimumOrder, :excluded, :startsAt, :endsAt, :at, :actor)
  ON CONFLICT DO NOTHING`);
export const EARN_RULE_USES = statement<{ version: number; orders: number }>('SELECT rule_version AS version, CAST(COUNT(DISTINCT order_id) AS BIGINT) AS orders FROM line_earning WHERE shop_id = :shop GROUP BY rule_version');

const CAMPAIGN = 'id, title_en, title_zh, basis_points, starts_at, ends_at, goods, at, actor';
export const EARN_CAMPAIGNS = statement<EarnCampaignRow>(`SELECT ${CAMPAIGN} FROM earn_campaign WHERE shop_id = :shop ORDER BY ends_at DESC, id DESC LIMIT 200`);
export const EARN_CAMPAIGNS_AT = statement<EarnCampaignRow>(`SELECT ${CAMPAIGN} FROM earn_campaign WHERE shop_id = :shop AND starts_at <= :at AND ends_at > :at ORDER BY id`);
export const EARN_CAMPAIGN = statement<EarnCampaignRow>(`SELECT ${CAMPAIGN} FROM earn_campaign WHERE shop_id = :shop AND id = :id`);
export const STORE_EARN_CAMPAIGN = statement(`
  INSERT INTO earn_campaign (shop_id, ${CAMPAIGN}) VALUES (:shop, :id, :titleEn, :titleZh, :basisPoints, :startsAt, :endsAt, :goods, :at, :actor)
  ON CONFLICT (shop_id, id) DO UPDATE SET title_en = excluded.title_en, title_zh = excluded.title_zh, basis_points = excluded.basis_points, starts_at = excluded.starts_at, ends_at = excluded.ends_at, goods = excluded.goods,
    at = excluded.at, actor = excluded.actor`);
export const DELETE_EARN_CAMPAIGN = statement('DELETE FROM earn_campaign WHERE shop_id = :shop AND id = :id');
