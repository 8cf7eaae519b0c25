import { statement } from '../../plugin-api/index.js';

/** A person, and the guests who became this person. */
const FAMILY = '(SELECT CAST(:person AS TEXT) UNION ALL SELECT f.id FROM person f WHERE f.shop_id = :shop AND f.merged_into = CAST(:person AS TEXT))';
export interface HeldRow {
  readonly grant_id: string; readonly person_id: string; readonly name: string | null; readonly scope: string; readonly cause: 'risk' | 'breaker'; readonly review: number; readonly score: number; readonly reasons: string; readonly at: number; readonly until: number;
  readonly state: 'held' | 'released' | 'refused'; readonly decided_at: number | null; readonly decided_by: string | null; readonly note: string | null; readonly appeal: string | null; readonly appealed_at: number | null;
  readonly kind: string; readonly amount: number; readonly ref: string | null; readonly source: string; readonly cluster_id: string | null; readonly people: number | null;
}
/** Keeps what was known of the person at the moment of the grant, so that the decision can be explained later. */
export const HOLD_GRANT = statement(`
  INSERT INTO held_grant (shop_id, grant_id, person_id, scope, cause, review, score, reasons, at, until, state, fallback)
  SELECT p.shop_id, CAST(:grant AS TEXT), p.id, CAST(:scope AS TEXT), CAST(:cause AS TEXT), CAST(:review AS INTEGER), COALESCE(r.score, 0), COALESCE(r.reasons, '[]'), CAST(:now AS BIGINT), CAST(:until AS BIGINT), 'held', CAST(:fallback AS TEXT)
  FROM person p LEFT JOIN risk_score r ON r.shop_id = p.shop_id AND r.person_id = p.id WHERE p.shop_id = :shop AND p.id = CAST(:person AS TEXT)`);
/** Only the first who decides gets the row. */
export const DECIDE_HELD = statement<{ grant_id: string }>(`
  UPDATE held_grant SET state = :state, decided_at = :now, decided_by = :by, note = :note WHERE shop_id = :shop AND grant_id = :grant AND state = 'held' RETURNING grant_id`);
export const HELD_STATE = statement<{ state: HeldRow['state']; review: number; until: number; decided_by: string | null; fallback: string | null }>('SELECT state, review, until, decided_by, fallback FROM held_grant WHERE shop_id = :shop AND grant_id = :grant');
export const SET_LOT_TIMES = statement("UPDATE lot SET activates_at = :activatesAt, expires_at = :expiresAt WHERE shop_id = :shop AND id = :id AND state = 'pending'");

const FROM = `
  SELECT h.grant_id, h.person_id, p.name, h.scope, h.cause, h.review, h.score, h.reasons, h.at, h.until, h.state, h.decided_at, h.decided_by, h.note, h.appeal, h.appealed_at, g.kind, g.amount, g.ref, g.source, r.cluster_id,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM risk_score o WHERE o.shop_id = r.shop_id AND o.cluster_id = r.cluster_id) AS people
  FROM held_grant h JOIN value_grant g ON g.shop_id = h.shop_id AND g.id = h.grant_id JOIN person p ON p.shop_id = h.shop_id AND p.id = h.person_id
  LEFT JOIN risk_score r ON r.shop_id = h.shop_id AND r.person_id = COALESCE(p.merged_into, p.id) WHERE h.shop_id = :shop`;
export const HELD_LIST = statement<HeldRow>(`${FROM} AND h.state = :state ORDER BY CASE WHEN h.appealed_at IS NULL THEN 1 ELSE 0 END, h.review DESC, h.at DESC, h.grant_id DESC LIMIT 200`);
export const HELD_BY_ID = statement<HeldRow>(`${FROM} AND h.grant_id = :grant`);
export const HELD_OF_PERSON = statement<HeldRow>(`${FROM} AND h.person_id IN ${FAMILY} ORDER BY h.at DESC, h.grant_id DESC LIMIT 50`);
/** For an export; guests who became a person are exported beside them. */
export const HELD_ROWS = statement<{ grant_id: string; cause: string; score: number; reasons: string; at: number; until: number; state: string; note: string | null; appeal: string | null }>(
  'SELECT grant_id, cause, score, reasons, at, until, state, note, appeal FROM held_grant WHERE shop_id = :shop AND person_id = :person ORDER BY at, grant_id');
/** So many are decided at a time, in the order of their ids; the next ones come after the last. */
export const HELD_SLICE = 200;
export interface HeldId { readonly grant_id: string }
// Compared as an expression, so that nobody walks along all ids to find a few.
const NEXT = `AND h.state = 'held' AND h.grant_id || '' > :after ORDER BY h.grant_id || '' LIMIT ${HELD_SLICE}`;
/** What guests were given before they signed in belongs to who they are now. */
export const HELD_OF_CLUSTER = statement<HeldId>(`
  SELECT h.grant_id FROM held_grant h WHERE h.shop_id = :shop AND h.person_id IN (SELECT r.person_id FROM risk_score r WHERE r.shop_id = :shop AND r.cluster_id = :cluster
    UNION ALL SELECT m.id FROM risk_score r CROSS JOIN person m WHERE r.shop_id = :shop AND r.cluster_id = :cluster AND m.shop_id = r.shop_id AND m.merged_into = r.person_id) ${NEXT}`);
export const HELD_OF_SCOPE = statement<HeldId>(`SELECT h.grant_id FROM held_grant h WHERE h.shop_id = :shop AND h.scope = :scope AND h.cause = 'breaker' ${NEXT}`);
/** Time runs out for staff, never for the shopper: what nobody looked at is given. */
export const HELD_DUE = statement<HeldId>(`SELECT h.grant_id FROM held_grant h WHERE h.shop_id = :shop AND h.until <= CAST(:now AS BIGINT) ${NEXT}`);
export const FREE_HELD = statement<HeldId>(`UPDATE held_grant SET state = 'released', decided_at = :now, decided_by = :by WHERE shop_id = :shop AND person_id = :person AND state = 'held' RETURNING grant_id`);
export const HELD_COUNTS = statement<{ held: number; appeals: number; reviews: number }>(`
  SELECT CAST(COUNT(*) AS BIGINT) AS held, CAST(COALESCE(SUM(CASE WHEN appealed_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS appeals, CAST(COALESCE(SUM(review), 0) AS BIGINT) AS reviews
  FROM held_grant WHERE shop_id = :shop AND state = 'held'`);
export const APPEAL = statement(`UPDATE held_grant SET appeal = :text, appealed_at = :now WHERE shop_id = :shop AND grant_id = :grant AND person_id IN ${FAMILY} AND state <> 'released'`);
export const FORGET_APPEALS = statement(`UPDATE held_grant SET appeal = NULL WHERE shop_id = :shop AND person_id = :person AND appeal IS NOT NULL`);

export const STOPS = statement<{ id: string; scope: string; rule: 'rate' | 'risk'; grants: number; usual: number; risky: number; at: number; resumed_at: number | null; resumed_by: string | null; note: string | null; held: number }>(`
  SELECT s.id, s.scope, s.rule, s.grants, s.usual, s.risky, s.at, s.resumed_at, s.resumed_by, s.note,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_grant h WHERE h.shop_id = s.shop_id AND h.scope = s.scope AND h.cause = 'breaker' AND h.state = 'held') AS held
  FROM grant_stop s WHERE s.shop_id = :shop ORDER BY CASE WHEN s.resumed_at IS NULL THEN 0 ELSE 1 END, s.at DESC, s.id DESC LIMIT 50`);
export const OPEN_STOPS = statement<{ n: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS n FROM grant_stop WHERE shop_id = :shop AND resumed_at IS NULL');
export const INSERT_STOP = statement<{ id: string }>(`
  INSERT INTO grant_stop (shop_id, id, scope, rule, grants, usual, risky, at) VALUES (:shop, :id, :scope, :rule, :grants, :usual, :risky, :now) ON CONFLICT DO NOTHING RETURNING id`);
export const RESUME = statement<{ scope: string }>('UPDATE grant_stop SET resumed_at = :now, resumed_by = :by, note = :note WHERE shop_id = :shop AND id = :id AND resumed_at IS NULL RETURNING scope');

/** What was granted hour by hour, written from the grants themselves; `risky`: to people whose risk asks for a review. */
export const COUNT_HOURS = statement(`
  INSERT INTO grant_hour (shop_id, scope, hour_at, grants, risky)
  SELECT g.shop_id, COALESCE(g.budget_ref, g.source), g.at - g.at % 3600000, COUNT(*), SUM(CASE WHEN r.score >= CAST(:risky AS BIGINT) THEN 1 ELSE 0 END)
  FROM value_grant g LEFT JOIN risk_score r ON r.shop_id = g.shop_id AND r.person_id = g.person_id
  WHERE g.shop_id = :shop AND g.at >= CAST(:since AS BIGINT) AND g.kind <> 'none' GROUP BY g.shop_id, COALESCE(g.budget_ref, g.source), g.at - g.at % 3600000
  ON CONFLICT (shop_id, scope, hour_at) DO UPDATE SET grants = excluded.grants, risky = excluded.risky`);
export const HOURS_NOW = statement<{ scope: string; hour_at: number; grants: number; risky: number }>('SELECT scope, hour_at, grants, risky FROM grant_hour WHERE shop_id = :shop AND hour_at >= :since AND grants >= :least ORDER BY hour_at, scope');
export const HOURS_BEFORE = statement<{ hour_at: number; grants: number }>('SELECT hour_at, grants FROM grant_hour WHERE shop_id = :shop AND scope = :scope AND hour_at IN (:h1, :h2, :h3, :h4, :h5, :h6, :h7)');
export const FIRST_HOUR = statement<{ hour_at: number | null }>('SELECT MIN(hour_at) AS hour_at FROM grant_hour WHERE shop_id = :shop AND scope = :scope');
export const FORGET_HOURS = statement('DELETE FROM grant_hour WHERE shop_id = :shop AND hour_at < :before');
export const RESUMED_SINCE = statement<{ n: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS n FROM grant_stop WHERE shop_id = :shop AND scope = :scope AND resumed_at >= :since');
