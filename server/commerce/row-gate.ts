import { sql, statement, type Unit } from '../plugin-api/index.js';

const GATES = statement('SELECT 1 AS shut WHERE :shop > 0', {
  postgres: `SELECT CAST(COUNT(*) AS BIGINT) AS shut FROM (SELECT pg_advisory_xact_lock(CAST(:shop AS INTEGER), sorted.h) FROM
    (SELECT DISTINCT hashtext(t.g) AS h FROM jsonb_array_elements_text(CAST(:gates AS JSONB)) AS t(g) ORDER BY 1) AS sorted) AS gate`,
});

/**
 * Makes units that fold the same thing follow one another on PostgreSQL, where a row that does not exist yet cannot be locked (a refund
 * may come together with its order). Gates are taken in one order, so two batches cannot wait for each other. SQLite has one writer and
 * needs nothing.
 */
export function* passGates(kind: 'order' | 'customer' | 'product', ids: readonly string[]): Unit<void> {
  if (ids.length > 0) yield* sql.many(GATES, { gates: JSON.stringify(ids.map((id) => `${kind}:${id}`)) });
}
