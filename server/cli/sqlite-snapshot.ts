import Database from 'better-sqlite3';
import { copyFileSync, existsSync, fsyncSync, openSync, closeSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProcessLock } from '../data/sqlite/process-lock.js';
import { CommandError } from './command-error.js';

/** What a snapshot was found to hold. */
export interface SnapshotReport { readonly bytes: number; readonly shops: number; readonly people: number; readonly lastMigration: string }

function count(database: Database.Database, table: string): number {
  try { return (database.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get() as { n: number }).n; } catch { return 0; }
}

/** Opens a file as a Guanxi database and checks every page, index and reference of it. Throws a sentence when it is not one, or is damaged. */
export function checkSnapshot(file: string): SnapshotReport {
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  let database: Database.Database;
  try { database = new Database(file, { readonly: true, fileMustExist: true }); } catch { throw new CommandError(`${file} cannot be opened as a SQLite database.`); }
  try {
    const problems = database.pragma('integrity_check') as { integrity_check: string }[];
    if (problems[0]?.integrity_check !== 'ok') throw new CommandError(`${file} is damaged: ${problems.slice(0, 3).map((row) => row.integrity_check).join('; ')}.`);
    const orphans = database.pragma('foreign_key_check') as { table: string }[];
    if (orphans.length) throw new CommandError(`${file} is damaged: ${orphans.length} rows of ${orphans[0]?.table ?? '?'} point at rows that are missing.`);
    const history = database.prepare("SELECT name FROM sqlite_master WHERE name = 'core_migrations'").get();
    if (!history) throw new CommandError(`${file} is no database of Guanxi: it has no core_migrations.`);
    const last = database.prepare('SELECT name FROM core_migrations ORDER BY timestamp DESC LIMIT 1').get() as { name: string } | undefined;
    return { bytes: statSync(file).size, shops: count(database, 'shop'), people: count(database, 'person'), lastMigration: last?.name ?? 'none' };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} is damaged or no SQLite database: ${error instanceof Error ? error.message : String(error)}.`);
  } finally { database.close(); }
}

const companions = (file: string): string[] => [`${file}-wal`, `${file}-shm`, `${file}-journal`];
function flush(path: string): void {
  const handle = openSync(path, 'r');
  try { fsyncSync(handle); } finally { closeSync(handle); }
}

/** Copies a consistent snapshot while a server may be writing, checks it, and only then gives it its name. */
export async function writeSnapshot(source: string, target: string): Promise<SnapshotReport> {
  if (!existsSync(source)) throw new CommandError(`There is no database ${source} yet. Start Guanxi once, or set DATA_DIR.`);
  if (existsSync(target)) throw new CommandError(`${target} exists already. Choose another name.`);
  if (!existsSync(dirname(resolve(target)))) throw new CommandError(`There is no folder ${dirname(resolve(target))}.`);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  const database = new Database(source, { readonly: true, fileMustExist: true });
  try { await database.backup(part); } finally { database.close(); }
  try {
    const report = checkSnapshot(part);
    flush(part);
    renameSync(part, target);
    return report;
  } finally { for (const file of [part, ...companions(part)]) rmSync(file, { force: true }); }
}

/**
 * Puts a checked snapshot in the database's place and keeps the old one beside it. Answers the old one's new name, if there was one.
 * Errors: GX_DATA_LOCKED while a server runs.
 */
export function restoreSnapshot(snapshot: string, target: string, stamp: string): { readonly report: SnapshotReport; readonly kept: string | undefined } {
  if (resolve(snapshot) === resolve(target)) throw new CommandError('The snapshot is the database itself. Name another file.');
  const report = checkSnapshot(snapshot);
  const lock = ProcessLock.take(target);
  try {
    const part = `${target}.part`;
    copyFileSync(snapshot, part);
    checkSnapshot(part);
    flush(part);
    let kept: string | undefined;
    if (existsSync(target)) {
      settle(target);
      kept = `${target}.before-restore-${stamp}`;
      renameSync(target, kept);
    }
    for (const file of [...companions(target), ...companions(part)]) rmSync(file, { force: true });
    renameSync(part, target);
    if (process.platform !== 'win32') flush(dirname(resolve(target)));
    return { report, kept };
  } finally { lock.release(); }
}

/** Brings what stands in the write-ahead log into the file, so that the file alone is everything. A damaged one is left as it is. */
function settle(file: string): void {
  try {
    const database = new Database(file);
    try { database.pragma('wal_checkpoint(TRUNCATE)'); } finally { database.close(); }
  } catch { /* It is being replaced because it is damaged. */ }
}

/** Platforms of the shops in a database; empty when it has none or cannot be read. */
export function platformsOf(file: string): string[] {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try { return (database.prepare('SELECT DISTINCT platform FROM shop').all() as { platform: string }[]).map((row) => row.platform); }
  catch { return []; } finally { database.close(); }
}

/** Names of the core migrations that a database has seen. */
export function appliedMigrations(file: string): string[] {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try { return (database.prepare('SELECT name FROM core_migrations').all() as { name: string }[]).map((row) => row.name); }
  catch { return []; } finally { database.close(); }
}

/** Removes a database with its companions. Errors: GX_DATA_LOCKED while a server runs. */
export function removeDatabase(file: string): void {
  const lock = ProcessLock.take(file);
  try { for (const path of [file, ...companions(file)]) rmSync(path, { force: true }); } finally { lock.release(); }
}
