import { GxError } from '../plugin-api/index.js';

/**
 * The work was not tried, because whoever does it must not be called at the moment: an event waits without using up an attempt, a job is
 * skipped with this as its reason, a request is answered 503 with Retry-After.
 */
export class NotNow extends GxError {
  /** `waitMs`: when it is worth trying again. */
  constructor(code: `GX_${string}`, message: string, readonly waitMs: number, place: { readonly plugin: string; readonly shop: string }) {
    super(code, 503, message, { ...place, details: { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) } });
  }
}
