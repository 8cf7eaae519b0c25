import { SystemStatement, type DataStore } from './data-store.js';

const SLICE = 1_000;

const NEXT = new SystemStatement<{ shop_id: number; scope: string; request_key: string }>(
  `SELECT shop_id, scope, request_key FROM idempotency WHERE (shop_id, scope, request_key) > (:shop, :scope, :key)
   ORDER BY shop_id, scope, request_key LIMIT 1 OFFSET :skip`);
const PURGE = new SystemStatement(
  `DELETE FROM idempotency WHERE (shop_id, scope, request_key) > (:shop, :scope, :key) AND (shop_id, scope, request_key) <= (:toShop, :toScope, :toKey) AND created_at < :before`);
const PURGE_REST = new SystemStatement('DELETE FROM idempotency WHERE (shop_id, scope, request_key) > (:shop, :scope, :key) AND created_at < :before');

/** Idempotency keys live this long. */
export const IDEMPOTENCY_TTL = 7 * 24 * 3_600_000;

/**
 * Forgets answers stored before `olderThan` (system time, UTC milliseconds). Walks the primary key in slices, so that it needs no index of
 * its own on a table that every effectful request writes, and no long transaction.
 */
export class IdempotencyService {
  constructor(private readonly store: DataStore) {}

  async purgeIdempotency(olderThan: number): Promise<void> {
    let from = { shop: -1, scope: '', key: '' };
    for (;;) {
      const [end] = await this.store.system.many(NEXT, { ...from, skip: SLICE - 1 });
      if (!end) break;
      await this.store.system.run(PURGE, { ...from, toShop: end.shop_id, toScope: end.scope, toKey: end.request_key, before: olderThan });
      from = { shop: end.shop_id, scope: end.scope, key: end.request_key };
    }
    await this.store.system.run(PURGE_REST, { ...from, before: olderThan });
  }
}
