import pg from 'pg';
import { GxError } from '../../plugin-api/index.js';

/** Any number that only we use: nodes that start together migrate one after the other. */
const LOCK = 4_703_917_001;

/** Waits until no other node migrates. */
export async function takeMigrationLock(url: string, historyTable: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'guanxi-migrate' });
  try { await client.connect(); } catch (error) {
    throw new GxError('GX_DATA_UNAVAILABLE', 503, `PostgreSQL cannot be reached to migrate ${historyTable}: ${(error as Error).message}. Check DATABASE_URL.`, { cause: error });
  }
  try { await client.query('SELECT pg_advisory_lock($1)', [LOCK]); } catch (error) { await client.end(); throw error; }
  return { release: () => client.end() };
}
