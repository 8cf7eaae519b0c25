import type { EntityClass, FindOptions, Page, PageRequest, Params, Reader, ShopContext, ShopEntity, Statement, Where } from '../plugin-api/index.js';
import { assertReads, bindParams, type CompiledStatement } from './compiled-statement.js';
import { EntityReads } from './entity-reads.js';
import type { EntityShapes } from './entity-shape.js';
import { normaliseError } from './database-error.js';
import type { Row, Session, Want } from './session.js';

/** Runs a compiled statement whose answer may be long. */
export type Scan = (compiled: CompiledStatement, values: ReturnType<typeof bindParams>) => Promise<Row[]>;

/** `db.read`: statements and entities of one shop on a connection that does not write. */
export class ShopReader implements Reader {
  readonly #entities: EntityReads;

  constructor(private readonly ctx: ShopContext, private readonly session: Session, shapes: EntityShapes, private readonly scanner: Scan) {
    this.#entities = new EntityReads(ctx.shop.id, shapes, (want, text, params) => this.#run(want, session.statements.text(text), params));
  }

  async #run(want: Want, compiled: CompiledStatement, params: Params): Promise<unknown> {
    assertReads(compiled);
    try {
      return await this.session.execute(want, compiled, bindParams(compiled, params, this.ctx.shop.id));
    } catch (error) { throw normaliseError(error); }
  }

  one<R>(statement: Statement<R>, params: Params = {}): Promise<R | undefined> {
    return this.#run('one', this.session.statements.of(statement as Statement<unknown>), params) as Promise<R | undefined>;
  }
  many<R>(statement: Statement<R>, params: Params = {}): Promise<R[]> {
    return this.#run('many', this.session.statements.of(statement as Statement<unknown>), params) as Promise<R[]>;
  }
  async scan<R>(statement: Statement<R>, params: Params = {}): Promise<R[]> {
    const compiled = this.session.statements.of(statement as Statement<unknown>);
    assertReads(compiled);
    try {
      return await this.scanner(compiled, bindParams(compiled, params, this.ctx.shop.id)) as R[];
    } catch (error) { throw normaliseError(error); }
  }
  find<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, options?: FindOptions<E>): Promise<E[]> { return this.#entities.find(entity, where, options); }
  findOne<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<E | undefined> { return this.#entities.findOne(entity, where); }
  count<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> { return this.#entities.count(entity, where); }
  page<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, order: { readonly by: keyof E & string; readonly direction: 'asc' | 'desc' }, request: PageRequest): Promise<Page<E>> {
    return this.#entities.page(entity, where, order, request);
  }
}
