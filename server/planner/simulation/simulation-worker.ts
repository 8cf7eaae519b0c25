import { parentPort, workerData } from 'node:worker_threads';
import type { Plan } from './plan.js';
import { simulate } from './simulate.js';

/** Runs the plans it was started with, one after the other, and tells how far it is in members of all of them. */
const plans = workerData as readonly Plan[];
let before = 0;
for (const plan of plans) {
  const outcome = simulate(plan, (done) => parentPort?.postMessage({ done: before + done }));
  before += plan.members;
  parentPort?.postMessage({ outcome });
}
