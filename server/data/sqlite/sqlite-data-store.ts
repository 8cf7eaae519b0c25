import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { GxError, sql, type Params, type Reader, type Scalar, type ShopContext, type Statement, type Unit, type WriteUnit } from '../../plugin-api/index.js';
import { assertReads, bindParams } from '../compiled-statement.js';
import type { DataStore, DataStoreOptions, SystemStatement } from '../data-store.js';
import { normaliseError } from '../database-error.js';
import { EntityShapes } from '../entity-shape.js';
import { IdempotencyRecord } from '../idempotency-record.js';
import { assertOutside, joinedUnit, nested } from '../open-unit.js';
import { ShopReader } from '../shop-reader.js';
import { StatementCache } from '../statement-cache.js';
import { openReader, openWriter, type Writer } from './connections.js';
import { exclusiveUnit, type ExclusiveParts } from './exclusive-unit.js';
import { GroupCommit } from './group-commit.js';
import { ProcessLock } from './process-lock.js';
import { ScanThreads } from './scan-thread.js';
import { SqliteSession } from './sqlite-session.js';
import { WriterQueue } from './writer-queue.js';

type SystemParams = Readonly<Record<string, Scalar>>;

/** SQLite: one writer behind one queue, readers beside it, one process per file. */
export class SqliteDataStore implements DataStore {
  readonly engine = 'sqlite';
  readonly #statements = new StatementCache('sqlite');
  readonly #reader: SqliteSession;
  readonly #group: GroupCommit;
  readonly #queue: WriterQueue;
  readonly #scans: ScanThreads;
  readonly #shapes: EntityShapes;
  readonly #exclusive: ExclusiveParts;
  readonly #notices = new EventEmitter().setMaxListeners(0);

  private constructor(file: string, private readonly lock: ProcessLock, private readonly writer: Writer, options: DataStoreOptions) {
    const session = new SqliteSession(writer.database, this.#statements, writer.prepare);
    this.#reader = new SqliteSession(openReader(file), this.#statements);
    this.#group = new GroupCommit(session, writer.prepare, this);
    this.#queue = new WriterQueue(options.queueLimit ?? 2_000, this.#group.run);
    this.#scans = new ScanThreads(file);
    this.#shapes = new EntityShapes(writer.source, options.described);
    this.#exclusive = { session, group: this.#group, shapes: this.#shapes, owner: this, idleMs: options.unitIdleMs ?? 10_000 };
  }

  static async open(file: string, options: DataStoreOptions): Promise<SqliteDataStore> {
    const lock = ProcessLock.take(file);
    let writer: Writer | undefined;
    try {
      writer = await openWriter(file, options.entities);
      return new SqliteDataStore(file, lock, writer, options);
    } catch (error) {
      await writer?.source.destroy();
      lock.release();
      throw normaliseError(error);
    }
  }

  async read<T>(ctx: ShopContext, fn: (q: Reader) => Promise<T>): Promise<T> {
    const joined = this.#joined(ctx);
    if (joined) return fn(joined);
    return fn(new ShopReader(ctx, this.#reader, this.#shapes, (compiled, values) => this.#scans.scan(compiled, values)));
  }

  async write<T>(ctx: ShopContext, fn: (unit: WriteUnit, ctx: ShopContext) => Promise<T>): Promise<T> {
    const joined = this.#joined(ctx);
    if (joined) return fn(joined, ctx);
    const run = exclusiveUnit(this.#exclusive, ctx, IdempotencyRecord.claim(ctx.once), fn);
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ kind: 'exclusive', run: () => run().then(resolve), reject });
    });
  }

  hot<T>(ctx: ShopContext, _key: string, unit: (ctx: ShopContext) => Unit<T>): Promise<T> {
    try {
      const joined = this.#joined(ctx);
      if (joined) return joined.steps(unit(ctx));
    } catch (error) { return Promise.reject(error as Error); }
    const record = IdempotencyRecord.claim(ctx.once);
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ kind: 'hot', ctx, make: unit, record, resolve: resolve as (result: unknown) => void, reject });
    });
  }

  /** The unit that `ctx` joins. Errors: `GX_UNIT_NESTED` for a call from inside a unit that does not carry it, or from inside a generator. */
  #joined(ctx: ShopContext): WriteUnit | undefined {
    if (this.#group.driving) throw nested();
    const token = joinedUnit(ctx, this);
    if (!token) { assertOutside(); return undefined; }
    if (!token.unit) throw nested();
    return token.unit;
  }

  readonly system = {
    many: async <Row>(statement: SystemStatement<Row>, params: SystemParams = {}): Promise<Row[]> => {
      try {
        const compiled = this.#statements.of(statement);
        assertReads(compiled);
        return this.#reader.execute('many', compiled, bindParams(compiled, params, undefined)) as Row[];
      } catch (error) { throw normaliseError(error); }
    },
    run: async <Row>(statement: SystemStatement<Row>, params: SystemParams = {}): Promise<Row[]> => {
      if (this.#group.driving) throw nested();
      assertOutside();
      // The statement differs from a plugin's only in that no shop is bound to it.
      const make = (): Unit<Row[]> => sql.many(statement as unknown as Statement<Row>, params as Params);
      return new Promise<Row[]>((resolve, reject) => {
        this.#queue.push({ kind: 'hot', ctx: undefined, make, record: undefined, resolve: resolve as (result: unknown) => void, reject });
      });
    },
  };

  async notify(channel: string, payload: string): Promise<void> {
    setImmediate(() => this.#notices.emit(channel, payload));
  }
  onNotify(channel: string, listener: (payload: string) => void): void { this.#notices.on(channel, listener); }

  async ping(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#queue.push({ kind: 'exclusive', reject, run: async () => { this.writer.database.exec('BEGIN IMMEDIATE; COMMIT'); resolve(); } });
    }).catch((error: unknown) => { throw normaliseError(error); });
    this.#reader.database.pragma('user_version');
  }

  get stats() { return { waiting: this.#queue.waiting, commits: this.#group.commits, units: this.#group.units }; }

  async backup(file: string): Promise<void> {
    if (existsSync(file)) throw new GxError('GX_BACKUP_EXISTS', 409, `The file ${file} exists already; a backup never overwrites one.`);
    await this.#scans.backup(file).catch((error: unknown) => { throw normaliseError(error); });
  }

  async close(): Promise<void> {
    if (!this.writer.source.isInitialized) return;
    await this.#queue.close();
    await this.#scans.close();
    this.#reader.database.close();
    await this.writer.source.destroy();
    this.lock.release();
  }
}
