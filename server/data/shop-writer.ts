import type { EntityClass, FindOptions, Insertable, Page, PageRequest, Params, ShopContext, ShopEntity, Statement, Unit, Where, WriteUnit } from '../plugin-api/index.js';
import { bindParams, type CompiledStatement } from './compiled-statement.js';
import { normaliseError } from './database-error.js';
import type { EntityShapes } from './entity-shape.js';
import { EntityWrites } from './entity-writes.js';
import type { ActiveUnit } from './open-unit.js';
import type { Session, Want } from './session.js';

/** The connection of one open unit: statements in the order they are asked for, and generators as one indivisible piece each. */
export interface UnitSession extends Session {
  steps<T>(shopId: number, unit: Unit<T>): Promise<T>;
}

/**
 * One open unit of work. After a failed statement the unit is spoilt: PostgreSQL refuses everything that follows, so SQLite does too,
 * and the unit cannot be committed. `steps` are undone as a whole when they fail, and leave the unit usable.
 */
export class ShopWriter implements WriteUnit {
  readonly #entities: EntityWrites;
  #failure: unknown;

  constructor(private readonly ctx: ShopContext, private readonly token: ActiveUnit, private readonly session: UnitSession, shapes: EntityShapes) {
    this.#entities = new EntityWrites(ctx.shop.id, shapes, (want, text, params) => this.#run(want, session.statements.text(text), params), ctx.now);
  }

  /** The error that spoilt the unit. */
  get failure(): unknown { return this.#failure; }

  async #run(want: Want, compiled: CompiledStatement, params: Params): Promise<unknown> {
    this.token.assertOpen();
    const values = bindParams(compiled, params, this.ctx.shop.id);
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.session.execute(want, compiled, values);
    } catch (error) {
      const normal = normaliseError(error);
      this.#failure ??= normal;
      throw normal;
    }
  }

  one<R>(statement: Statement<R>, params: Params = {}): Promise<R | undefined> {
    return this.#run('one', this.session.statements.of(statement as Statement<unknown>), params) as Promise<R | undefined>;
  }
  many<R>(statement: Statement<R>, params: Params = {}): Promise<R[]> {
    return this.#run('many', this.session.statements.of(statement as Statement<unknown>), params) as Promise<R[]>;
  }
  /** Inside a unit a scan must see the unit's own rows, so it runs on its connection. */
  scan<R>(statement: Statement<R>, params: Params = {}): Promise<R[]> { return this.many(statement, params); }
  run(statement: Statement<unknown>, params: Params = {}): Promise<number> {
    return this.#run('run', this.session.statements.of(statement), params) as Promise<number>;
  }
  async steps<T>(unit: Unit<T>): Promise<T> {
    this.token.assertOpen();
    if (this.#failure !== undefined) throw this.#failure;
    try { return await this.session.steps(this.ctx.shop.id, unit); } catch (error) { throw normaliseError(error); }
  }

  find<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, options?: FindOptions<E>): Promise<E[]> { return this.#entities.find(entity, where, options); }
  findOne<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<E | undefined> { return this.#entities.findOne(entity, where); }
  count<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> { return this.#entities.count(entity, where); }
  page<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, order: { readonly by: keyof E & string; readonly direction: 'asc' | 'desc' }, request: PageRequest): Promise<Page<E>> {
    return this.#entities.page(entity, where, order, request);
  }
  insert<E extends ShopEntity>(entity: EntityClass<E>, values: Insertable<E>): Promise<E> { return this.#entities.insert(entity, values); }
  update<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, set: Partial<Omit<E, 'id' | 'shopId' | 'createdAt'>>): Promise<number> {
    return this.#entities.update(entity, where, set);
  }
  delete<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> { return this.#entities.delete(entity, where); }
}
