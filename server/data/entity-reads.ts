import { GxError, type EntityClass, type FindOptions, type Page, type PageRequest, type Params, type Scalar, type ShopEntity, type Where } from '../plugin-api/index.js';
import type { EntityShape, EntityShapes } from './entity-shape.js';
import { ParamList, whereSql } from './entity-where.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';
import type { Row, Want } from './session.js';

/** Runs a text with named parameters for one shop. */
export type RunText = (want: Want, text: string, params: Params) => Promise<unknown>;

const FIND_LIMIT = 1_000;
const PAGE_LIMIT = 200;

function limitOf(given: number | undefined, fallback: number, most: number): number {
  const limit = given ?? fallback;
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new GxError('GX_LIMIT', 400, `The limit must be a whole number from 1 to ${most}.`);
  return limit;
}

/** Rows without a value sort as the smallest, on both engines. */
const orderBy = (name: string, direction: string): string => (direction === 'desc' ? `${name} DESC NULLS LAST` : `${name} ASC NULLS FIRST`);

function direction(given: unknown): 'asc' | 'desc' {
  if (given !== 'asc' && given !== 'desc') throw new GxError('GX_ORDER', 400, 'The order must be "asc" or "desc".');
  return given;
}

/** Reading entities of one shop, over whatever runs its statements. */
export class EntityReads {
  constructor(protected readonly shopId: number, protected readonly shapes: EntityShapes, protected readonly run: RunText) {}

  async find<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, options: FindOptions<E> = {}): Promise<E[]> {
    const shape = this.shapes.of(entity);
    const list = new ParamList();
    const order = Object.entries(options.order ?? {}).map(([property, way]) => orderBy(shape.column(property, 'GX_ORDER').databaseName, direction(way)));
    const limit = limitOf(options.limit, 200, FIND_LIMIT);
    const text = `SELECT ${shape.list} FROM ${shape.table}${whereSql(shape, where, list)} ORDER BY ${[...order, 'id ASC'].join(', ')} LIMIT ${list.add(limit)}`;
    return this.#entities(shape, await this.run('many', text, list.params));
  }

  async findOne<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<E | undefined> {
    return (await this.find(entity, where, { limit: 1 }))[0];
  }

  async count<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> {
    const shape = this.shapes.of(entity);
    const list = new ParamList();
    const row = await this.run('one', `SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${shape.table}${whereSql(shape, where, list)}`, list.params) as Row;
    return Number(row['n']);
  }

  async page<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, order: { readonly by: keyof E & string; readonly direction: 'asc' | 'desc' }, request: PageRequest): Promise<Page<E>> {
    const shape = this.shapes.of(entity);
    const list = new ParamList();
    const limit = limitOf(request.limit, 50, PAGE_LIMIT);
    const way = direction(order.direction);
    const name = shape.column(order.by, 'GX_ORDER').databaseName;
    const key = `${shape.table}.${order.by}.${way}`;
    let text = `SELECT ${shape.list} FROM ${shape.table}${whereSql(shape, where, list)}`;
    if (request.cursor !== undefined) text += ` AND ${afterSql(name, way, decodeCursor(key, request.cursor), list)}`;
    text += ` ORDER BY ${orderBy(name, way)}, id ${way.toUpperCase()} LIMIT ${list.add(limit + 1)}`;
    const items = this.#entities(shape, await this.run('many', text, list.params));
    if (items.length <= limit) return { items };
    items.length = limit;
    const last = items[limit - 1]!;
    const at = shape.stored(order.by, last[order.by]) ?? null;
    return { items, next: encodeCursor(key, { at: typeof at === 'boolean' ? Number(at) : at, id: last.id }) };
  }

  #entities<E extends ShopEntity>(shape: EntityShape<E>, rows: unknown): E[] {
    return (rows as Row[]).map((row) => shape.entityOf(row, this.shopId));
  }
}

function afterSql(name: string, way: 'asc' | 'desc', position: { readonly at: Scalar; readonly id: string }, list: ParamList): string {
  const sign = way === 'asc' ? '>' : '<';
  const id = list.add(position.id);
  if (position.at === null) return way === 'asc' ? `(${name} IS NOT NULL OR id > ${id})` : `(${name} IS NULL AND id < ${id})`;
  const at = list.add(position.at);
  return `(${name} ${sign} ${at} OR (${name} = ${at} AND id ${sign} ${id})${way === 'desc' ? ` OR ${name} IS NULL` : ''})`;
}
