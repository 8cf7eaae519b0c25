import { statement } from '../../plugin-api/index.js';
import { NEVER } from '../ledger-rules.js';
import type { ProgrammeRow } from './programme.js';

export const PROGRAMME = 'version, name_en, name_zh, worth, live_days, return_days, undelivered_days, debt_policy, guest_limit, guest_days, adjustment_limit, at, actor';
export const VERSIONS = statement<ProgrammeRow>(`SELECT ${PROGRAMME} FROM points_programme WHERE shop_id = :shop ORDER BY version DESC LIMIT 50`);
export const INSERT_VERSION = statement(`
  INSERT INTO points_programme (shop_id, ${PROGRAMME})
  VALUES (:shop, :version, :nameEn, :nameZh, :worth, :liveDays, :returnDays, :undeliveredDays, :debtPolicy, :guestLimit, :guestDays, :adjustmentLimit, :at, :actor) ON CONFLICT DO NOTHING`);
/** Members' spendable points begin a full period when expiry is switched on. */
export const BEGIN_EXPIRY = statement(`UPDATE lot SET expires_at = :expiresAt WHERE shop_id = :shop AND expires_at = ${NEVER} AND activates_at <= :now AND state IN ('active', 'pending')`);
export const LAST_PENDING = statement<{ at: number | null }>(`SELECT MAX(activates_at) AS at FROM lot WHERE shop_id = :shop AND expires_at = ${NEVER} AND activates_at > :now AND state IN ('active', 'pending')`);
/** Of what becomes spendable from `:from` to before `:until`. */
export const BEGIN_EXPIRY_OF_PENDING = statement(`
  UPDATE lot SET expires_at = :expiresAt WHERE shop_id = :shop AND expires_at = ${NEVER} AND activates_at >= :from AND activates_at < :until AND activates_at > :now AND state IN ('active', 'pending')`);
export const GUARD_EXPIRY = statement('UPDATE person_account SET next_expiry_at = :expiresAt WHERE shop_id = :shop AND next_expiry_at > :expiresAt');
/** What has not expired yet stays for good when expiry is switched off; guests' points keep their days. */
export const END_EXPIRY = statement(`
  UPDATE lot SET expires_at = ${NEVER} WHERE shop_id = :shop AND expires_at > :now AND state IN ('active', 'pending')
    AND person_id IN (SELECT p.id FROM person p WHERE p.shop_id = :shop AND p.kind = 'member')`);
export const DEBTORS_WITH_POINTS = statement<{ person_id: string }>('SELECT person_id FROM person_account WHERE shop_id = :shop AND debt > 0 AND available > 0');
