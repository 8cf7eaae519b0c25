/** One request of a load; requests are sent in turn, by whichever connection is free, and the next load of the same server goes on where the last ended. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Puts a fresh key on each sending: as the header `idempotency-key`, or in place of `%key%` in the body. */
  readonly keyed?: 'header' | 'body';
}
export interface LoadPlan {
  readonly url: string;
  readonly requests: readonly PlannedRequest[];
  /** Statuses that count as answered; 2xx if not given. */
  readonly accept?: readonly number[];
}
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not accepted, by status; `0` counts broken connections and time-outs. */
  readonly refused: Readonly<Record<string, number>>;
}

/** What a subject's module exports: it starts a server and says how to load it. */
export interface StartedSubject { readonly plan: LoadPlan; close(): Promise<void>; /** What came of the load, e.g. how many won. */ outcome?(): Promise<unknown> }
export type StartSubject = (options: Readonly<Record<string, unknown>>) => Promise<StartedSubject>;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
