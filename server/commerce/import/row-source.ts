import { mapColumns, type MappingResult } from './column-mapping.js';
import { openCompanion, type Companion } from './companion-file.js';
import { openCsv, type CsvFile } from './csv-reader.js';
import type { ReportBuilder } from './import-report.js';
import { isBroken } from './text-encoding.js';
import type { ImportField, ImportRow } from '../../plugin-api/index.js';

/** A row with the values of its mapped fields. `joined` is false when a companion file does not know it. */
export interface MappedRow extends ImportRow { readonly joined: boolean }

const ALL_KNOWN: readonly Companion[] = [];

export interface RowSource {
  readonly csv: CsvFile;
  /** Columns of the file, then those of its companions. */
  readonly header: readonly string[];
  readonly companions: readonly Companion[];
  readonly result: MappingResult;
  /** The cells of a row of the table with those of its companions, and which companions do not know it. */
  wide(cells: readonly string[]): { readonly cells: readonly string[]; readonly unknown: readonly Companion[] };
  /** Blocks of mapped rows; blank rows are passed over, ragged and broken ones reported. */
  rows(report: ReportBuilder): AsyncGenerator<{ readonly rows: MappedRow[]; readonly share: number }>;
}

export interface OpenOptions {
  readonly joins?: readonly string[];
  /** What the companions are called in messages; the names of the files if not given. */
  readonly joinNames?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Opens a file with its companions and maps its columns onto fields. */
export async function openRows(file: string, fields: readonly ImportField[], options: OpenOptions = {}): Promise<RowSource> {
  const csv = await openCsv(file, options.signal);
  const companions: Companion[] = [];
  try {
    for (const [index, join] of (options.joins ?? []).entries()) companions.push(await openCompanion(join, options.joinNames?.[index], csv.header, options.signal));
  } catch (error) {
    csv.close();
    throw error;
  }
  const width = csv.header.length;
  const header = [...csv.header, ...companions.flatMap(({ columns }) => columns.map(({ name }) => name))];
  const result = mapColumns(fields, header, options.map);
  const mapped = [...result.mapping];

  function wide(cells: readonly string[]): { readonly cells: readonly string[]; readonly unknown: readonly Companion[] } {
    if (companions.length === 0) return { cells, unknown: companions };
    const all = cells.length === width ? [...cells] : [...cells.slice(0, width), ...new Array<string>(Math.max(0, width - cells.length)).fill('')];
    let unknown: Companion[] | undefined;
    for (const companion of companions) {
      const found = companion.rows.get(cells[companion.key]?.trim() ?? '');
      if (found) all.push(...found);
      else { for (const _ of companion.columns) all.push(''); (unknown ??= []).push(companion); }
    }
    return { cells: all, unknown: unknown ?? ALL_KNOWN };
  }

  function read(own: readonly string[], row: number): MappedRow {
    const { cells, unknown } = wide(own);
    const values: Record<string, string | undefined> = {};
    for (const [field, place] of mapped) {
      const value = cells[place]?.trim();
      if (value !== undefined && value !== '') values[field] = value;
    }
    return { row, values, joined: unknown.length === 0 };
  }

  return {
    csv, header, companions, result, wide,
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
