import { setTimeout as sleep } from 'node:timers/promises';
import { isRetryable } from '../database-error.js';

/** Runs `work` again, up to three times, when the database gave it up in favour of another transaction. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try { return await work(); } catch (error) {
      if (attempt >= 3 || !isRetryable(error)) throw error;
      await sleep(5 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
