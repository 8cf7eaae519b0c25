import { statement } from '../plugin-api/index.js';

/** Signed from the programme's view: what was issued is positive, what left people's accounts too, under its own name. */
export const MOVEMENTS = statement<{ date: string; source: string; issued: number; spent: number; returned: number; expired: number; reversed: number; adjusted: number }>(`
  SELECT business_date AS date, source,
    CAST(SUM(CASE WHEN kind IN ('earn', 'grant') THEN available + pending ELSE 0 END) AS BIGINT) AS issued,
    CAST(SUM(CASE WHEN kind = 'spend' THEN -available ELSE 0 END) AS BIGINT) AS spent,
    CAST(SUM(CASE WHEN kind = 'spend-refund' THEN available ELSE 0 END) AS BIGINT) AS returned,
    CAST(SUM(CASE WHEN kind = 'expire' THEN -available ELSE 0 END) AS BIGINT) AS expired,
    CAST(SUM(CASE WHEN kind = 'reversal' THEN debt - available - pending ELSE 0 END) AS BIGINT) AS reversed,
    CAST(SUM(CASE WHEN kind = 'adjust' THEN available ELSE 0 END) AS BIGINT) AS adjusted
  FROM ledger_transaction WHERE shop_id = :shop AND business_date BETWEEN :from AND :to AND kind NOT IN ('mature', 'debt', 'hold', 'release', 'merge', 'split') GROUP BY business_date, source ORDER BY business_date, source`);
export const OUTSTANDING = statement<{ available: number; pending: number; held: number; debt: number; holders: number }>(`
  SELECT CAST(COALESCE(SUM(available), 0) AS BIGINT) AS available, CAST(COALESCE(SUM(pending), 0) AS BIGINT) AS pending, CAST(COALESCE(SUM(held), 0) AS BIGINT) AS held,
    CAST(COALESCE(SUM(debt), 0) AS BIGINT) AS debt, CAST(COALESCE(SUM(CASE WHEN available + pending > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS holders FROM person_account WHERE shop_id = :shop`);
/** What is due but not yet booked. */
export const OVERDUE = statement<{ amount: number }>(`
  SELECT CAST(COALESCE(SUM(remaining), 0) AS BIGINT) AS amount FROM lot WHERE shop_id = :shop AND state = 'active' AND remaining > 0 AND expires_at <= :now`);
export const EXPIRY_CALENDAR = statement<{ expires_at: number; amount: number; people: number }>(`
  SELECT expires_at, CAST(SUM(remaining) AS BIGINT) AS amount, CAST(COUNT(DISTINCT person_id) AS BIGINT) AS people FROM lot
  WHERE shop_id = :shop AND state = 'active' AND remaining > 0 AND expires_at > :now AND expires_at <= :until GROUP BY expires_at ORDER BY expires_at`);
export const TOP_BALANCES = statement<{ person_id: string; name: string | null; email: string | null; available: number; pending: number; earned: number }>(`
  SELECT a.person_id, p.name, p.email, a.available, a.pending, CAST(COALESCE((SELECT SUM(t.available + t.pending) FROM ledger_transaction t
    WHERE t.shop_id = a.shop_id AND t.person_id = a.person_id AND t.kind IN ('earn', 'grant')), 0) AS BIGINT) AS earned
  FROM person_account a JOIN person p ON p.shop_id = a.shop_id AND p.id = a.person_id WHERE a.shop_id = :shop AND a.available + a.pending > 0 ORDER BY a.available + a.pending DESC, a.person_id LIMIT :limit`);
