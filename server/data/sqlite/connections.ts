import Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import type { EntityClass } from '../../plugin-api/index.js';
import { guardArguments } from '../scalar-guard.js';

/** A waiting driver stops the event loop, and only a stranger can hold the file: wait shortly. */
const BUSY_MS = 1_000;

/** Wraps `prepare`, so that whatever path a value takes to the driver, a list or an object throws instead of shifting parameters. */
function guard(database: Database.Database): void {
  const prepare = database.prepare.bind(database);
  const guarded = (text: string): Database.Statement<unknown[]> => {
    const statement = prepare<unknown[]>(text);
    for (const method of ['run', 'get', 'all', 'iterate'] as const) {
      const original = statement[method].bind(statement) as (...values: unknown[]) => never;
      statement[method] = (...values: unknown[]): never => {
        guardArguments(values);
        return original(...values.map((value) => (typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value)));
      };
    }
    return statement;
  };
  database.prepare = guarded as typeof database.prepare;
}

/** Full durability: every commit is on the disk before it is answered. */
export function prepareWriter(database: Database.Database): void {
  database.pragma(`busy_timeout = ${BUSY_MS}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -32000');
  database.pragma('journal_size_limit = 67108864');
}

export interface Writer {
  readonly source: DataSource;
  readonly database: Database.Database;
  /** The driver's own `prepare`, for statements whose values were checked when they were bound. */
  readonly prepare: (text: string) => Database.Statement<unknown[]>;
}

/** The one connection that writes, shared by TypeORM and the prepared statements. */
export async function openWriter(file: string, entities: readonly EntityClass[]): Promise<Writer> {
  let opened: Omit<Writer, 'source'> | undefined;
  const source = new DataSource({
    type: 'better-sqlite3', database: file, entities: [...entities], synchronize: false, logging: false,
    prepareDatabase: (database: Database.Database) => {
      prepareWriter(database);
      opened = { database, prepare: database.prepare.bind(database) as Writer['prepare'] };
      guard(database);
    },
  });
  await source.initialize();
  return { source, ...opened! };
}

/** A connection that cannot write, whatever it is asked. */
export function openReader(file: string): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  database.pragma('query_only = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -32000');
  return database;
}
