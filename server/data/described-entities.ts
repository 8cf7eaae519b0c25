import { DataSource, type EntityMetadata } from 'typeorm';
import type { EntityClass } from '../plugin-api/index.js';
import type { Engine } from './data-store.js';

/** What TypeORM knows of an entity; the host hands it on and looks at its table alone. */
export type DescribedEntity = EntityMetadata;
export type DescribedEntities = ReadonlyMap<EntityClass, DescribedEntity>;

class Unconnected extends DataSource {
  /** TypeORM checks entities only while it connects; this does the same before, and the store takes what it found as it is. */
  async described(): Promise<DescribedEntities> {
    await this.buildMetadatas();
    return new Map(this.entityMetadatas.map((metadata) => [metadata.target as EntityClass, metadata]));
  }
}

/** Checks entities for an engine without a connection. Throws what TypeORM has against one of them. */
export const describeEntities = (engine: Engine, entities: readonly EntityClass[]): Promise<DescribedEntities> =>
  new Unconnected(engine === 'sqlite' ? { type: 'better-sqlite3', database: ':memory:', entities: [...entities] } : { type: 'postgres', entities: [...entities] }).described();
