import { AsyncResource } from 'node:async_hooks';
import type { ShopContext, Unit, WriteUnit } from '../../plugin-api/index.js';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import { normaliseError } from '../database-error.js';
import type { EntityShapes } from '../entity-shape.js';
import { idleLimit } from '../idle-limit.js';
import type { IdempotencyRecord } from '../idempotency-record.js';
import { ActiveUnit, runInside } from '../open-unit.js';
import type { Want } from '../session.js';
import { ShopWriter, type UnitSession } from '../shop-writer.js';
import type { GroupCommit } from './group-commit.js';
import type { SqliteSession } from './sqlite-session.js';

/** The writer's connection as one unit sees it; remembers when it was last used. */
class SqliteUnitSession implements UnitSession {
  usedAt = performance.now();
  constructor(private readonly session: SqliteSession, private readonly group: GroupCommit) {}
  get statements() { return this.session.statements; }
  execute(want: Want, compiled: CompiledStatement, values: Bound[]): unknown {
    this.usedAt = performance.now();
    return this.session.execute(want, compiled, values);
  }
  steps<T>(shopId: number, unit: Unit<T>): Promise<T> {
    this.usedAt = performance.now();
    return Promise.resolve(this.group.inside(shopId, unit));
  }
}

export interface ExclusiveParts {
  readonly session: SqliteSession;
  readonly group: GroupCommit;
  readonly shapes: EntityShapes;
  readonly owner: object;
  readonly idleMs: number;
}

/** Prepares `db.write`'s callback to be run when the writer is free; what it calls keeps the asynchronous context of the caller. */
export function exclusiveUnit<T>(parts: ExclusiveParts, ctx: ShopContext, record: IdempotencyRecord | undefined, fn: (unit: WriteUnit, ctx: ShopContext) => Promise<T>): () => Promise<T> {
  const { session: { database }, group } = parts;
  const rollback = (): void => { if (database.inTransaction) database.exec('ROLLBACK'); };
  const replay = (error: unknown): T => {
    const stored = record && group.inside(ctx.shop.id, record.lookUp());
    if (!stored) throw error;
    return stored.result as T;
  };

  return AsyncResource.bind(async (): Promise<T> => {
    const token = new ActiveUnit('write', ctx.shop.id, parts.owner);
    const inner: ShopContext = { ...ctx, tx: token };
    const session = new SqliteUnitSession(parts.session, group);
    const unit = new ShopWriter(inner, token, session, parts.shapes);
    token.unit = unit;
    try {
      database.exec('BEGIN IMMEDIATE');
      const result = await idleLimit(parts.idleMs, session, runInside(token, () => fn(unit, inner)));
      if (unit.failure !== undefined) throw unit.failure;
      token.open = false;
      if (record && !group.inside(ctx.shop.id, record.store(result))) { rollback(); return replay(new Error('The stored answer has gone.')); }
      database.exec('COMMIT');
      group.commits += 1;
      group.units += 1;
      return result;
    } catch (error) {
      token.open = false;
      rollback();
      return replay(normaliseError(error));
    }
  });
}
