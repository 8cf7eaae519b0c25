import type { EntityMetadata } from 'typeorm';
import type { Database, EntityClass, Migrator, Scalar } from '../plugin-api/index.js';
import type { MigrationClass } from '../plugin-api/migration.js';

export type Engine = 'sqlite' | 'postgres';

/** Where the data lives: a SQLite file, or a PostgreSQL address. */
export type DataLocation = { readonly engine: 'sqlite'; readonly file: string } | { readonly engine: 'postgres'; readonly url: string };

export interface DataStoreOptions {
  readonly location: DataLocation;
  /** Every entity of the core; fixed once the store is open. */
  readonly entities: readonly EntityClass[];
  /** Those of plugins, which were described when they were checked. */
  readonly described?: readonly EntityMetadata[];
  /** Units that may wait for the writer before new ones are refused with 503; 2,000 if not given. */
  readonly queueLimit?: number;
  /** A `db.write` that sends no statement for so long is given up (`GX_UNIT_TIMEOUT`); 10,000 ms if not given. */
  readonly unitIdleMs?: number;
  /** PostgreSQL: how long a statement waits for what another transaction has locked before its caller is told to come back (`GX_BUSY`); 2,000 ms if not given. */
  readonly lockWaitMs?: number;
}

/**
 * A statement across shops, for the few places of the core that need one (finding shops, claiming due work). Listed by the import test;
 * plugins cannot make one.
 */
export class SystemStatement<Row = Record<string, Scalar>> {
  declare readonly row: Row;
  constructor(readonly text: string, readonly postgres: string = text) {}
}

/** The open database of a process: the three doors, and the system door for the core's own cross-shop work. */
export interface DataStore extends Database {
  readonly engine: Engine;
  readonly system: {
    many<Row>(statement: SystemStatement<Row>, params?: Readonly<Record<string, Scalar>>): Promise<Row[]>;
    /** A single statement that writes, in a transaction of its own. With RETURNING its rows are answered. */
    run<Row>(statement: SystemStatement<Row>, params?: Readonly<Record<string, Scalar>>): Promise<Row[]>;
  };
  /** Tells other nodes that something cached changed, e.g. `install`. On SQLite only this process listens. */
  notify(channel: string, payload: string): Promise<void>;
  onNotify(channel: string, listener: (payload: string) => void): void;
  /** Answers when the database can be written and read; throws otherwise. */
  ping(): Promise<void>;
  readonly stats: { readonly waiting: number; readonly commits: number; readonly units: number };
  /** Copies a consistent snapshot of a SQLite database to `file`; PostgreSQL answers `GX_BACKUP_ENGINE` and names pg_dump. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the store; implemented in `open-data-store.ts`. Refuses a SQLite file that another process holds (`GX_DATA_LOCKED`). */
export type OpenDataStore = (options: DataStoreOptions) => Promise<DataStore>;

/** Runs an owner's pending migrations with a short-lived data source, before the store opens. `historyTable`: `core_migrations` or `plg_<id>_migrations`. */
export type Migrate = (location: DataLocation, historyTable: string, migrations: readonly MigrationClass[], direction?: 'up' | 'down') => Promise<readonly string[]>;

/** Runs the pending migrations of several owners under one lock, which is taken with the first of them. */
export interface Migrations {
  run(historyTable: string, migrations: readonly MigrationClass[], direction?: 'up' | 'down'): Promise<readonly string[]>;
  close(): Promise<void>;
}

export type { Migrator };
