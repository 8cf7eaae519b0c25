import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { GxError, type Params, type Reader, type Scalar, type ShopContext, type Unit, type WriteUnit } from '../../plugin-api/index.js';
import { assertReads, bindParams, type Bound, type CompiledStatement } from '../compiled-statement.js';
import type { DataStore, DataStoreOptions, SystemStatement } from '../data-store.js';
import { busy, normaliseError } from '../database-error.js';
import { EntityShapes } from '../entity-shape.js';
import { IdempotencyRecord } from '../idempotency-record.js';
import { assertOutside, joinedUnit, nested } from '../open-unit.js';
import type { Row } from '../session.js';
import { ShopReader } from '../shop-reader.js';
import { StatementCache } from '../statement-cache.js';
import { HotGroups } from './hot-group.js';
import { HotKeys } from './hot-keys.js';
import { Notifications } from './notifications.js';
import { pgWriteUnit, type PgWriteParts } from './pg-write-unit.js';
import { openPool } from './pool.js';
import { PostgresSession, StatementNames } from './postgres-session.js';
import { retried } from './retry.js';

type SystemParams = Readonly<Record<string, Scalar>>;

/** How long a report over many rows may take. */
const SCAN_MS = 60_000;
/** For sorting in a long read, at each step of its plan; a server's own few megabytes would send a large shop's rows to disk. */
const SCAN_MEMORY = '32MB';

/** PostgreSQL: a pool, hot rows in lines of their own, any number of nodes. */
export class PostgresDataStore implements DataStore {
  readonly engine = 'postgres';
  readonly #statements = new StatementCache('postgres');
  readonly #session: PostgresSession;
  readonly #groups: HotGroups;
  readonly #hot: HotKeys;
  readonly #shapes: EntityShapes;
  readonly #writing: PgWriteParts;
  readonly #limit: number;

  private constructor(private readonly source: DataSource, private readonly pool: Pool, private readonly notices: Notifications, options: DataStoreOptions) {
    this.#limit = options.queueLimit ?? 2_000;
    this.#session = new PostgresSession(pool, this.#statements, new StatementNames());
    this.#groups = new HotGroups(pool, this.#session, this);
    this.#hot = new HotKeys(this.#limit, this.#groups.run);
    this.#shapes = new EntityShapes(source, options.described);
    // Shorter than the server's own limit, so that the caller hears what it did wrong and not that a connection was lost.
    this.#writing = { pool, session: this.#session, groups: this.#groups, shapes: this.#shapes, owner: this, idleMs: options.unitIdleMs ?? 8_500 };
  }

  static async open(url: string, options: DataStoreOptions): Promise<PostgresDataStore> {
    const { source, pool } = await openPool(url, options.entities, options.lockWaitMs);
    const notices = new Notifications(url);
    try {
      await notices.start();
      return new PostgresDataStore(source, pool, notices, options);
    } catch (error) {
      await notices.close();
      await source.destroy();
      throw normaliseError(error);
    }
  }

  async read<T>(ctx: ShopContext, fn: (q: Reader) => Promise<T>): Promise<T> {
    const joined = this.#joined(ctx);
    if (joined) return fn(joined);
    return fn(new ShopReader(ctx, this.#session, this.#shapes, (compiled, values) => this.#scan(compiled, values)));
  }

  async write<T>(ctx: ShopContext, fn: (unit: WriteUnit, ctx: ShopContext) => Promise<T>): Promise<T> {
    const joined = this.#joined(ctx);
    if (joined) return fn(joined, ctx);
    if (this.pool.waitingCount >= this.#limit) throw busy(this.pool.waitingCount);
    const record = IdempotencyRecord.claim(ctx.once);
    try {
      return await retried(() => pgWriteUnit(this.#writing, ctx, record, fn));
    } catch (error) { throw normaliseError(error); }
  }

  hot<T>(ctx: ShopContext, key: string, unit: (ctx: ShopContext) => Unit<T>): Promise<T> {
    try {
      const joined = this.#joined(ctx);
      if (joined) return joined.steps(unit(ctx));
    } catch (error) { return Promise.reject(error as Error); }
    const record = IdempotencyRecord.claim(ctx.once);
    return new Promise<T>((resolve, reject) => {
      this.#hot.push(`${ctx.shop.id}:${key}`, { ctx, make: unit, record, resolve: resolve as (result: unknown) => void, reject });
    });
  }

  /** The unit that `ctx` joins. Errors: `GX_UNIT_NESTED` for a call from inside a unit that does not carry it, or from inside a generator. */
  #joined(ctx: ShopContext): WriteUnit | undefined {
    if (this.#groups.driving) throw nested();
    const token = joinedUnit(ctx, this);
    if (!token) { assertOutside(); return undefined; }
    if (!token.unit) throw nested();
    return token.unit;
  }

  async #scan(compiled: CompiledStatement, values: Bound[]): Promise<Row[]> {
    const client = await this.pool.connect();
    try {
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${SCAN_MS}; SET LOCAL work_mem = '${SCAN_MEMORY}'`);
      const { rows } = await client.query<Row>({ text: compiled.text, values });
      return rows;
    } finally {
      await client.query('ROLLBACK').then(() => client.release(), () => client.release(true));
    }
  }

  async #system(statement: SystemStatement<unknown>, params: SystemParams): Promise<Row[]> {
    const compiled = this.#statements.of(statement);
    const values = bindParams(compiled, params as Params, undefined);
    try {
      return await retried(() => this.#session.execute('many', compiled, values)) as Row[];
    } catch (error) { throw normaliseError(error); }
  }

  readonly system = {
    many: async <R>(statement: SystemStatement<R>, params: SystemParams = {}): Promise<R[]> => {
      assertReads(this.#statements.of(statement));
      return await this.#system(statement, params) as R[];
    },
    run: async <R>(statement: SystemStatement<R>, params: SystemParams = {}): Promise<R[]> => {
      if (this.#groups.driving) throw nested();
      assertOutside();
      return await this.#system(statement, params) as R[];
    },
  };

  async notify(channel: string, payload: string): Promise<void> {
    await this.pool.query('SELECT pg_notify($1, $2)', Notifications.message(channel, payload)).catch((error: unknown) => { throw normaliseError(error); });
  }
  onNotify(channel: string, listener: (payload: string) => void): void { this.notices.on(channel, listener); }

  async ping(): Promise<void> {
    const { rows } = await this.pool.query<{ transaction_read_only: string }>('SHOW transaction_read_only').catch((error: unknown) => { throw normaliseError(error); });
    if (rows[0]?.transaction_read_only !== 'off') throw new GxError('GX_DATA_UNAVAILABLE', 503, 'PostgreSQL accepts no writes at the moment (it is a standby, or read-only).');
  }

  get stats() { return { waiting: this.#hot.waiting + this.pool.waitingCount, commits: this.#groups.commits, units: this.#groups.units }; }

  async backup(): Promise<void> {
    throw new GxError('GX_BACKUP_ENGINE', 422, 'Guanxi backs up SQLite only. For PostgreSQL use pg_dump, or your provider\'s backups.');
  }

  async close(): Promise<void> {
    if (!this.source.isInitialized) return;
    await this.#hot.close();
    await this.notices.close();
    await this.source.destroy();
  }
}
