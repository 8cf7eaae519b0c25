import { Worker } from 'node:worker_threads';
import { GxError } from '../../plugin-api/index.js';
import type { Outcome, Plan } from './plan.js';

type Message = { readonly done: number } | { readonly outcome: Outcome };

export interface SimulationRun {
  /** One outcome per plan, in their order. Rejects with `GX_PLAN_CANCELLED` after `cancel`. */
  readonly outcomes: Promise<readonly Outcome[]>;
  cancel(): void;
}

/** Simulates in a thread of its own, so that no request waits for it. `tell` hears how many members of all plans together are done. */
export function simulateInThread(plans: readonly Plan[], tell: (done: number) => void = () => {}): SimulationRun {
  const worker = new Worker(new URL('./simulation-worker.js', import.meta.url), { workerData: plans, execArgv: [] });
  const outcomes: Outcome[] = [];
  let cancelled = false;
  const ended = new Promise<readonly Outcome[]>((resolve, reject) => {
    worker.on('message', (message: Message) => { if ('outcome' in message) outcomes.push(message.outcome); else tell(message.done); });
    worker.on('error', reject);
    worker.on('exit', () => {
      if (outcomes.length === plans.length) resolve(outcomes);
      else reject(cancelled ? new GxError('GX_PLAN_CANCELLED', 409, 'This simulation was cancelled.') : new GxError('GX_PLAN_LOST', 503, 'The thread of this simulation ended too early. Start it again.'));
    });
  });
  return { outcomes: ended, cancel: () => { cancelled = true; void worker.terminate(); } };
}
