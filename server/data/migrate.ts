import { DataSource, type Logger } from 'typeorm';
import { GxError, type MigrationClass } from '../plugin-api/index.js';
import type { DataLocation, Migrate, Migrations } from './data-store.js';
import { prepareWriter } from './sqlite/connections.js';
import { ProcessLock } from './sqlite/process-lock.js';
import { takeMigrationLock } from './postgres/migration-lock.js';

/** TypeORM prints failures by itself; ours travel as errors. */
const silent: Logger = { logQuery() {}, logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };

class MigrationSource extends DataSource {
  async own(historyTable: string, migrations: readonly MigrationClass[]): Promise<void> {
    this.setOptions({ migrations: [...migrations], migrationsTableName: historyTable });
    await this.buildMetadatas();
  }
}

/** Nobody else migrates or opens the database while it is held. */
interface Lock { release(): void | Promise<void> }

/**
 * Runs the migrations of one owner after the other under one lock, so that a hundred new plugins do not take it a hundred times. On SQLite they
 * share one connection while all goes well: a migration is a transaction, in which no pragma holds. Whoever fails leaves none behind, nor does
 * whoever makes temporary tables; on PostgreSQL, where a session remembers much more, each owner has its own.
 */
class MigrationRun implements Migrations {
  #lock: Lock | undefined;
  #source: MigrationSource | undefined;
  constructor(private readonly location: DataLocation) {}

  async run(historyTable: string, migrations: readonly MigrationClass[], direction: 'up' | 'down' = 'up'): Promise<readonly string[]> {
    const { location } = this;
    this.#lock ??= location.engine === 'postgres' ? await takeMigrationLock(location.url, historyTable) : ProcessLock.take(location.file);
    let clean = false;
    try {
      const source = this.#source ??= await new MigrationSource({ ...connection(location), migrationsTransactionMode: 'each', synchronize: false, logger: silent }).initialize() as MigrationSource;
      await source.own(historyTable, migrations);
      const names = direction === 'up' ? (await source.runMigrations({ transaction: 'each' })).map((one) => one.name) : await undo(source, historyTable);
      clean = location.engine === 'sqlite' && (await source.query<unknown[]>('SELECT 1 FROM sqlite_temp_master LIMIT 1')).length === 0;
      return names;
    } catch (error) {
      if (error instanceof GxError) throw error;
      throw new GxError('GX_MIGRATION_FAILED', 500, `A migration of ${historyTable} failed and was undone: ${(error as Error).message}`, { cause: error });
    } finally {
      if (!clean) await this.#disconnect();
    }
  }

  async close(): Promise<void> {
    try { await this.#disconnect(); }
    finally {
      await this.#lock?.release();
      this.#lock = undefined;
    }
  }

  async #disconnect(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    if (source?.isInitialized) await source.destroy();
  }
}

/** Takes the lock when the first migrations run, and holds it until it is closed. */
export const openMigrations = (location: DataLocation): Migrations => new MigrationRun(location);

/**
 * Runs an owner's pending migrations, each in a transaction of its own; `down` undoes all that were run, the last first.
 * Answers the names in the order in which they were run. Errors: 500 `GX_MIGRATION_FAILED` naming the owner; earlier migrations stay.
 */
export const migrate: Migrate = async (location, historyTable, migrations, direction) => {
  const run = openMigrations(location);
  try { return await run.run(historyTable, migrations, direction); } finally { await run.close(); }
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
