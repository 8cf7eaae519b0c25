import { statement } from '../../plugin-api/index.js';

export interface MergeRow {
  readonly id: string; readonly from_id: string; readonly into_id: string; readonly at: number; readonly until: number; readonly actor: string; readonly undone_at: number | null; readonly moved: string;
}
const MERGE = 'id, from_id, into_id, at, until, actor, undone_at, moved';
export const INSERT_MERGE = statement(`INSERT INTO person_merge (shop_id, ${MERGE}) VALUES (:shop, :id, :from, :into, :now, :until, :actor, NULL, :moved)`);
export const MERGE_BY_ID = statement<MergeRow>(`SELECT ${MERGE} FROM person_merge WHERE shop_id = :shop AND id = :id`);
export const MERGES_OF = statement<MergeRow>(`SELECT ${MERGE} FROM person_merge WHERE shop_id = :shop AND (into_id = :person OR from_id = :person) ORDER BY at DESC, id DESC LIMIT 50`);
/** Only the first caller gets the row. */
export const UNDO_MERGE = statement<{ id: string }>('UPDATE person_merge SET undone_at = :now, undone_by = :actor WHERE shop_id = :shop AND id = :id AND undone_at IS NULL RETURNING id');

/**
 * Waits for whoever gives this person something right now. SQLite writes one unit at a time; on PostgreSQL a new row that refers to the
 * person holds it until its unit ends.
 */
const LOCK = 'SELECT id, kind FROM person WHERE shop_id = :shop AND id = :person AND merged_into IS NULL AND erased_at IS NULL';
export const LOCK_PERSON = statement<{ id: string; kind: 'guest' | 'member' }>(LOCK, { postgres: `${LOCK} FOR UPDATE` });
/** Merges are kept flat: who became `:from` before is `:into` now. */
export const POINT_TO = statement<{ id: string }>('UPDATE person SET merged_into = :into, updated_at = :now WHERE shop_id = :shop AND id IN (SELECT CAST(:from AS TEXT) UNION ALL SELECT f.id FROM person f WHERE f.shop_id = :shop AND f.merged_into = CAST(:from AS TEXT)) RETURNING id');
export const POINT_BACK = statement('UPDATE person SET merged_into = :target, updated_at = :now WHERE shop_id = :shop AND id = :id AND merged_into = :into');
export const SET_CLOSED = statement('UPDATE person_account SET closed = :closed WHERE shop_id = :shop AND person_id = :person');

/** `given_by`: the entry that first gave what is in it, also where it moved here with somebody else. */
export interface MovableLot { readonly id: string; readonly remaining: number; readonly state: 'pending' | 'active'; readonly activates_at: number; readonly expires_at: number; readonly given_by: string }
const MOVABLE = 'l.id, l.remaining, l.state, l.activates_at, l.expires_at, COALESCE((SELECT o.transaction_id FROM lot o WHERE o.shop_id = l.shop_id AND o.id = l.origin_id), l.transaction_id) AS given_by';
export const LOTS_OF_PERSON = statement<MovableLot>(`
  SELECT ${MOVABLE} FROM lot l WHERE l.shop_id = :shop AND l.person_id = :person AND l.remaining > 0 AND l.state IN ('pending', 'active') ORDER BY l.expires_at, l.activates_at, l.id`);
export const COPY_LOT = statement(`
  INSERT INTO lot (shop_id, id, person_id, transaction_id, quantity, remaining, state, activates_at, expires_at, source, order_line_id, origin_id, reopened_at)
  SELECT shop_id, :newId, :person, :transactionId, CAST(:amount AS BIGINT), CAST(:amount AS BIGINT), state, activates_at, CAST(:expiresAt AS BIGINT), source, order_line_id, COALESCE(origin_id, id), reopened_at
  FROM lot WHERE shop_id = :shop AND id = :id`);
export const LOT_BY_ID = statement<MovableLot>(`SELECT ${MOVABLE} FROM lot l WHERE l.shop_id = :shop AND l.id = :id`);
export const REFILL_LOT = statement('UPDATE lot SET remaining = remaining + :amount, state = :state, activates_at = :activatesAt WHERE shop_id = :shop AND id = :id');
const FAMILY = (id: string): string => `(SELECT CAST(:${id} AS TEXT) UNION ALL SELECT p.id FROM person p WHERE p.shop_id = :shop AND p.merged_into = CAST(:${id} AS TEXT))`;
/** Entries of one-off grants that the other had too. A grant's entry is its person's; CROSS JOIN makes SQLite begin with the few grants, it would read every entry of the shop. */
export const ONCE_ENTRIES_OF_BOTH = statement<{ id: string; grant_id: string }>(`
  SELECT t.id, t.grant_id FROM value_grant g CROSS JOIN ledger_transaction t
  WHERE g.shop_id = :shop AND g.kind = 'points' AND g.once_key IS NOT NULL AND g.reversed_at IS NULL AND g.person_id IN ${FAMILY('from')}
    AND g.once_key IN (SELECT o.once_key FROM value_grant o WHERE o.shop_id = :shop AND o.once_key IS NOT NULL AND o.reversed_at IS NULL AND o.person_id IN ${FAMILY('into')})
    AND t.shop_id = g.shop_id AND t.person_id = g.person_id AND t.grant_id = g.id AND t.kind = 'grant'`);
export const MOVE_HOLDS = statement<{ id: string }>("UPDATE points_hold SET person_id = :to WHERE shop_id = :shop AND person_id = :from AND state = 'held' RETURNING id");
export const MOVE_HOLD_BACK = statement<{ amount: number }>("UPDATE points_hold SET person_id = :to WHERE shop_id = :shop AND id = :id AND person_id = :from AND state = 'held' RETURNING amount");
