import { GxError, sql, statement, type IdempotentRequest, type Unit } from '../plugin-api/index.js';

const STORE = statement(`INSERT INTO idempotency (shop_id, scope, request_key, request_hash, result, created_at)
  VALUES (:shop, :scope, :key, :hash, :result, :at) ON CONFLICT (shop_id, scope, request_key) DO NOTHING`);
const STORED = statement<{ request_hash: string; result: string | null }>(
  'SELECT request_hash, result FROM idempotency WHERE shop_id = :shop AND scope = :scope AND request_key = :key');

/** The place of one unit's answer: the request, and which of its units this is. */
export class IdempotencyRecord {
  readonly key: string;

  private constructor(readonly once: IdempotentRequest) {
    once.units += 1;
    this.key = once.units === 1 ? once.key : `${once.key}#${once.units}`;
  }

  /** Claims the next place of the request, or nothing when the request has none. */
  static claim(once: IdempotentRequest | undefined): IdempotencyRecord | undefined {
    return once === undefined ? undefined : new IdempotencyRecord(once);
  }

  /** Last statement of the unit. False: somebody has answered this request already, so the unit must be undone. Kept by system time: a key is a time-out. */
  *store(result: unknown): Unit<boolean> {
    const { scope, hash } = this.once;
    return (yield* sql.run(STORE, { scope, key: this.key, hash, result: JSON.stringify(result) ?? null, at: Date.now() })) === 1;
  }

  /** The stored answer. Errors: 422 `GX_IDEMPOTENCY_MISMATCH` when the key was used for another request. */
  *lookUp(): Unit<{ readonly result: unknown } | undefined> {
    const row = yield* sql.one(STORED, { scope: this.once.scope, key: this.key });
    if (!row) return undefined;
    if (row.request_hash !== this.once.hash) {
      throw new GxError('GX_IDEMPOTENCY_MISMATCH', 422, 'This Idempotency-Key was used for a different request. Use a new key for each action.');
    }
    this.once.replayed = true;
    return { result: row.result === null ? undefined : JSON.parse(row.result) as unknown };
  }
}
