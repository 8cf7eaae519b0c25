import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';

/**
 * Streams rows as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read Chinese). Cells that a spreadsheet would run as a formula
 * are prefixed with an apostrophe (CWE-1236).
 */
export async function sendCsv(res: ServerResponse, name: string, columns: readonly string[], rows: AsyncIterable<readonly (string | number | boolean | null)[]>): Promise<void> {
  const source = Readable.from(rows);
  // The first row is fetched before the head is written, so that a failing query still answers a problem document.
  await new Promise<void>((resolve, reject) => { source.once('readable', resolve); source.once('end', resolve); source.once('error', reject); });
  res.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  await pipeline(source, stringify({ header: true, columns: [...columns], bom: true, escape_formulas: true, cast: { boolean: (value) => (value ? 'true' : 'false') } }), res);
}
