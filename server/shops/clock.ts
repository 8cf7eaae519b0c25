import type { Clock, Instant } from '../plugin-api/index.js';

/** The clock of a production process. The demo shop brings its own, with an offset that can be moved. */
export class SystemClock implements Clock {
  now(): Instant { return Date.now(); }
}

/** A clock for tests and for stepping through due work: it shows what it was last told. */
export class FixedClock implements Clock {
  constructor(private at: Instant) {}
  now(): Instant { return this.at; }
  set(at: Instant): void { this.at = at; }
}
