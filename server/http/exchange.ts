import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LazySignal } from '../events/deadlines.js';
import type { RouteRecord } from '../host/route-table.js';
import type { IdempotentRequest, Input, Locale } from '../plugin-api/index.js';

/** One request on its way through the dispatcher. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: string;
  readonly record: RouteRecord;
  readonly params: Readonly<Record<string, string>>;
  /** Whose route it is; undefined for the core's. */
  readonly plugin: string | undefined;
  readonly once: IdempotentRequest | undefined;
  /** Of whom the context is made for; undefined before. */
  locale: Locale | undefined;
}

/** What a handler receives. Its signal is made when somebody looks at it; it aborts when the time is over and when the client has gone. */
export class RouteInput implements Input<unknown, unknown, unknown> {
  #heard = false;

  constructor(readonly params: unknown, readonly query: unknown, readonly body: unknown, private readonly stop: LazySignal, private readonly res: ServerResponse) {}

  get signal(): AbortSignal {
    if (!this.#heard) {
      this.#heard = true;
      const gone = (): void => { if (!this.res.writableFinished) this.stop.abort(new Error('The client has gone.')); };
      if (this.res.socket?.destroyed !== false) gone(); else this.res.once('close', gone);
    }
    return this.stop.signal;
  }
}
