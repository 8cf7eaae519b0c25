import { statement } from '../../plugin-api/index.js';

/** What each programme account gained or lost per business date and source. Seen from people: gains are positive. */
export const BY_ACCOUNT = statement<{ date: string; account: string; source: string; amount: number }>(`
  SELECT t.business_date AS date, p.account, t.source, CAST(SUM(-p.amount) AS BIGINT) AS amount FROM ledger_transaction t JOIN posting p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
  WHERE t.shop_id = :shop AND t.business_date >= :from AND p.account NOT IN ('available', 'pending', 'held', 'debt') GROUP BY t.business_date, p.account, t.source ORDER BY t.business_date, p.account, t.source`);
/** What people hold less what they owe. */
export const NET = statement<{ net: number }>('SELECT CAST(COALESCE(SUM(available + pending + held - debt), 0) AS BIGINT) AS net FROM person_account WHERE shop_id = :shop');
// CROSS JOIN where the order of the tables matters: SQLite keeps to it, and would otherwise read all lots for every entry.

/** Lots by source and by the month of the entry that made them. A lot that came with a merge is a copy: its months are those of the merge. */
export const COHORTS = statement<{ month: string; source: string; issued: number; remaining: number }>(`
  SELECT SUBSTR(t.business_date, 1, 7) AS month, l.source, CAST(SUM(l.quantity) AS BIGINT) AS issued, CAST(SUM(CASE WHEN l.state IN ('active', 'pending') AND l.expires_at > :now THEN l.remaining ELSE 0 END) AS BIGINT) AS remaining
  FROM lot l CROSS JOIN ledger_transaction t WHERE l.shop_id = :shop AND t.shop_id = l.shop_id AND t.id = l.transaction_id AND t.business_date >= :from GROUP BY SUBSTR(t.business_date, 1, 7), l.source ORDER BY month, l.source`);
/** What was taken from lots and put back, by the month of the lot, the month of the taking and what for. */
export const TAKEN = statement<{ month: string; taken: string; source: string; kind: string; used: string; amount: number }>(`
  SELECT SUBSTR(m.business_date, 1, 7) AS month, SUBSTR(t.business_date, 1, 7) AS taken, l.source, t.kind, t.source AS used, CAST(SUM(a.amount) AS BIGINT) AS amount
  FROM allocation a CROSS JOIN ledger_transaction t CROSS JOIN lot l CROSS JOIN ledger_transaction m
  WHERE a.shop_id = :shop AND t.shop_id = a.shop_id AND t.id = a.transaction_id AND l.shop_id = a.shop_id AND l.id = a.lot_id AND m.shop_id = l.shop_id AND m.id = l.transaction_id AND m.business_date >= :from GROUP BY SUBSTR(m.business_date, 1, 7), SUBSTR(t.business_date, 1, 7), l.source, t.kind, t.source`);
