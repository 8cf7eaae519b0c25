import { statement } from '../../plugin-api/index.js';

export interface LotOrigin {
  readonly id: string; readonly quantity: number; readonly remaining: number; readonly state: 'pending' | 'active'; readonly activates_at: number; readonly expires_at: number; readonly reopened_at: number | null; readonly source: string;
  readonly kind: string; readonly cause_ref: string | null; readonly at: number; readonly note: string | null; readonly order_id: string | null; readonly order_number: string | null; readonly line_title: string | null; readonly line_paid: number | null;
  readonly line_points: number | null; readonly rule: string | null; readonly currency: string | null;
}
/** What is left, with where it came from: the entry that made the lot, or the one from before two people became one. */
export const LOTS_LEFT = statement<LotOrigin>(`
  SELECT l.id, l.quantity, l.remaining, l.state, l.activates_at, l.expires_at, l.reopened_at, l.source, t.kind, t.cause_ref, t.at, t.note,
    r.id AS order_id, r.number AS order_number, o.title AS line_title, o.paid AS line_paid, e.points AS line_points, e.rule, r.currency
  FROM lot l LEFT JOIN lot f ON f.shop_id = l.shop_id AND f.id = l.origin_id
  JOIN ledger_transaction t ON t.shop_id = l.shop_id AND t.id = COALESCE(f.transaction_id, l.transaction_id)
  LEFT JOIN order_line o ON o.shop_id = l.shop_id AND o.id = l.order_line_id LEFT JOIN shop_order r ON r.shop_id = o.shop_id AND r.id = o.order_id
  LEFT JOIN line_earning e ON e.shop_id = o.shop_id AND e.order_line_id = o.id
  WHERE l.shop_id = :shop AND l.person_id = :person AND l.remaining > 0 AND l.state IN ('pending', 'active') ORDER BY l.expires_at, l.activates_at, l.id LIMIT 200`);
export interface LotUse { readonly lot_id: string; readonly amount: number; readonly kind: string; readonly source: string; readonly cause_ref: string | null; readonly at: number; readonly note: string | null; readonly detail: string | null }
/** What was taken from lots that still hold something, and put back. CROSS JOIN makes SQLite begin with the person's entries: it would read every allocation of the shop. */
export const LOT_USES = statement<LotUse>(`
  SELECT a.lot_id, a.amount, t.kind, t.source, t.cause_ref, t.at, t.note, t.detail FROM ledger_transaction t CROSS JOIN allocation a CROSS JOIN lot l
  WHERE t.shop_id = :shop AND t.person_id = :person AND a.shop_id = t.shop_id AND a.transaction_id = t.id AND l.shop_id = a.shop_id AND l.id = a.lot_id AND l.remaining > 0 AND l.state IN ('pending', 'active') ORDER BY t.at, t.id LIMIT 1000`);
export interface DebtEntry { readonly id: string; readonly kind: string; readonly source: string; readonly cause_ref: string | null; readonly at: number; readonly debt: number; readonly detail: string | null }
export const DEBT_ENTRIES = statement<DebtEntry>(`
  SELECT id, kind, source, cause_ref, at, debt, detail FROM ledger_transaction WHERE shop_id = :shop AND person_id = :person AND debt <> 0 ORDER BY at DESC, id DESC LIMIT 20`);
/** The balance told again from every entry there ever was. */
export const REPLAY = statement<{ available: number; pending: number; held: number; debt: number; entries: number }>(`
  SELECT CAST(COALESCE(SUM(available), 0) AS BIGINT) AS available, CAST(COALESCE(SUM(pending), 0) AS BIGINT) AS pending, CAST(COALESCE(SUM(held), 0) AS BIGINT) AS held,
    CAST(COALESCE(SUM(debt), 0) AS BIGINT) AS debt, CAST(COUNT(*) AS BIGINT) AS entries FROM ledger_transaction WHERE shop_id = :shop AND person_id = :person`);
