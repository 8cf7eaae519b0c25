import { refused } from '../../plugin-api/index.js';
import { mapColumns, plainName, type MappingResult } from './column-mapping.js';
import { openCsv, type CsvFile } from './csv-reader.js';
import type { ReportBuilder } from './import-report.js';
import { isBroken } from './text-encoding.js';
import type { ImportField, ImportRow } from '../../plugin-api/index.js';

interface Companion { readonly key: number; readonly columns: readonly { readonly name: string; readonly place: number }[]; readonly rows: ReadonlyMap<string, readonly string[]> }

/** A row with the values of its mapped fields. `joined` is false when a companion file does not know it. */
export interface MappedRow extends ImportRow { readonly joined: boolean }

const MOST_COMPANION_ROWS = 2_000_000;

/** Reads a companion file whole: its rows are looked up by the first column that the main file also has. */
async function companionOf(file: string, header: readonly string[], signal: AbortSignal | undefined): Promise<Companion> {
  const csv = await openCsv(file, signal);
  const names = header.map(plainName);
  const own = csv.header.findIndex((name) => names.includes(plainName(name)));
  if (own < 0) throw refused('GX_IMPORT_JOIN', `The companion file shares no column with the file. Its columns: ${csv.header.join(', ')}.`);
  const places = csv.header.flatMap((name, place) => (place === own || names.includes(plainName(name)) ? [] : [{ name, place }]));
  const rows = new Map<string, readonly string[]>();
  for await (const block of csv.blocks) for (const row of block.rows) {
    const key = row[own]?.trim();
    if (key === undefined || key === '' || rows.has(key)) continue;
    if (rows.size >= MOST_COMPANION_ROWS) throw refused('GX_IMPORT_JOIN', 'The companion file has more than two million rows. Join the files before importing them.');
    rows.set(key, places.map(({ place }) => row[place]?.trim() ?? ''));
  }
  return { key: names.indexOf(plainName(csv.header[own]!)), columns: places, rows };
}

export interface RowSource {
  readonly csv: CsvFile;
  /** Columns of the file, then those of its companions. */
  readonly header: readonly string[];
  readonly result: MappingResult;
  /** Blocks of mapped rows; blank rows are passed over, ragged and broken ones reported. */
  rows(report: ReportBuilder): AsyncGenerator<{ readonly rows: MappedRow[]; readonly share: number }>;
}

/** Opens a file with its companions and maps its columns onto fields. */
export async function openRows(file: string, fields: readonly ImportField[], options: { readonly joins?: readonly string[]; readonly map?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {}): Promise<RowSource> {
  const csv = await openCsv(file, options.signal);
  const companions: Companion[] = [];
  for (const join of options.joins ?? []) companions.push(await companionOf(join, csv.header, options.signal));
  const width = csv.header.length;
  const header = [...csv.header, ...companions.flatMap(({ columns }) => columns.map(({ name }) => name))];
  const result = mapColumns(fields, header, options.map);
  const mapped = [...result.mapping];

  function read(cells: readonly string[], row: number): MappedRow {
    let all = cells, joined = true;
    if (companions.length > 0) {
      const wide = cells.length === width ? [...cells] : [...cells.slice(0, width), ...new Array<string>(Math.max(0, width - cells.length)).fill('')];
      for (const { key, rows, columns } of companions) {
        const found = rows.get(cells[key]?.trim() ?? '');
        if (!found) joined = false;
        wide.push(...(found ?? columns.map(() => '')));
      }
      all = wide;
    }
    const values: Record<string, string | undefined> = {};
    for (const [field, place] of mapped) {
      const value = all[place]?.trim();
      if (value !== undefined && value !== '') values[field] = value;
    }
    return { row, values, joined };
  }

  return {
    csv, header, result,
    async *rows(report) {
      for await (const block of csv.blocks) {
        const rows: MappedRow[] = [];
        block.rows.forEach((cells, index) => {
          const row = block.first + index;
          if (cells.length <= 1 && (cells[0] ?? '').trim() === '') return;
          report.read += 1;
          if (cells.some(isBroken)) { report.skip(row, 'encoding', 'The row holds characters that cannot be read in the encoding of the file.'); return; }
          if (cells.length !== width) report.remark(row, 'ragged', `The row has ${cells.length} cells, the header ${width}.`);
          rows.push(read(cells, row));
        });
        yield { rows, share: block.share };
      }
      const broken = csv.broken();
      if (broken !== undefined) report.remark(report.read + 1, 'file', broken);
    },
  };
}
