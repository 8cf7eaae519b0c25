import { statement } from '../plugin-api/index.js';
import { APPLIES } from './budgets/budget-statements.js';

export interface GrantRow {
  readonly id: string; readonly person_id: string; readonly kind: string; readonly amount: number; readonly ref: string | null; readonly available_at: number | null;
  readonly source: string; readonly cause_ref: string; readonly grant_key: string; readonly budget_ref: string | null; readonly outcome: string; readonly at: number; readonly reversed_at: number | null;
}
export const GRANT = 'id, person_id, kind, amount, ref, available_at, source, cause_ref, grant_key, budget_ref, outcome, at, reversed_at';

/** What a claim tells besides: how many budgets must be asked, what the person's risk asks for, and whether the activity's grants are stopped. */
export interface ClaimRow { readonly budgets: number; readonly action: string | null; readonly hold_hours: number | null; readonly stopped: number }
/** Claims the key, and what is given once. No row: one of them is taken, or there is no such living person. */
export const CLAIM_GRANT = statement<ClaimRow>(`
  INSERT INTO value_grant (shop_id, id, person_id, kind, amount, ref, available_at, source, cause_ref, grant_key, budget_ref, once_key, outcome, at, actor)
  SELECT p.shop_id, CAST(:id AS TEXT), p.id, CAST(:kind AS TEXT), CAST(:amount AS BIGINT), CAST(:ref AS TEXT), CAST(:availableAt AS BIGINT), CAST(:source AS TEXT),
    CAST(:causeRef AS TEXT), CAST(:key AS TEXT), CAST(:budgetRef AS TEXT), CAST(:once AS TEXT), '{}', CAST(:now AS BIGINT), CAST(:actor AS TEXT)
  FROM person p WHERE p.shop_id = :shop AND p.id = CAST(:person AS TEXT) AND p.merged_into IS NULL AND p.erased_at IS NULL
  ON CONFLICT DO NOTHING
  RETURNING (SELECT CAST(COUNT(*) AS BIGINT) FROM budget b WHERE b.shop_id = :shop AND ${APPLIES}) AS budgets,
    (SELECT r.action FROM risk_score r WHERE r.shop_id = :shop AND r.person_id = CAST(:person AS TEXT)) AS action,
    (SELECT r.hold_hours FROM risk_score r WHERE r.shop_id = :shop AND r.person_id = CAST(:person AS TEXT)) AS hold_hours,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM grant_stop s WHERE s.shop_id = :shop AND s.scope = CAST(:scope AS TEXT) AND s.resumed_at IS NULL) AS stopped`);
export const DROP_CLAIM = statement('DELETE FROM value_grant WHERE shop_id = :shop AND id = :id');
export const STORE_OUTCOME = statement('UPDATE value_grant SET outcome = :outcome WHERE shop_id = :shop AND id = :id');
export const GRANT_BY_KEY = statement<GrantRow>(`SELECT ${GRANT} FROM value_grant WHERE shop_id = :shop AND grant_key = :key`);
export const GRANT_BY_ID = statement<GrantRow>(`SELECT ${GRANT} FROM value_grant WHERE shop_id = :shop AND id = :id`);
/** What this person, or one who became this person, was given once and still has. */
export const ONCE_OF_FAMILY = statement<GrantRow>(`
  SELECT ${GRANT} FROM value_grant WHERE shop_id = :shop AND once_key = :once AND reversed_at IS NULL
    AND person_id IN (SELECT CAST(:person AS TEXT) UNION ALL SELECT p.id FROM person p WHERE p.shop_id = :shop AND p.merged_into = CAST(:person AS TEXT)) ORDER BY at + 0 LIMIT 1`);
/** Only the first caller gets the row. */
export const MARK_REVERSED = statement<GrantRow>(`
  UPDATE value_grant SET reversed_at = :now, reversed_note = :note WHERE shop_id = :shop AND id = :id AND reversed_at IS NULL RETURNING ${GRANT}`);
export const TRANSACTION_OF_GRANT = statement<{ id: string; amount: number }>(`
  SELECT id, available + pending AS amount FROM ledger_transaction WHERE shop_id = :shop AND person_id = :person AND grant_id = :grant AND kind = 'grant'`);
/** Points of a grant that the merge of two people dropped, because both had them, and no split brought back. The entries are those of whoever is this person now; CROSS JOIN makes SQLite begin with them. */
export const DROPPED_OF_GRANT = statement<{ amount: number }>(`
  SELECT CAST(COALESCE(-SUM(t.available + t.pending), 0) AS BIGINT) AS amount
  FROM (SELECT CAST(:person AS TEXT) AS id UNION ALL SELECT p.id FROM person p WHERE p.shop_id = :shop AND p.merged_into = CAST(:person AS TEXT)) AS f CROSS JOIN ledger_transaction t
  WHERE t.shop_id = :shop AND t.person_id = f.id AND t.grant_id = :grant AND t.kind IN ('merge', 'split')`);
const OF_PERSON = `SELECT ${GRANT} FROM value_grant WHERE shop_id = :shop AND person_id = :person`;
export const FIRST_GRANTS = statement<GrantRow>(`${OF_PERSON} ORDER BY at DESC, id DESC LIMIT :limit`);
export const NEXT_GRANTS = statement<GrantRow>(`${OF_PERSON} AND (at < :after OR (at = :after AND id < :afterId)) ORDER BY at DESC, id DESC LIMIT :limit`);
