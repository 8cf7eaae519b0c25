import { statement } from '../plugin-api/index.js';
import { jsonStatement } from './json-statement.js';

export interface CodeRow {
  readonly id: string; readonly code: string; readonly kind: 'amount' | 'percent' | 'free-shipping' | 'price'; readonly worth: number; readonly sku: string | null; readonly stacking: string | null; readonly minimum: number; readonly person_id: string; readonly expires_at: number;
  readonly owner: string; readonly owner_ref: string; readonly state: 'active' | 'reserved' | 'used' | 'released' | 'revoked'; readonly order_ref: string | null; readonly reserved_until: number | null;
}
const CODE = 'id, code, kind, worth, sku, stacking, minimum, person_id, expires_at, owner, owner_ref, state, order_ref, reserved_until';

/** With who its owner is today: merges are kept flat, and undoing one gives the code back. */
const LOOKED_UP = `SELECT ${CODE.replace('person_id', '(SELECT COALESCE(p.merged_into, p.id) FROM person p WHERE p.shop_id = discount_code.shop_id AND p.id = discount_code.person_id) AS person_id')} FROM discount_code WHERE shop_id = :shop`;
export const CODE_BY_TEXT = statement<CodeRow>(`${LOOKED_UP} AND code = :code`);
export const CODES_BY_TEXT = jsonStatement<CodeRow>(`${LOOKED_UP} AND code IN @ids`);
export const INSERT_CODE = statement(`
  INSERT INTO discount_code (shop_id, id, code, kind, worth, sku, stacking, minimum, person_id, expires_at, owner, owner_ref, state, created_at, updated_at)
  VALUES (:shop, :id, :code, :kind, :worth, :sku, :stacking, :minimum, :person, :expiresAt, :owner, :ownerRef, 'active', :now, :now)`);
/** Codes that a person, or whoever became this person, can still use, those that end soonest first. */
export const CODES_OF_PERSON = statement<{ code: string }>(`SELECT code FROM discount_code WHERE shop_id = :shop AND state = 'active' AND expires_at > :now
    AND person_id IN (SELECT o.id FROM person o WHERE o.shop_id = :shop AND o.id = :person AND o.merged_into IS NULL UNION ALL SELECT p.id FROM person p WHERE p.shop_id = :shop AND p.merged_into = CAST(:person AS TEXT)) ORDER BY expires_at, code LIMIT 20`);
/** Free now: active and not expired, held by this order already, or held by a checkout that gave up. */
const FREE = `(state = 'active' AND expires_at > :now OR state = 'reserved' AND order_ref = :order AND reserved_until > :now OR state = 'reserved' AND reserved_until <= :now AND expires_at > :now)`;
/** Who holds a code already holds it anew for a while, but not once it has expired. */
export const RESERVE_CODE = statement<CodeRow>(`
  UPDATE discount_code SET state = 'reserved', order_ref = :order, reserved_until = CASE WHEN expires_at > :now OR reserved_until IS NULL THEN :until ELSE reserved_until END, updated_at = :now WHERE shop_id = :shop AND code = :code AND ${FREE} RETURNING ${CODE}`);
/** A code reserved before it expired stays good until the reservation ends. */
export const USE_CODE = statement<CodeRow>(`
  UPDATE discount_code SET state = 'used', order_ref = :order, used_at = :now, reserved_until = NULL, updated_at = :now WHERE shop_id = :shop AND code = :code AND ${FREE} RETURNING ${CODE}`);
export const FREE_RESERVED_CODE = statement(`
  UPDATE discount_code SET state = 'active', order_ref = NULL, reserved_until = NULL, updated_at = :now WHERE shop_id = :shop AND code = :code AND state = 'reserved'
    AND (CAST(:order AS TEXT) IS NULL OR order_ref = CAST(:order AS TEXT))`);
export const RELEASE_USED_CODE = statement<CodeRow>(`
  UPDATE discount_code SET state = 'released', updated_at = :now WHERE shop_id = :shop AND code = :code AND state = 'used'
    AND (CAST(:order AS TEXT) IS NULL OR order_ref = CAST(:order AS TEXT)) RETURNING ${CODE}`);
export const REVOKE_CODE = statement(`
  UPDATE discount_code SET state = 'revoked', updated_at = :now WHERE shop_id = :shop AND code = :code AND (state IN ('active', 'released') OR state = 'reserved' AND reserved_until <= :heldFrom)`);
export const HELD_CODES = jsonStatement<{ code: string; reserved_until: number }>("SELECT code, reserved_until FROM discount_code WHERE shop_id = :shop AND code IN @ids AND state = 'reserved' AND reserved_until > :now");
export const RESTORE_CODE = statement(`
  UPDATE discount_code SET state = 'active', order_ref = NULL, used_at = NULL, reserved_until = NULL, expires_at = :expiresAt, updated_at = :now
  WHERE shop_id = :shop AND code = :code AND state IN ('used', 'released')`);
