import 'reflect-metadata';
import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { columnName, type ColumnSpec } from './columns.js';
import type { Instant } from './context.js';
import { noteColumn, noteTable } from './entity-columns.js';

const integers: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (typeof value === 'string' ? Number(value) : value),
};
const flags: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'boolean' ? Number(value) : value),
  from: (value: unknown) => (value === null || value === undefined ? value : Boolean(Number(value))),
};
const documents: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

/** Declares a table: `@Table('plg_reviews_monitor_review')`. A plugin's tables start with `plg_<id>_`. */
export const Table = (name: string): ClassDecorator => (entity) => {
  noteTable(entity, name);
  Entity({ name, synchronize: false })(entity);
};

/** Declares a column from the kit: `@Field(text({ max: 80 })) title!: string`. */
export function Field(spec: ColumnSpec): PropertyDecorator {
  return (target, property) => {
    noteColumn(target.constructor, columnName(String(property)), spec);
    const transformer = spec.kind === 'json' ? documents : spec.kind === 'flag' ? flags
      : spec.kind === 'id' || spec.kind === 'text' || spec.kind === 'date' ? undefined : integers;
    Column({
      name: columnName(String(property)), nullable: spec.nullable,
      type: spec.kind === 'id' || spec.kind === 'text' || spec.kind === 'date' || spec.kind === 'json' ? 'text'
        : spec.kind === 'flag' ? 'integer' : spec.kind === 'real' ? 'double precision' : 'bigint',
      ...(transformer ? { transformer } : {}),
    })(target, property);
  };
}

/** What every tenant row has: primary key `(shop_id, id)` and two times. The data layer fills them. */
export abstract class ShopEntity {
  @PrimaryColumn({ name: 'shop_id', type: 'integer' }) shopId!: number;
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ name: 'created_at', type: 'bigint', transformer: integers }) createdAt!: Instant;
  @Column({ name: 'updated_at', type: 'bigint', transformer: integers }) updatedAt!: Instant;
}

export type EntityClass<E extends ShopEntity = ShopEntity> = new () => E;
