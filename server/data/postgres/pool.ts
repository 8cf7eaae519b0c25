import pg from 'pg';
import { DataSource } from 'typeorm';
import { GxError, type EntityClass } from '../../plugin-api/index.js';
import { guardArguments } from '../scalar-guard.js';

const INT8 = 20;
const NUMERIC = 1700;
const BOOLEAN = 16;

function exactNumber(text: string): number {
  const parsed = Number(text);
  if (Number.isInteger(parsed) && !Number.isSafeInteger(parsed)) {
    throw new GxError('GX_NUMBER_RANGE', 500, `The database answered ${text}, which no JavaScript number can hold exactly. Ask for a smaller range.`);
  }
  return parsed;
}

/** The same answers as SQLite's: whole numbers and sums are numbers, conditions are 0 or 1. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return exactNumber;
    if (oid === BOOLEAN) return (text: string) => (text === 't' ? 1 : 0);
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
};

/** A client that refuses lists and objects, whatever path they take, and survives being cut off while it is idle. */
class GuardedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // The next statement reports the loss; without a listener the event would end the process.
    this.on('error', () => {});
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    this.query = ((...given: unknown[]): unknown => {
      const [first, second] = given;
      if (Array.isArray(second)) guardArguments(second);
      const { values } = Object(first) as { readonly values?: unknown };
      if (Array.isArray(values)) guardArguments(values);
      return query(...given);
    }) as typeof this.query;
  }
}

export interface Connections { readonly source: DataSource; readonly pool: pg.Pool }

/** How long a caller waits for one of the connections before it is told to come back. */
const POOL_WAIT_MS = 10_000;

/** Ten connections; every statement, lock and pause has its time limit, set when the connection is made. */
export async function openPool(url: string, entities: readonly EntityClass[], lockWaitMs = 2_000): Promise<Connections> {
  const source = new DataSource({
    type: 'postgres', url, entities: [...entities], synchronize: false, logging: false, installExtensions: false,
    poolSize: 10, applicationName: 'guanxi', poolErrorHandler: () => {},
    extra: {
      types, Client: GuardedClient, pipeline: true, keepAlive: true, connectionTimeoutMillis: POOL_WAIT_MS,
      statement_timeout: lockWaitMs + 3_000, lock_timeout: lockWaitMs, idle_in_transaction_session_timeout: 10_000,
    },
  });
  try { await source.initialize(); } catch (error) {
    throw new GxError('GX_DATA_UNAVAILABLE', 503, `PostgreSQL cannot be reached: ${(error as Error).message}. Check DATABASE_URL and that the server runs.`, { cause: error });
  }
  return { source, pool: (source.driver as unknown as { readonly master: pg.Pool }).master };
}
