import type { Database, EntityClass, FindOptions, Insertable, Page, PageRequest, Params, ShopContext, ShopEntity, Statement, Unit, Where, WriteUnit } from '../plugin-api/index.js';
import { prefixOf } from '../privacy/plugin-tables.js';
import type { RowUse } from './row-use.js';
import type { StoredRows } from './stored-rows.service.js';

const CHANGES = /^\s*(?:WITH\b[\s\S]*?\)\s*)?(INSERT\s+INTO|DELETE\s+FROM)\s+([a-z0-9_]+)/i;
type Sign = 1 | 0 | -1;
/** Which way a plugin's statements move the number of its rows; 0 for what does not, and for the host's own statements in the same unit. */
class Signs {
  readonly #known = new WeakMap<Statement<unknown>, Sign>();
  constructor(private readonly prefix: string) {}

  of(statement: Statement<unknown>): Sign {
    let sign = this.#known.get(statement);
    if (sign === undefined) {
      const [, verb, table] = statement.writes ? CHANGES.exec(statement.text) ?? [] : [];
      sign = !table?.toLowerCase().startsWith(this.prefix) ? 0 : verb!.toLowerCase().startsWith('insert') ? 1 : -1;
      this.#known.set(statement, sign);
    }
    return sign;
  }
}

/** Rows that a statement of any form changed. */
const rowsOf = (answer: unknown): number => (typeof answer === 'number' ? answer : Array.isArray(answer) ? answer.length : answer === undefined ? 0 : 1);

/** What one unit of work adds; a unit that is run again begins at nothing. */
class Tally {
  added = 0;
  constructor(private readonly use: RowUse, private readonly signs: Signs) {}

  before(statement: Statement<unknown>): Sign {
    const sign = this.signs.of(statement);
    if (sign === 1) this.use.assertRoom(this.added);
    return sign;
  }

  *steps<T>(unit: Unit<T>): Unit<T> {
    let move = unit.next();
    while (!move.done) {
      let answer: unknown;
      try {
        const sign = this.before(move.value.statement);
        answer = yield move.value;
        if (sign !== 0) this.added += sign * rowsOf(answer);
      } catch (error) { move = unit.throw(error); continue; }
      move = unit.next(answer);
    }
    return move.value;
  }

  /** To be called once the unit is in the database. */
  keep(): void { this.use.added(this.added); }
  room(): void { this.use.assertRoom(this.added); }
}

/** The unit of work of `db.write`, counted. */
class CountedUnit implements WriteUnit {
  constructor(private readonly unit: WriteUnit, private readonly tally: Tally) {}

  one<R>(statement: Statement<R>, params?: Params): Promise<R | undefined> { return this.#counted(statement, () => this.unit.one(statement, params)); }
  many<R>(statement: Statement<R>, params?: Params): Promise<R[]> { return this.#counted(statement, () => this.unit.many(statement, params)); }
  scan<R>(statement: Statement<R>, params?: Params): Promise<R[]> { return this.#counted(statement, () => this.unit.scan(statement, params)); }
  run(statement: Statement<unknown>, params?: Params): Promise<number> { return this.#counted(statement, () => this.unit.run(statement, params)); }
  steps<T>(unit: Unit<T>): Promise<T> { return this.unit.steps(this.tally.steps(unit)); }
  find<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, options?: FindOptions<E>): Promise<E[]> { return this.unit.find(entity, where, options); }
  findOne<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<E | undefined> { return this.unit.findOne(entity, where); }
  count<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> { return this.unit.count(entity, where); }
  page<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, order: { readonly by: keyof E & string; readonly direction: 'asc' | 'desc' }, request: PageRequest): Promise<Page<E>> {
    return this.unit.page(entity, where, order, request);
  }
  async insert<E extends ShopEntity>(entity: EntityClass<E>, values: Insertable<E>): Promise<E> {
    this.tally.room();
    const row = await this.unit.insert(entity, values);
    this.tally.added += 1;
    return row;
  }
  update<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, set: Partial<Omit<E, 'id' | 'shopId' | 'createdAt'>>): Promise<number> { return this.unit.update(entity, where, set); }
  async delete<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> {
    const gone = await this.unit.delete(entity, where);
    this.tally.added -= gone;
    return gone;
  }

  async #counted<T>(statement: Statement<unknown>, run: () => Promise<T>): Promise<T> {
    const sign = this.tally.before(statement);
    const answer = await run();
    if (sign !== 0) this.tally.added += sign * rowsOf(answer);
    return answer;
  }
}

/**
 * The database as one plugin is handed it: what its units add is counted, and new rows are refused (`GX_QUOTA` 429) where it is full. Reading,
 * changing and deleting go on. An INSERT that turns into an update counts as a row until the next count.
 */
export function quotaDatabase(plugin: string, store: Database, rows: StoredRows): Database {
  const signs = new Signs(prefixOf(plugin));
  const counted = <T>(ctx: ShopContext, run: (tally: Tally) => Promise<T>): Promise<T> => {
    const use = rows.of(ctx, plugin);
    const tally = new Tally(use, signs);
    const go = async (): Promise<T> => { const result = await run(tally); tally.keep(); return result; };
    const wait = rows.before(ctx, use);
    return wait ? wait.then(go) : go();
  };
  return {
    read: (ctx, fn) => store.read(ctx, fn),
    write: (ctx, fn) => counted(ctx, (tally) => store.write(ctx, (unit, inner) => { tally.added = 0; return fn(new CountedUnit(unit, tally), inner); })),
    hot: (ctx, key, unit) => counted(ctx, (tally) => store.hot(ctx, key, (inner) => { tally.added = 0; return tally.steps(unit(inner)); })),
  };
}
