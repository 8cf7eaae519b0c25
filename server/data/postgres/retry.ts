import { setTimeout as sleep } from 'node:timers/promises';
import { isRetryable } from '../database-error.js';

/**
 * Two people becoming one hold their rows against everybody who gives or spends meanwhile, in whatever order those take them; in a crowd of
 * merges somebody may be given up a few times in a row.
 */
const MOST = 7;

/** Runs `work` again, up to seven times and ever later, when the database gave it up in favour of another transaction. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try { return await work(); } catch (error) {
      if (attempt >= MOST || !isRetryable(error)) throw error;
      await sleep(5 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
