import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { GxError } from '../../plugin-api/index.js';

/**
 * One process per SQLite file. The lock is a write lock on a small file beside the database: the operating system drops it with the
 * process, also when that is killed, so nothing stale can block the next start. The holder's pid stands in the file's header.
 */
export class ProcessLock {
  private constructor(private readonly database: Database.Database) {}

  /** Errors: 503 `GX_DATA_LOCKED`; 500 `GX_DATA_FOLDER` when the folder cannot be written. */
  static take(file: string): ProcessLock {
    let database: Database.Database;
    try {
      mkdirSync(dirname(file), { recursive: true });
      database = new Database(`${file}.lock`, { timeout: 0 });
    } catch (error) {
      throw new GxError('GX_DATA_FOLDER', 500, `The folder of the database ${file} cannot be created or written. Choose another DATA_DIR, or give this user the right to write there.`, { cause: error });
    }
    try {
      database.exec(`BEGIN EXCLUSIVE; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`);
    } catch (error) {
      const locked = (error as { readonly code?: string }).code?.startsWith('SQLITE_BUSY') === true;
      const holder = locked ? holderOf(database) : undefined;
      database.close();
      if (!locked) throw new GxError('GX_DATA_FOLDER', 500, `The database ${file} cannot be locked: ${(error as Error).message}. Check that its folder can be written and is no network drive.`, { cause: error });
      throw new GxError('GX_DATA_LOCKED', 503, `The database ${file} is in use by another process${holder === undefined ? '' : ` (pid ${holder})`}. Stop that one first, or choose another DATA_DIR.`, { cause: error });
    }
    return new ProcessLock(database);
  }

  release(): void { this.database.close(); }
}

function holderOf(database: Database.Database): number | undefined {
  try { return database.pragma('user_version', { simple: true }) as number; } catch { return undefined; }
}
