import { DataSource, type Logger } from 'typeorm';
import { GxError } from '../plugin-api/index.js';
import type { DataLocation, Migrate } from './data-store.js';
import { prepareWriter } from './sqlite/connections.js';
import { ProcessLock } from './sqlite/process-lock.js';
import { withMigrationLock } from './postgres/migration-lock.js';

/** TypeORM prints failures by itself; ours travel as errors. */
const silent: Logger = { logQuery() {}, logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };

/**
 * Runs an owner's pending migrations, each in a transaction of its own; `down` undoes all that were run, the last first.
 * Answers the names in the order in which they were run. Errors: 500 `GX_MIGRATION_FAILED` naming the owner; earlier migrations stay.
 */
export const migrate: Migrate = async (location, historyTable, migrations, direction = 'up') => {
  const source = new DataSource({
    ...connection(location), migrations: [...migrations], migrationsTableName: historyTable,
    migrationsTransactionMode: 'each', synchronize: false, logger: silent,
  });
  const work = async (): Promise<readonly string[]> => {
    try {
      await source.initialize();
      return direction === 'up' ? (await source.runMigrations({ transaction: 'each' })).map((one) => one.name) : await undo(source, historyTable);
    } catch (error) {
      if (error instanceof GxError) throw error;
      throw new GxError('GX_MIGRATION_FAILED', 500, `A migration of ${historyTable} failed and was undone: ${(error as Error).message}`, { cause: error });
    } finally {
      if (source.isInitialized) await source.destroy();
    }
  };
  if (location.engine === 'postgres') return withMigrationLock(location.url, historyTable, work);
  const lock = ProcessLock.take(location.file);
  try { return await work(); } finally { lock.release(); }
};

const connection = (location: DataLocation) => location.engine === 'sqlite'
  ? { type: 'better-sqlite3' as const, database: location.file, prepareDatabase: prepareWriter }
  : { type: 'postgres' as const, url: location.url, poolSize: 2, installExtensions: false, extra: { connectionTimeoutMillis: 10_000, lock_timeout: 30_000 } };

async function undo(source: DataSource, historyTable: string): Promise<string[]> {
  const undone: string[] = [];
  for (;;) {
    const runner = source.createQueryRunner();
    const known = await runner.hasTable(historyTable);
    const last = known ? await runner.query(`SELECT name FROM ${historyTable} ORDER BY id DESC LIMIT 1`) as { readonly name: string }[] : [];
    await runner.release();
    if (!last[0]) return undone;
    await source.undoLastMigration({ transaction: 'each' });
    undone.push(last[0].name);
  }
}
