import { statement } from '../../plugin-api/index.js';
import { jsonStatement } from '../../commerce/json-statement.js';
import type { RulesRow } from './score.js';

/** Guests who became members are who they are now. */
const WHO = 'COALESCE(p.merged_into, p.id)';
/** Says whether it is new. */
export const ADD_SIGNAL = statement(`
  INSERT INTO risk_signal (shop_id, person_id, kind, hash, at) SELECT p.shop_id, p.id, CAST(:kind AS TEXT), CAST(:hash AS TEXT), CAST(:now AS BIGINT) FROM person p WHERE p.shop_id = :shop AND p.id = CAST(:person AS TEXT) AND p.erased_at IS NULL
  ON CONFLICT (shop_id, person_id, kind, hash) DO NOTHING`);
export const SEEN_AGAIN = statement('UPDATE risk_signal SET at = :now WHERE shop_id = :shop AND person_id = :person AND kind = :kind AND hash = :hash AND at < :now');
/** A person's latest few of a kind stay: nobody fills the table with made-up devices. */
export const DROP_OLDER = statement(`
  DELETE FROM risk_signal WHERE shop_id = :shop AND person_id = :person AND kind = :kind
    AND hash NOT IN (SELECT s.hash FROM risk_signal s WHERE s.shop_id = :shop AND s.person_id = :person AND s.kind = :kind ORDER BY s.at + 0 DESC, s.hash LIMIT 8)`);
export interface SignalRow { readonly person: string; readonly kind: string; readonly hash: string }
export const SIGNALS_OF = jsonStatement<SignalRow>(`
  SELECT ${WHO} AS person, s.kind, s.hash FROM risk_signal s JOIN person p ON p.shop_id = s.shop_id AND p.id = s.person_id
  WHERE s.shop_id = :shop AND s.person_id IN (SELECT o.id FROM person o WHERE o.shop_id = :shop AND o.id IN @ids UNION ALL SELECT m.id FROM person m WHERE m.shop_id = :shop AND m.merged_into IN @ids)
  ORDER BY 1, s.kind, s.hash LIMIT 4000`);
/** Who shares one of some `{ kind, hash }`; of a crowd always the same first ones, so that its root stays. */
export const SHARERS = jsonStatement<SignalRow>(`
  SELECT ${WHO} AS person, s.kind, s.hash FROM @rows JOIN risk_signal s ON s.shop_id = :shop AND s.kind = r.value ->> 'kind' AND s.hash = r.value ->> 'hash'
  JOIN person p ON p.shop_id = s.shop_id AND p.id = s.person_id ORDER BY 1, s.kind, s.hash LIMIT :most`);
/** What was known before, so that only what changed is written. */
export const SCORES_OF = jsonStatement<{ person_id: string; cluster_id: string; people: number; score: number; action: string }>(
  'SELECT person_id, cluster_id, people, score, action FROM risk_score WHERE shop_id = :shop AND person_id IN @ids');
/** All that is shared with somebody. */
export const SHARED_SIGNALS = statement<SignalRow>(`
  SELECT ${WHO} AS person, s.kind, s.hash FROM risk_signal s JOIN person p ON p.shop_id = s.shop_id AND p.id = s.person_id
  WHERE s.shop_id = :shop AND EXISTS (SELECT 1 FROM risk_signal o WHERE o.shop_id = s.shop_id AND o.kind = s.kind AND o.hash = s.hash AND o.person_id <> s.person_id) ORDER BY s.person_id, s.kind, s.hash`);
export interface FactRow { readonly id: string; readonly created_at: number; readonly refused: number; readonly cleared: number; readonly hourly: number }
export const FACTS = jsonStatement<FactRow>(`
  SELECT p.id, p.created_at,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_grant h WHERE h.shop_id = p.shop_id AND h.person_id = p.id AND h.state = 'refused' AND h.decided_by LIKE 'staff:%' AND h.decided_at >= CAST(:since AS BIGINT)) AS refused,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_grant h WHERE h.shop_id = p.shop_id AND h.person_id = p.id AND h.state = 'released' AND h.cause = 'risk') AS cleared,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM value_grant g WHERE g.shop_id = p.shop_id AND g.person_id = p.id AND g.at >= CAST(:hour AS BIGINT) AND g.kind <> 'none') AS hourly
  FROM person p WHERE p.shop_id = :shop AND p.erased_at IS NULL AND p.id IN @ids`);
export const BUSY = statement<{ person_id: string }>("SELECT person_id FROM value_grant WHERE shop_id = :shop AND at >= :hour AND kind <> 'none' GROUP BY person_id HAVING COUNT(*) >= :least ORDER BY COUNT(*) DESC LIMIT 200");
export interface ScoreRow { readonly person_id: string; readonly cluster_id: string; readonly people: number; readonly score: number; readonly action: 'allow' | 'hold' | 'review'; readonly reasons: string; readonly at: number }
export const PUT_SCORES = jsonStatement(`
  INSERT INTO risk_score (shop_id, person_id, cluster_id, people, score, action, hold_hours, reasons, at)
  SELECT p.shop_id, p.id, r.value ->> 'cluster', CAST(r.value ->> 'people' AS BIGINT), CAST(r.value ->> 'score' AS BIGINT), r.value ->> 'action', CAST(:holdHours AS BIGINT), r.value ->> 'reasons', CAST(:now AS BIGINT)
  FROM @rows JOIN person p ON p.shop_id = :shop AND p.id = r.value ->> 'person' WHERE p.erased_at IS NULL
  ON CONFLICT (shop_id, person_id) DO UPDATE SET cluster_id = excluded.cluster_id, people = excluded.people, score = excluded.score, action = excluded.action, hold_hours = excluded.hold_hours, reasons = excluded.reasons, at = excluded.at`);
export const DROP_SCORES = jsonStatement('DELETE FROM risk_score WHERE shop_id = :shop AND person_id IN @ids');
export const DROP_STALE_SCORES = statement('DELETE FROM risk_score WHERE shop_id = :shop AND at < :before');
export const SCORE_OF = statement<ScoreRow>('SELECT person_id, cluster_id, people, score, action, reasons, at FROM risk_score WHERE shop_id = :shop AND person_id = :person');
export const SCORED_OF_CLUSTER = statement<ScoreRow & { readonly name: string | null; readonly email: string | null; readonly created_at: number; readonly orders: number }>(`
  SELECT r.person_id, r.cluster_id, r.people, r.score, r.action, r.reasons, r.at, p.name, p.email, p.created_at, p.order_count AS orders
  FROM risk_score r JOIN person p ON p.shop_id = r.shop_id AND p.id = r.person_id WHERE r.shop_id = :shop AND r.cluster_id = :cluster ORDER BY r.score + 0 DESC, r.person_id LIMIT 500`);
export const CLUSTERS = statement<{ cluster_id: string; people: number; score: number; held: number }>(`
  SELECT r.cluster_id, CAST(COUNT(*) AS BIGINT) AS people, MAX(r.score) AS score,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_grant h JOIN risk_score o ON o.shop_id = h.shop_id AND o.person_id = h.person_id WHERE h.shop_id = :shop AND o.cluster_id = r.cluster_id AND h.state = 'held') AS held
  FROM risk_score r WHERE r.shop_id = :shop GROUP BY r.cluster_id HAVING MAX(r.score) >= :least ORDER BY MAX(r.score) DESC, COUNT(*) DESC LIMIT 50`);
export const SET_ACTIONS = statement(`
  UPDATE risk_score SET hold_hours = :holdHours, action = CASE WHEN CAST(:watching AS INTEGER) = 0 OR score < CAST(:holdFrom AS BIGINT) THEN 'allow' WHEN score > CAST(:reviewFrom AS BIGINT) THEN 'review' ELSE 'hold' END WHERE shop_id = :shop`);
export const RULES = statement<RulesRow>("SELECT watching, hold_from, review_from, hold_hours FROM risk_rules WHERE shop_id = :shop AND name = 'rules'");
export const PUT_RULES = statement(`
  INSERT INTO risk_rules (shop_id, name, watching, hold_from, review_from, hold_hours, changed_at, actor) VALUES (:shop, 'rules', :watching, :holdFrom, :reviewFrom, :holdHours, :now, :actor)
  ON CONFLICT (shop_id, name) DO UPDATE SET watching = excluded.watching, hold_from = excluded.hold_from, review_from = excluded.review_from, hold_hours = excluded.hold_hours, changed_at = excluded.changed_at, actor = excluded.actor`);
export const FORGET_SIGNALS = statement('DELETE FROM risk_signal WHERE shop_id = :shop AND at < :before');
export const SIGNALS_OF_PERSON = statement<{ kind: string; at: number }>(`SELECT kind, at FROM risk_signal WHERE shop_id = :shop AND person_id = :person ORDER BY kind, at`);
export const ERASE_SIGNALS = statement(`DELETE FROM risk_signal WHERE shop_id = :shop AND person_id = :person`);
export const ERASE_SCORE = statement(`DELETE FROM risk_score WHERE shop_id = :shop AND person_id = :person`);
export const EMAIL_OF = statement<{ email: string | null }>('SELECT email FROM person WHERE shop_id = :shop AND id = :person AND erased_at IS NULL');
