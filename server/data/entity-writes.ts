import { GxError, newId, type EntityClass, type Insertable, type Instant, type Scalar, type ShopEntity, type Where } from '../plugin-api/index.js';
import type { EntityShape, EntityShapes } from './entity-shape.js';
import { EntityReads, type RunText } from './entity-reads.js';
import { ParamList, whereSql } from './entity-where.js';
import { assertScalar } from './scalar-guard.js';
import type { Row } from './session.js';

const FILLED = new Set(['shopId', 'createdAt', 'updatedAt']);

/** Reading and writing entities of one shop. There is no save and no upsert: a write names the columns it means. */
export class EntityWrites extends EntityReads {
  constructor(shopId: number, shapes: EntityShapes, run: RunText, private readonly now: Instant) { super(shopId, shapes, run); }

  async insert<E extends ShopEntity>(entity: EntityClass<E>, values: Insertable<E>): Promise<E> {
    const shape = this.shapes.of(entity);
    const list = new ParamList();
    const given = { id: newId(), ...withoutUndefined(values) };
    const names = ['shop_id', 'created_at', 'updated_at'];
    const marks = [':shop', list.add(this.now), list.add(this.now)];
    for (const [property, raw] of Object.entries(given)) {
      names.push(shape.column(property, 'GX_VALUES').databaseName);
      marks.push(list.add(stored(shape, property, raw)));
    }
    const row = await this.run('one', `INSERT INTO ${shape.table} (${names.join(', ')}) VALUES (${marks.join(', ')}) RETURNING ${shape.list}`, list.params) as Row;
    return shape.entityOf(row, this.shopId);
  }

  async update<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>, set: Partial<Omit<E, 'id' | 'shopId' | 'createdAt'>>): Promise<number> {
    const shape = this.shapes.of(entity);
    const list = new ParamList();
    const parts = [`updated_at = ${list.add(this.now)}`];
    for (const [property, raw] of Object.entries(set)) {
      if (property === 'updatedAt') continue;
      if (property === 'id') throw new GxError('GX_VALUES', 400, `${shape.name}.id cannot be changed.`);
      if (raw === undefined) throw new GxError('GX_VALUES', 500, `${shape.name}.${property} is set to undefined. Leave it out to keep it, or set null to empty it.`);
      parts.push(`${shape.column(property, 'GX_VALUES').databaseName} = ${list.add(stored(shape, property, raw))}`);
    }
    return await this.run('run', `UPDATE ${shape.table} SET ${parts.join(', ')}${whereSql(shape, where, list)}`, list.params) as number;
  }

  async delete<E extends ShopEntity>(entity: EntityClass<E>, where: Where<E>): Promise<number> {
    const shape = this.shapes.of(entity);
    const list = new ParamList();
    return await this.run('run', `DELETE FROM ${shape.table}${whereSql(shape, where, list)}`, list.params) as number;
  }
}

/** A left-out value keeps the column's own default. */
const withoutUndefined = (values: object): Row => Object.fromEntries(Object.entries(values).filter(([, raw]) => raw !== undefined));

function stored(shape: EntityShape<never> | EntityShape, property: string, raw: unknown): Scalar {
  if (FILLED.has(property) || (property === 'id' && typeof raw !== 'string')) throw new GxError('GX_VALUES', 400, `${shape.name}.${property} cannot be set here; the data layer fills it.`);
  const value = shape.stored(property, raw) as unknown;
  assertScalar(property, value);
  return value;
}
