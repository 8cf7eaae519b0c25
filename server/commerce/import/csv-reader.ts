import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { GxError } from '../../plugin-api/index.js';
import { detectEncoding, type Encoding } from './text-encoding.js';

/** Rows of a file in the order in which they stand. `first` is the number of the first one as a spreadsheet counts: the header is row 1. */
export interface RowBlock { readonly first: number; readonly rows: readonly (readonly string[])[]; /** Part of the file read so far, 0–1. */ readonly share: number }
export interface CsvFile {
  readonly header: readonly string[];
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly blocks: AsyncIterable<RowBlock>;
  /** Why reading stopped before the end (cut-off archive, a quote that never closes); known once the blocks are used up. */
  readonly broken: () => string | undefined;
  /** Lets go of a file whose blocks are not wanted. */
  readonly close: () => void;
}

const SAMPLE_BYTES = 64 * 1024;
const LONGEST_ROW = 1024 * 1024;
const GZIP = [0x1f, 0x8b];

/** The sign that parts the header's cells: the one that stands most often outside of quotes. */
function sniffDelimiter(text: string): string {
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, entry) => (entry.count > best.count ? entry : best)).sign;
}

async function firstBytes(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: SAMPLE_BYTES - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Opens a CSV file, gzipped or not, without reading more than its beginning. @throws GX_IMPORT_FILE (422) for what is no table. */
export async function openCsv(file: string, signal?: AbortSignal): Promise<CsvFile> {
  let total: number;
  try { total = statSync(file).size; } catch { throw new GxError('GX_IMPORT_FILE', 422, 'The file cannot be opened.'); }
  const head = await firstBytes(file);
  let read = 0;
  let broken: string | undefined;
  const raw = createReadStream(file, { highWaterMark: 128 * 1024, ...(signal ? { signal } : {}) });
  raw.on('data', (chunk) => { read += chunk.length; });
  const zipped = head[0] === GZIP[0] && head[1] === GZIP[1];
  const bytes: Readable = zipped ? raw.pipe(createGunzip()) : raw;
  if (zipped) raw.on('error', (error) => bytes.destroy(error));
  const source = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>;

  /** What comes next, or undefined at the end; an error of the file ends it and is kept as a sentence. */
  const next = async (): Promise<Buffer | undefined> => {
    try { const step = await source.next(); return step.done ? undefined : step.value; } catch (error) {
      signal?.throwIfAborted();
      broken = `The file ends too early or is damaged (${(error as Error).message}).`;
      return undefined;
    }
  };
  const firstChunk = (await next()) ?? Buffer.alloc(0);
  const encoding = detectEncoding(firstChunk.subarray(0, SAMPLE_BYTES));
  const decoder = new TextDecoder(encoding);
  const firstText = decoder.decode(firstChunk, { stream: true });
  const delimiter = sniffDelimiter(firstText);
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_records_with_error: true, max_record_size: LONGEST_ROW, bom: true });
  parser.on('skip', (error: Error) => { broken = `Part of the file could not be read as a table (${error.message.slice(0, 120)}).`; });
  parser.on('error', (error: Error) => { broken = `The rest of the file could not be read as a table (${error.message.slice(0, 120)}).`; });
  const taken = (): string[][] => {
    const rows: string[][] = [];
    for (let row = parser.read() as string[] | null; row !== null; row = parser.read() as string[] | null) rows.push(row);
    return rows;
  };

  parser.write(firstText);
  let pending = taken();
  while (pending.length === 0) {
    const chunk = await next();
    if (!chunk) { pending = await rest(); break; }
    parser.write(decoder.decode(chunk, { stream: true }));
    pending = taken();
  }
  async function rest(): Promise<string[][]> {
    const tail = decoder.decode();
    if (tail !== '') parser.write(tail);
    parser.end();
    const rows: string[][] = [];
    try { for await (const row of parser) rows.push(row as string[]); } catch { /* the error event has kept the reason */ }
    return rows;
  }
  const header = pending.shift()?.map((cell) => cell.trim());
  if (!header || header.every((cell) => cell === '')) {
    raw.destroy();
    throw new GxError('GX_IMPORT_FILE', 422, broken ?? 'The file is empty. It needs a first row with the names of its columns.');
  }
  async function* blocks(): AsyncGenerator<RowBlock> {
    let first = 2;
    try {
      for (let rows = pending, ended = parser.writableEnded; ;) {
        signal?.throwIfAborted();
        if (rows.length > 0) yield { first, rows, share: total === 0 ? 1 : Math.min(1, read / total) };
        first += rows.length;
        if (ended) return;
        const chunk = await next();
        if (chunk) parser.write(decoder.decode(chunk, { stream: true })); else ended = true;
        rows = chunk ? taken() : await rest();
      }
    } finally { raw.destroy(); }
  }
  return { header, encoding, delimiter, blocks: blocks(), broken: () => broken, close: () => { raw.destroy(); } };
}
