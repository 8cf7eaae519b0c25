import type { DataSource, Driver, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { GxError, type EntityClass, type Scalar, type ShopEntity } from '../plugin-api/index.js';
import type { Row } from './session.js';

/** How one entity lies in its table, as TypeORM's metadata tells it. */
export class EntityShape<E extends ShopEntity = ShopEntity> {
  readonly table: string;
  /** Every column, in the order of the entity; for SELECT and RETURNING. */
  readonly list: string;
  readonly #columns = new Map<string, ColumnMetadata>();

  constructor(readonly entity: EntityClass<E>, readonly driver: Driver, columns: readonly ColumnMetadata[], table: string) {
    this.table = table;
    for (const column of columns) this.#columns.set(column.propertyName, column);
    for (const needed of ['shopId', 'id', 'createdAt', 'updatedAt']) this.column(needed, 'GX_ENTITY');
    this.list = columns.map((column) => column.databaseName).join(', ');
  }

  get name(): string { return this.entity.name; }

  column(property: string, code: `GX_${string}` = 'GX_WHERE'): ColumnMetadata {
    const column = this.#columns.get(property);
    if (!column) throw new GxError(code, 500, `${this.name} has no property "${property}". It has: ${[...this.#columns.keys()].join(', ')}.`);
    return column;
  }

  /** A property's value as it is stored. */
  stored(property: string, given: unknown): Scalar {
    return this.driver.preparePersistentValue(given, this.column(property)) as Scalar;
  }

  /** A row as an entity. Every entity that leaves the data layer is asserted to be the shop's. */
  entityOf(row: Row, shopId: number): E {
    const entity = new this.entity();
    const target = entity as unknown as Row;
    for (const [property, column] of this.#columns) target[property] = this.driver.prepareHydratedValue(row[column.databaseName], column) as unknown;
    if (entity.shopId !== shopId) throw new GxError('GX_SHOP_BREACH', 500, `A ${this.name} of another shop was about to be answered; the request was stopped. This is a defect of the data layer.`);
    return entity;
  }
}

/** The entities of a store, by class. */
export class EntityShapes {
  readonly #shapes = new Map<EntityClass, EntityShape>();

  constructor(source: DataSource, described: readonly EntityMetadata[] = []) {
    for (const metadata of [...source.entityMetadatas, ...described]) {
      const entity = metadata.target as EntityClass;
      this.#shapes.set(entity, new EntityShape(entity, source.driver, metadata.columns, metadata.tableName));
    }
  }

  of<E extends ShopEntity>(entity: EntityClass<E>): EntityShape<E> {
    const shape = this.#shapes.get(entity);
    if (!shape) throw new GxError('GX_ENTITY', 500, `${entity?.name ?? String(entity)} is not registered with the database. List it under "entities" of the plugin or of the folder's schema.ts.`);
    return shape as unknown as EntityShape<E>;
  }
}
