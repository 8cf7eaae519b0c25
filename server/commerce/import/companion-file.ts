import { basename } from 'node:path';
import { GxError, refused } from '../../plugin-api/index.js';
import { plainName } from './column-mapping.js';
import { openCsv } from './csv-reader.js';

/** A companion file: its rows are looked up by the value that a column of the table holds. */
export interface Companion {
  readonly name: string;
  /** The shared column as the table calls it, and its place there. */
  readonly by: string;
  readonly key: number;
  /** Columns that the table does not have itself. */
  readonly columns: readonly { readonly name: string; readonly place: number }[];
  readonly rows: ReadonlyMap<string, readonly string[]>;
}
type Reason = 'COLUMN' | 'NOTHING' | 'REPEATS' | 'EMPTY' | 'DAMAGED' | 'SIZE';
type Candidate = { readonly own: number; readonly key: number; readonly rows: Map<string, readonly string[]> };

const MOST_ROWS = 2_000_000;
const list = (names: readonly string[]): string => names.join(', ');
const same = (a: readonly string[], b: readonly string[]): boolean => a.every((cell, place) => cell === b[place]);

/**
 * Reads a companion file whole. It is joined by the first of its columns that the table also has and whose values do not repeat, because a
 * value that stands twice would leave open which of its rows is meant.
 * @throws GX_IMPORT_JOIN… (422): COLUMN without a shared column, NOTHING without a further one, REPEATS, EMPTY, DAMAGED, SIZE; GX_IMPORT_FILE.
 */
export async function openCompanion(file: string, name: string | undefined, header: readonly string[], signal?: AbortSignal): Promise<Companion> {
  const shown = name ?? basename(file);
  const csv = await openCsv(file, signal).catch((error: unknown) => { throw error instanceof GxError ? refused('GX_IMPORT_FILE', `The companion file "${shown}": ${error.message}`) : error; });
  const names = header.map(plainName);
  const shared = csv.header.flatMap((column, own): Candidate[] => { const key = column === '' ? -1 : names.indexOf(plainName(column)); return key < 0 ? [] : [{ own, key, rows: new Map() }]; });
  const columns = csv.header.flatMap((column, place) => (column === '' || names.includes(plainName(column)) ? [] : [{ name: column, place }]));
  const wrong = (reason: Reason, message: string): GxError => { csv.close(); return refused(`GX_IMPORT_JOIN_${reason}` as const, message, { file: shown }); };
  if (shared.length === 0) throw wrong('COLUMN', `The companion file "${shown}" shares no column with the table. Its columns: ${list(csv.header)}. The table's: ${list(header)}. Name the column of both files the same.`);
  if (columns.length === 0) throw wrong('NOTHING', `The companion file "${shown}" has no column that the table does not have already: ${list(csv.header)}.`);
  let open = shared, count = 0;
  for await (const block of csv.blocks) for (const cells of block.rows) {
    const row = columns.map(({ place }) => cells[place]?.trim() ?? '');
    if (++count > MOST_ROWS) throw wrong('SIZE', `The companion file "${shown}" has more than two million rows. Join the files before importing them.`);
    let repeats = false;
    for (const { own, rows } of open) {
      const value = cells[own]?.trim();
      if (value === undefined || value === '') continue;
      const before = rows.get(value);
      if (before === undefined) rows.set(value, row); else if (!same(before, row)) { repeats = true; rows.clear(); }
    }
    if (!repeats) continue;
    const cleared = open.filter(({ rows }) => rows.size > 0);
    if (cleared.length === 0) {
      const by = list(shared.map(({ own }) => csv.header[own]!));
      throw wrong('REPEATS', `The companion file "${shown}" has several rows for one value of ${by}. A companion has one row for each; choose the file with several rows as the table.`);
    }
    open = cleared;
  }
  const broken = csv.broken();
  if (broken !== undefined) throw wrong('DAMAGED', `The companion file "${shown}" cannot be used: ${broken}`);
  const found = open.find(({ rows }) => rows.size > 0);
  if (!found) throw wrong('EMPTY', `The companion file "${shown}" has no rows below its header.`);
  return { name: shown, by: header[found.key]!, key: found.key, columns, rows: found.rows };
}
