import { statement, type Statement } from '../plugin-api/index.js';

/** Rows of one of the host's tables that are a plugin's in a shop. `:plugin` is its id, `:own` its id with `.%`, `:path` its routes with `%` around. */
export interface HostRows { readonly table: string; readonly remove: Statement; readonly left: Statement<{ n: number }> }

const rows = (table: string, which: string): HostRows => ({
  table, remove: statement(`DELETE FROM ${table} WHERE shop_id = :shop AND ${which}`),
  left: statement<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${table} WHERE shop_id = :shop AND ${which}`),
});

/**
 * What goes with a plugin's own tables, children first. What stays, and why: the ledger, grants, budgets and discount codes, because they
 * are money and already carry a bare id; the audit, the consent and the receipt, because they are proof; the public rules of its activities and their final numbers, because shoppers
 * relied on them and the law asks for at least two years; `job_due`, because it is only the
 * timetable of the code on this host and the same in every shop; imports, which have a limit of their own. Activities, jobs and events
 * stand on other floors, so their tables are named here by SQL only.
 */
export const HOST_ROWS: readonly HostRows[] = [
  rows('activity_version', 'activity_id IN (SELECT a.id FROM activity a WHERE a.shop_id = :shop AND a.type LIKE :own)'),
  rows('activity', 'type LIKE :own'),
  rows('event_delivery', '(consumer = :plugin OR event_id IN (SELECT e.id FROM outbox_event e WHERE e.shop_id = :shop AND e.name LIKE :own))'),
  rows('outbox_event', 'name LIKE :own'),
  rows('job_run', 'owner = :plugin'),
  rows('plugin_job_time', 'plugin = :plugin'),
  // Stored answers would otherwise speak of rows that are gone.
  rows('idempotency', 'scope LIKE :path'),
];

/** Settings with their sealed secrets, and the rights that were granted. The row itself is the state machine's. */
export const FORGET_SETTINGS = statement(`UPDATE plugin_install SET settings = '{}', granted = '[]', updated_at = :now WHERE shop_id = :shop AND id = :plugin AND (settings <> '{}' OR granted <> '[]')`);
