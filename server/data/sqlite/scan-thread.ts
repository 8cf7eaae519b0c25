import { Worker } from 'node:worker_threads';
import { GxError } from '../../plugin-api/index.js';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import type { Row } from '../session.js';

export type ScanOrder = { readonly text: string; readonly values: readonly Bound[] } | { readonly backup: string } | { readonly more: true };
export type ScanAnswer = { readonly columns: readonly string[] } | { readonly rows: readonly unknown[][]; readonly done: boolean } | { readonly failed: string; readonly code: string };

interface Task { readonly order: ScanOrder; readonly rows: Row[]; columns: readonly string[]; readonly resolve: (rows: Row[]) => void; readonly reject: (error: unknown) => void }

/** Long reads in a thread with a read-only connection of its own, one at a time; rows come back in pieces. Started with the first scan. */
export class ScanThread {
  #worker: Worker | undefined;
  #task: Task | undefined;
  readonly #waiting: Task[] = [];

  constructor(private readonly file: string, private readonly limit = 100) {}

  scan(compiled: CompiledStatement, values: Bound[]): Promise<Row[]> { return this.#add({ text: compiled.text, values }); }

  async backup(file: string): Promise<void> { await this.#add({ backup: file }); }

  #add(order: ScanOrder): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.limit) { reject(new GxError('GX_BUSY', 503, 'Too many long reports are being computed; try again in a moment.', { details: { retryAfter: 5 } })); return; }
      this.#waiting.push({ order, rows: [], columns: [], resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#task) return;
    this.#task = this.#waiting.shift();
    if (!this.#task) { this.#worker?.unref(); return; }
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(this.#task.order);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./scan-worker.js', import.meta.url), { workerData: { file: this.file }, execArgv: [] });
    worker.on('message', (answer: ScanAnswer) => this.#answered(answer));
    const lost = (error: unknown): void => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#end((task) => task.reject(error));
    };
    worker.on('error', lost);
    worker.on('exit', () => lost(new GxError('GX_DATA_UNAVAILABLE', 503, 'The thread that computes long reports has ended; try again.')));
    return worker;
  }

  #answered(answer: ScanAnswer): void {
    const task = this.#task;
    if (!task) return;
    if ('failed' in answer) this.#end(() => task.reject(Object.assign(new Error(answer.failed), { code: answer.code })));
    else if ('columns' in answer) task.columns = answer.columns;
    else {
      for (const cells of answer.rows) {
        const row: Row = {};
        for (let i = 0; i < task.columns.length; i++) row[task.columns[i]!] = cells[i];
        task.rows.push(row);
      }
      if (answer.done) this.#end(() => task.resolve(task.rows)); else this.#worker?.postMessage({ more: true } satisfies ScanOrder);
    }
  }

  #end(settle: (task: Task) => void): void {
    const task = this.#task;
    this.#task = undefined;
    if (task) settle(task);
    this.#next();
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    const closed = new GxError('GX_DATA_CLOSED', 503, 'The database is being closed; the server is stopping.');
    for (const task of this.#waiting.splice(0)) task.reject(closed);
    this.#end((task) => task.reject(closed));
    await worker?.terminate();
  }
}
