import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse';

const BATCH = 1_000;

/** The yardstick: parses a gzipped CSV and inserts its cells into one table without keys, a thousand rows a commit. Answers the number of rows. */
export async function bareImport(file: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-bare-'));
  const database = new Database(join(folder, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  let insert: Database.Statement<string[]> | undefined;
  let rows = 0;
  try {
    for await (const row of createReadStream(file).pipe(createGunzip()).pipe(parse()) as AsyncIterable<string[]>) {
      if (!insert) {
        database.exec(`CREATE TABLE flat (${row.map((_, n) => `c${n} TEXT`).join(', ')})`);
        insert = database.prepare(`INSERT INTO flat VALUES (${row.map(() => '?').join(', ')})`);
        continue;
      }
      if (rows % BATCH === 0) database.exec(rows === 0 ? 'BEGIN' : 'COMMIT; BEGIN');
      insert.run(...row);
      rows += 1;
    }
    if (rows > 0) database.exec('COMMIT');
    return rows;
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
