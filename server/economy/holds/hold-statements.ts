import { statement } from '../../plugin-api/index.js';

export interface HoldRow {
  readonly id: string; readonly person_id: string; readonly amount: number; readonly source: string; readonly cause_ref: string; readonly state: 'held' | 'captured' | 'released' | 'expired';
  readonly at: number; readonly until: number; readonly latest: number; readonly transaction_id: string; readonly settled_id: string | null;
}
const HOLD = 'id, person_id, amount, source, cause_ref, state, at, until, latest, transaction_id, settled_id';
export const HOLD_BY_ID = statement<HoldRow>(`SELECT ${HOLD} FROM points_hold WHERE shop_id = :shop AND id = :id`);
export const HOLD_BY_KEY = statement<HoldRow>(`SELECT ${HOLD} FROM points_hold WHERE shop_id = :shop AND hold_key = :key`);
export const OPEN_HOLDS = statement<HoldRow>(`SELECT ${HOLD} FROM points_hold WHERE shop_id = :shop AND person_id = :person AND state = 'held' ORDER BY at, id`);
export const DUE_HOLDS = statement<{ id: string; person_id: string }>("SELECT id, person_id FROM points_hold WHERE shop_id = :shop AND state = 'held' AND until <= :now ORDER BY until LIMIT 500");
export const INSERT_HOLD = statement(`
  INSERT INTO points_hold (shop_id, id, person_id, amount, source, cause_ref, hold_key, state, at, until, latest, transaction_id)
  VALUES (:shop, :id, :person, :amount, :source, :causeRef, :key, 'held', :now, :until, :latest, :transactionId)`);
export const EXTEND_HOLD = statement('UPDATE points_hold SET until = :until WHERE shop_id = :shop AND id = :id');
export const SETTLE_HOLD = statement('UPDATE points_hold SET state = :state, settled_id = :settledId, settled_at = :now WHERE shop_id = :shop AND id = :id');
