import { SystemStatement } from '../data/data-store.js';
import { statement } from '../plugin-api/index.js';

/** Shops with a due event. Walks the index from shop to shop, so a long backlog of one shop costs nothing. */
export const SHOPS_WITH_EVENTS = new SystemStatement<{ shop: number }>(`WITH RECURSIVE waiting(shop) AS (
    SELECT MIN(shop_id) FROM outbox_event WHERE state = 'waiting'
    UNION ALL
    SELECT (SELECT MIN(e.shop_id) FROM outbox_event e WHERE e.state = 'waiting' AND e.shop_id > waiting.shop) FROM waiting WHERE waiting.shop IS NOT NULL)
  SELECT shop FROM waiting WHERE shop IS NOT NULL
    AND EXISTS (SELECT 1 FROM outbox_event e WHERE e.shop_id = waiting.shop AND e.state = 'waiting' AND e.run_at <= :now) ORDER BY shop`);

const PICK = `SELECT e.id FROM outbox_event e WHERE e.shop_id = :tenant AND e.state = 'waiting' AND e.run_at <= :now ORDER BY e.run_at, e.id LIMIT :room`;
const claim = (picked: string): string => `UPDATE outbox_event SET run_at = :until, lease_until = :until, lease_owner = :owner, attempts = attempts + 1
  WHERE shop_id = :tenant AND state = 'waiting' AND id IN (${picked}) RETURNING id, name, payload, occurred_at, attempts`;
/**
 * Takes due events of a shop. A claim moves `run_at` to the end of the lease: a dead process's events fall due again by themselves.
 * PostgreSQL may run a locking subquery once per row, which would lift its limit; materialised it runs once.
 */
export const CLAIM_EVENTS = new SystemStatement<{ id: string; name: string; payload: string; occurred_at: number; attempts: number }>(
  claim(PICK), `WITH picked AS MATERIALIZED (${PICK} FOR UPDATE SKIP LOCKED) ${claim('SELECT picked.id FROM picked')}`);

export const EVENT_LAG = new SystemStatement<{ waiting: number; oldest: number | null; dead: number }>(`SELECT
  CAST((SELECT COUNT(*) FROM outbox_event WHERE state = 'waiting') AS BIGINT) AS waiting,
  CAST((SELECT MIN(created_at) FROM outbox_event WHERE state = 'waiting') AS BIGINT) AS oldest,
  CAST((SELECT COUNT(*) FROM outbox_event WHERE state = 'dead') AS BIGINT) AS dead`);

export const SHOP_LAG = statement<{ waiting: number; oldest: number | null; dead: number }>(`SELECT
  CAST((SELECT COUNT(*) FROM outbox_event WHERE shop_id = :shop AND state = 'waiting') AS BIGINT) AS waiting,
  CAST((SELECT MIN(created_at) FROM outbox_event WHERE shop_id = :shop AND state = 'waiting') AS BIGINT) AS oldest,
  CAST((SELECT COUNT(*) FROM outbox_event WHERE shop_id = :shop AND state = 'dead') AS BIGINT) AS dead`);

/** For events of a shop that cannot be given a context. */
export const POSTPONE_EVENT = new SystemStatement(`UPDATE outbox_event SET state = :state, run_at = :run_at, lease_until = NULL, lease_owner = NULL
  WHERE shop_id = :tenant AND id = :id AND lease_owner = :owner RETURNING id`);

export const DELIVERIES = statement<{ consumer: string; attempts: number; done_at: number | null; dead: number }>(
  'SELECT consumer, attempts, done_at, dead FROM event_delivery WHERE shop_id = :shop AND event_id = :event');

/** A delivery that succeeded stays so, whatever a late duplicate says. */
export const RECORD_DELIVERY = statement(`INSERT INTO event_delivery (shop_id, event_id, consumer, done_at, attempts, last_error, dead)
  VALUES (:shop, :event, :consumer, :done_at, :attempts, :error, :dead)
  ON CONFLICT (shop_id, event_id, consumer) DO UPDATE SET done_at = excluded.done_at, attempts = excluded.attempts, last_error = excluded.last_error, dead = excluded.dead
  WHERE event_delivery.done_at IS NULL`);

/**
 * Gives an event back untried. Its claim counts as one only the first time, so that it may wait as long as it must; the count stays above
 * zero, because the next claim then asks what other consumers have already had.
 */
export const RETURN_EVENT = statement(`UPDATE outbox_event SET state = 'waiting', run_at = :run_at, lease_until = NULL, lease_owner = NULL,
  attempts = CASE WHEN attempts > 1 THEN attempts - 1 ELSE attempts END
  WHERE shop_id = :shop AND id = :id AND lease_owner = :owner`);

/** Only the holder of the lease may settle an event. */
export const SETTLE_EVENT = statement(`UPDATE outbox_event SET state = :state, run_at = :run_at, lease_until = NULL, lease_owner = NULL
  WHERE shop_id = :shop AND id = :id AND lease_owner = :owner`);
