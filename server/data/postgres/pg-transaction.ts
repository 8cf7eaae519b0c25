import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { GxError } from '../../plugin-api/index.js';
import { driverCode } from '../database-error.js';

/**
 * One transaction on one connection. BEGIN, SAVEPOINT and RELEASE do not wait for an answer of their own: they travel ahead of the next
 * statement in the same pipeline, so that they cost no round trip.
 */
export class PgTransaction {
  #ahead: string[] = ['BEGIN'];
  #lost: unknown;
  #marked = false;
  usedAt = performance.now();

  constructor(private readonly client: PoolClient) {}

  /** How long statements from here on wait for a lock, in ms. */
  waitAtMost(ms: number): void { this.#ahead.push(`SET LOCAL lock_timeout = ${ms}`); }

  mark(): void {
    this.#ahead.push('SAVEPOINT unit');
    this.#marked = true;
  }

  release(): void {
    if (!this.#unmark()) this.#ahead.push('RELEASE unit');
  }

  /** Ends the mark; true when nothing was sent behind it. */
  #unmark(): boolean {
    this.#marked = false;
    if (this.#ahead.at(-1) !== 'SAVEPOINT unit') return false;
    this.#ahead.pop();
    return true;
  }

  #flush(): void {
    if (this.#ahead.length === 0) return;
    const text = this.#ahead.join('; ');
    this.#ahead = [];
    // A failure here makes the statement behind it fail too; it is kept so that the cause is not lost.
    this.client.query(text).catch((error: unknown) => { this.#lost ??= error; });
  }

  async query(config: QueryConfig): Promise<QueryResult<Record<string, unknown>>> {
    this.usedAt = performance.now();
    this.#flush();
    try {
      const result = await this.client.query<Record<string, unknown>>(config);
      if (this.#lost !== undefined) throw this.#lost;
      return result;
    } catch (error) { throw this.#lost ?? error; }
  }

  /** Undoes everything since the last mark; nothing when that has ended. */
  async undo(): Promise<void> {
    if (!this.#marked || this.#unmark()) return;
    this.#ahead.push('ROLLBACK TO unit', 'RELEASE unit');
    const text = this.#ahead.join('; ');
    this.#ahead = [];
    await this.client.query(text);
  }

  async commit(): Promise<void> {
    if (this.#ahead[0] === 'BEGIN') { this.client.release(); return; }
    const text = [...this.#ahead, 'COMMIT'].join('; ');
    const result = await this.client.query(text) as unknown as QueryResult | QueryResult[];
    const last = Array.isArray(result) ? result.at(-1) : result;
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and without an error.
    if (last?.command !== 'COMMIT') throw this.#lost ?? new Error('The transaction had failed and was rolled back.');
    this.client.release();
  }

  /** Gives the connection back, or away when it is broken. */
  async rollback(): Promise<void> {
    if (this.#ahead[0] === 'BEGIN') { this.client.release(); return; }
    try {
      await this.client.query('ROLLBACK');
      this.client.release();
    } catch { this.client.release(true); }
  }
}

/** True when the connection itself failed, as opposed to a statement. */
export const isConnectionLoss = (error: unknown): boolean => {
  if (error instanceof GxError && error.code === 'GX_DATA_UNAVAILABLE') return true;
  const code = driverCode(error);
  return code === undefined ? error instanceof Error && /Connection terminated|not queryable|timeout exceeded when trying to connect/i.test(error.message) : /^(57P0|08|25P03|ECONN|EPIPE|ETIMEDOUT)/.test(code);
};
