import type { ShopContext } from './context.js';
import type { EntityClass, ShopEntity } from './entity.js';
import type { Params, Scalar, Statement, Unit } from './sql.js';

/** A comparison other than equality; made by `oneOf`, `between`, `atLeast`, `below`, `contains`, `not`. */
export class Comparison {
  private constructor(readonly op: 'in' | 'between' | 'gte' | 'lt' | 'contains' | 'not', readonly values: readonly Scalar[]) {}
  static oneOf = (...values: readonly Scalar[]): Comparison => new Comparison('in', values);
  /** Both ends included. */
  static between = (low: number | string, high: number | string): Comparison => new Comparison('between', [low, high]);
  static atLeast = (value: number | string): Comparison => new Comparison('gte', [value]);
  static below = (value: number | string): Comparison => new Comparison('lt', [value]);
  /** Case-insensitive substring; wildcards in the text are taken literally. */
  static contains = (value: string): Comparison => new Comparison('contains', [value]);
  static not = (value: Scalar): Comparison => new Comparison('not', [value]);
}
export const { oneOf, between, atLeast, below, contains, not } = Comparison;

/** Conditions by property, joined by AND. `null` means IS NULL; `undefined` is refused (a forgotten filter must not widen a query). */
export type Where<E> = { readonly [K in keyof E]?: Scalar | Comparison };

export interface FindOptions<E> {
  readonly order?: { readonly [K in keyof E]?: 'asc' | 'desc' };
  /** At most 1,000; 200 if not given. */
  readonly limit?: number;
}

export interface PageRequest {
  /** 1–200; 50 if not given. */
  readonly limit?: number | undefined;
  /** Opaque, from the previous page. */
  readonly cursor?: string | undefined;
}
export interface Page<T> {
  readonly items: T[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Reads. Every call adds the shop; a row of another shop can be neither seen nor named. */
export interface Reader {
  one<Row>(statement: Statement<Row>, params?: Params): Promise<Row | undefined>;
  many<Row>(statement: Statement<Row>, params?: Params): Promise<Row[]>;
  /** Like `many` for more than 5,000 rows: on SQLite it runs in a worker thread, so that the event loop goes on. */
  scan<Row>(statement: Statement<Row>, params?: Params): Promise<Row[]>;
  find<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, options?: FindOptions<E>): Promise<E[]>;
  findOne<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<E | undefined>;
  count<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number>;
  /** A page ordered by one column and then by id. The cursor names a position, not an offset: new rows do not shift it. */
  page<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, order: { readonly by: keyof E & string; readonly direction: 'asc' | 'desc' }, request: PageRequest): Promise<Page<E>>;
}

/** Reads and writes of one open unit of work. */
export interface WriteUnit extends Reader {
  run(statement: Statement<unknown>, params?: Params): Promise<number>;
  /** Inserts; `id` is made when missing, times are filled. Answers the stored row. */
  insert<E extends ShopEntity>(entity: EntityClass<E>, values: Insertable<E>): Promise<E>;
  /** Rows changed. `updatedAt` is filled. */
  update<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, set: Partial<Omit<E, 'id' | 'shopId' | 'createdAt'>>): Promise<number>;
  delete<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number>;
  /** Runs generator steps inside this unit. */
  steps<T>(unit: Unit<T>): Promise<T>;
}

type Optional<E> = { [K in keyof E]-?: null extends E[K] ? K : never }[keyof E];
/** Values for an insert: columns that may be null can be left out. */
export type Insertable<E extends ShopEntity> =
  Omit<E, 'id' | 'shopId' | 'createdAt' | 'updatedAt' | Optional<E>> & Partial<Pick<E, Optional<E>>> & { readonly id?: string };

/**
 * The three doors into the database; there is no fourth.
 * A call whose `ctx` carries an open unit joins it. An outer `ctx` used inside a unit throws `GX_UNIT_NESTED`.
 */
export interface Database {
  /** Never writes. */
  read<T>(ctx: ShopContext, fn: (q: Reader) => Promise<T>): Promise<T>;
  /** An asynchronous unit of work for ordinary screens and jobs. Use the `ctx` it hands you. Do not wait for the network inside. */
  write<T>(ctx: ShopContext, fn: (unit: WriteUnit, ctx: ShopContext) => Promise<T>): Promise<T>;
  /**
   * A short unit for whatever a crowd can hit. `key` names the hot row: units of one key run in the order of their arrival, up to 64 in one
   * commit. The generator may be run again after a serialisation failure, so it must have no effects besides its statements.
   * Errors: 503 `GX_BUSY` with Retry-After when the queue is full.
   */
  hot<T>(ctx: ShopContext, key: string, unit: (ctx: ShopContext) => Unit<T>): Promise<T>;
}
