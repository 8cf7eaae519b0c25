import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { GxError } from '../../plugin-api/index.js';
import type { Bound, CompiledStatement } from '../compiled-statement.js';
import type { Row } from '../session.js';

export type ScanOrder = { readonly text: string; readonly values: readonly Bound[] } | { readonly backup: string } | { readonly more: true };
export type ScanAnswer = { readonly columns: readonly string[] } | { readonly rows: readonly unknown[][]; readonly done: boolean } | { readonly failed: string; readonly code: string };

interface Task { readonly order: ScanOrder; readonly rows: Row[]; columns: readonly string[]; readonly resolve: (rows: Row[]) => void; readonly reject: (error: unknown) => void }

/** Two long reads at a time where there is a core for each; the event loop's thread is woken before them. */
const LANES = Math.min(2, availableParallelism());
/** A read that has waited for so long gets a thread of its own; starting one takes longer than most reads. */
const PATIENCE_MS = 50;

/** Long reads in threads with read-only connections of their own, one at a time in each; rows come back in pieces. A second thread is started when a read waits for long. */
export class ScanThreads {
  readonly #lanes: ScanLane[] = [];
  readonly #waiting: Task[] = [];
  #patience: NodeJS.Timeout | undefined;

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

  readonly #next = (): void => {
    if (this.#waiting.length === 0) return;
    const lane = this.#lanes.find((each) => !each.busy) ?? (this.#lanes.length === 0 ? this.#open() : undefined);
    if (lane) lane.take(this.#waiting.shift()!);
    else if (this.#lanes.length < LANES) this.#wait(this.#waiting[0]!);
  };

  #open(): ScanLane {
    const lane = new ScanLane(this.file, this.#next);
    this.#lanes.push(lane);
    return lane;
  }

  #wait(first: Task): void {
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined;
      if (this.#waiting[0] === first) this.#open();
      this.#next();
    }, PATIENCE_MS).unref();
  }

  async close(): Promise<void> {
    const closed = new GxError('GX_DATA_CLOSED', 503, 'The database is being closed; the server is stopping.');
    clearTimeout(this.#patience);
    for (const task of this.#waiting.splice(0)) task.reject(closed);
    await Promise.all(this.#lanes.splice(0).map((lane) => lane.close(closed)));
  }
}

/** One thread and what it reads. */
class ScanLane {
  #worker: Worker | undefined;
  #task: Task | undefined;

  constructor(private readonly file: string, private readonly free: () => void) {}

  get busy(): boolean { return this.#task !== undefined; }

  take(task: Task): void {
    this.#task = task;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(task.order);
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
    this.free();
    if (!this.busy) this.#worker?.unref();
  }

  async close(reason: GxError): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#end((task) => task.reject(reason));
    await worker?.terminate();
  }
}
