import type { Pool } from 'pg';
import type { ShopContext, Unit, WriteUnit } from '../../plugin-api/index.js';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import { normaliseError } from '../database-error.js';
import { driveLater } from '../drive.js';
import type { EntityShapes } from '../entity-shape.js';
import type { IdempotencyRecord } from '../idempotency-record.js';
import { idleLimit } from '../idle-limit.js';
import { ActiveUnit, runInside } from '../open-unit.js';
import type { Want } from '../session.js';
import { ShopWriter, type UnitSession } from '../shop-writer.js';
import type { HotGroups } from './hot-group.js';
import { PgTransaction } from './pg-transaction.js';
import type { PostgresSession } from './postgres-session.js';

/** One open transaction. Pieces follow each other in the order they were asked for, so that savepoints of concurrent calls cannot interleave. */
class PgUnitSession implements UnitSession {
  #tail: Promise<unknown> = Promise.resolve();
  readonly #session: PostgresSession;

  constructor(readonly transaction: PgTransaction, session: PostgresSession, private readonly groups: HotGroups) { this.#session = session.on(transaction); }

  get statements() { return this.#session.statements; }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => {});
    return result;
  }

  /** Waits for pieces that nobody waited for. */
  async settled(): Promise<void> { await this.#tail; }

  execute(want: Want, compiled: CompiledStatement, values: Bound[]): Promise<unknown> {
    return this.#queued(() => this.#session.execute(want, compiled, values));
  }

  steps<T>(shopId: number, unit: Unit<T>): Promise<T> {
    return this.#queued(async () => {
      this.transaction.mark();
      try {
        const result = await driveLater(unit, this.groups.stepper(shopId, this.#session), this.groups.advance);
        this.transaction.release();
        return result;
      } catch (error) {
        await this.transaction.undo();
        throw error;
      }
    });
  }
}

export interface PgWriteParts {
  readonly pool: Pool;
  readonly session: PostgresSession;
  readonly groups: HotGroups;
  readonly shapes: EntityShapes;
  readonly owner: object;
  readonly idleMs: number;
}

/** One run of `db.write`'s callback in a transaction. */
export async function pgWriteUnit<T>(parts: PgWriteParts, ctx: ShopContext, record: IdempotencyRecord | undefined, fn: (unit: WriteUnit, ctx: ShopContext) => Promise<T>): Promise<T> {
  const shopId = ctx.shop.id;
  const transaction = new PgTransaction(await parts.pool.connect());
  const session = new PgUnitSession(transaction, parts.session, parts.groups);
  const token = new ActiveUnit('write', shopId, parts.owner);
  const inner: ShopContext = { ...ctx, tx: token };
  const unit = new ShopWriter(inner, token, session, parts.shapes);
  token.unit = unit;
  let result: T;
  try {
    result = await idleLimit(parts.idleMs, transaction, runInside(token, () => fn(unit, inner)));
    token.open = false;
    await session.settled();
    if (unit.failure !== undefined) throw unit.failure;
    if (!record || await session.steps(shopId, record.store(result))) {
      await transaction.commit();
      parts.groups.commits += 1;
      parts.groups.units += 1;
      return result;
    }
  } catch (error) {
    token.open = false;
    await transaction.rollback();
    const stored = await stepsOutside(parts, shopId, record);
    if (stored) return stored.result as T;
    throw normaliseError(error);
  }
  await transaction.rollback();
  return ((await stepsOutside(parts, shopId, record)) ?? { result }).result as T;
}

/** The stored answer, read when the failed transaction has gone. */
const stepsOutside = async (parts: PgWriteParts, shopId: number, record: IdempotencyRecord | undefined): Promise<{ readonly result: unknown } | undefined> =>
  record && driveLater(record.lookUp(), parts.groups.stepper(shopId, parts.session));
