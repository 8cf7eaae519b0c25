import { statement } from '../plugin-api/index.js';

/**
 * Commerce and economy stand above this floor, so their tables are named here by SQL only. What a person's rows say is read and erased
 * by the host itself; no plugin can forget it.
 */
export const FAMILY = statement<{ id: string; erased_at: number | null }>(`WITH RECURSIVE family AS (
    SELECT id, erased_at FROM person WHERE shop_id = :shop AND id = :person
    UNION SELECT p.id, p.erased_at FROM family f CROSS JOIN person p WHERE p.shop_id = :shop AND p.merged_into = f.id)
  SELECT id, erased_at FROM family`);
export const PERSON_OF_IDENTITY = statement<{ person_id: string }>(`SELECT COALESCE(p.merged_into, p.id) AS person_id FROM identity i JOIN person p ON p.shop_id = i.shop_id AND p.id = i.person_id
  WHERE i.shop_id = :shop AND i.platform = :platform AND i.external_id = :external`);

/** What an export hands over, section by section; `:person` is one id of the family. */
export const SECTIONS = {
  person: statement('SELECT id, kind, name, email, phone, locale, created_at, updated_at, erased_at FROM person WHERE shop_id = :shop AND id = :person'),
  identities: statement('SELECT platform, external_id, created_at FROM identity WHERE shop_id = :shop AND person_id = :person ORDER BY created_at, id'),
  orders: statement(`SELECT id, external_id, number, currency, placed_at, paid_at, delivered_at, cancelled_at, subtotal, discount, shipping, tax, total, refunded_total
    FROM shop_order WHERE shop_id = :shop AND person_id = :person ORDER BY placed_at, id`),
  orderLines: statement(`SELECT l.order_id, l.sku, l.title, l.quantity, l.unit_price, l.paid, l.refunded_quantity, l.refunded_amount
    FROM shop_order o CROSS JOIN order_line l WHERE o.shop_id = :shop AND o.person_id = :person AND l.shop_id = o.shop_id AND l.order_id = o.id ORDER BY o.placed_at + 0, l.order_id, l.line_no`),
  discountCodes: statement('SELECT code, kind, worth, minimum, state, expires_at, used_at, created_at FROM discount_code WHERE shop_id = :shop AND person_id = :person ORDER BY created_at, id'),
  points: statement('SELECT id, at, business_date, kind, source, cause_ref, available, pending, available_after, note FROM ledger_transaction WHERE shop_id = :shop AND person_id = :person ORDER BY at, id'),
  grants: statement('SELECT id, at, kind, amount, ref, source, cause_ref, outcome, reversed_at FROM value_grant WHERE shop_id = :shop AND person_id = :person ORDER BY at, id'),
} as const;

export const ERASE_PERSON = statement('UPDATE person SET name = NULL, email = NULL, phone = NULL, locale = NULL, erased_at = :now, updated_at = :now WHERE shop_id = :shop AND id = :person AND erased_at IS NULL');
export const ERASE_IDENTITIES = statement('DELETE FROM identity WHERE shop_id = :shop AND person_id = :person');
/** An export that waits to be fetched must not outlive what it tells of. */
export const FORGET_PACKAGE = statement('UPDATE privacy_request SET package = NULL, updated_at = :now WHERE shop_id = :shop AND person_id = :person AND package IS NOT NULL');
export const FORGET_ALL_PACKAGES = statement('UPDATE privacy_request SET package = NULL, updated_at = :now WHERE shop_id = :shop AND package IS NOT NULL');
