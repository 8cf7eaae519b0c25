import { MINUTE } from '../plugin-api/index.js';

/** Counts in windows of a minute that begin with the first use after the last one ended. */
export class MinuteWindow {
  #count = 0;
  /** When the window ends; system time. */
  until = 0;

  /** False when there were `most` already. */
  take(now: number, most: number): boolean {
    if (now >= this.until) { this.#count = 0; this.until = now + MINUTE; }
    if (this.#count >= most) return false;
    this.#count += 1;
    return true;
  }

  used(now: number): number { return now < this.until ? this.#count : 0; }
}
