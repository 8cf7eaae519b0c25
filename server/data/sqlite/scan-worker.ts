import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { ScanAnswer, ScanOrder } from './scan-thread.js';

/** Rows per message: small enough that taking one in does not hold up the event loop. */
const CHUNK = 500;

const port = parentPort!;
const database = new Database((workerData as { readonly file: string }).file, { readonly: true, fileMustExist: true, timeout: 1_000 });
database.pragma('query_only = ON');

let rows: IterableIterator<unknown[]> | undefined;
const say = (answer: ScanAnswer): void => port.postMessage(answer);

function more(): void {
  const chunk: unknown[][] = [];
  while (chunk.length < CHUNK) {
    const next = rows!.next();
    if (next.done === true) { rows = undefined; say({ rows: chunk, done: true }); return; }
    chunk.push(next.value);
  }
  say({ rows: chunk, done: false });
}

port.on('message', (order: ScanOrder) => {
  try {
    if ('backup' in order) {
      // The copy is written through this connection; the database itself stays closed to writing by how it was opened.
      database.pragma('query_only = OFF');
      try { database.prepare('VACUUM INTO ?').run(order.backup); } finally { database.pragma('query_only = ON'); }
      say({ rows: [], done: true });
    } else if ('text' in order) {
      const statement = database.prepare<unknown[], unknown[]>(order.text).raw(true);
      say({ columns: statement.columns().map((column) => column.name) });
      rows = statement.iterate(...order.values);
      more();
    } else more();
  } catch (error) {
    rows = undefined;
    const { message, code } = error as Error & { readonly code?: string };
    say({ failed: message, code: code ?? 'SQLITE_ERROR' });
  }
});
