import { statement } from '../../plugin-api/index.js';

export interface AdjustmentRow {
  readonly id: string; readonly person_id: string; readonly name: string | null; readonly amount: number; readonly reason: string; readonly state: 'pending' | 'approved' | 'rejected';
  readonly requested_by: string; readonly requested_by_id: string; readonly requested_at: number; readonly decided_by: string | null; readonly decided_at: number | null;
}
const FROM = `SELECT a.id, a.person_id, p.name, a.amount, a.reason, a.state, a.requested_by, a.requested_by_id, a.requested_at, a.decided_by, a.decided_at
  FROM points_adjustment a JOIN person p ON p.shop_id = a.shop_id AND p.id = a.person_id WHERE a.shop_id = :shop`;
export const ADJUSTMENT = statement<AdjustmentRow>(`${FROM} AND a.id = :id`);
export const ADJUSTMENTS = statement<AdjustmentRow>(`${FROM} AND (CAST(:state AS TEXT) IS NULL OR a.state = :state) AND (CAST(:person AS TEXT) IS NULL OR a.person_id = :person) ORDER BY a.requested_at DESC, a.id DESC LIMIT 100`);
export const INSERT_ADJUSTMENT = statement(`
  INSERT INTO points_adjustment (shop_id, id, person_id, amount, reason, state, requested_by, requested_by_id, requested_at) VALUES (:shop, :id, :person, :amount, :reason, 'pending', :by, :byId, :now)`);
/** Only the first who decides gets the row. */
export const DECIDE = statement<{ id: string }>("UPDATE points_adjustment SET state = :state, decided_by = :by, decided_at = :now WHERE shop_id = :shop AND id = :id AND state = 'pending' RETURNING id");
export const LINK_TRANSACTION = statement('UPDATE points_adjustment SET transaction_id = :transactionId WHERE shop_id = :shop AND id = :id');
/** What one member of staff gave and took a person since a moment without anybody's agreement. */
export const ALONE_SINCE = statement<{ total: number }>(`
  SELECT CAST(COALESCE(SUM(ABS(t.available)), 0) AS BIGINT) AS total FROM ledger_transaction t
  WHERE t.shop_id = :shop AND t.person_id = :person AND t.at >= :since AND t.kind = 'adjust' AND t.actor = :actor
    AND NOT EXISTS (SELECT 1 FROM points_adjustment a WHERE a.shop_id = t.shop_id AND a.transaction_id = t.id)`);
