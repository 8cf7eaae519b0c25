import type { Query } from './context.js';

/** Optional settings of a POST. */
export interface PostOptions {
  /** Idempotency-Key to use in place of the one that the client makes and keeps. */
  readonly key?: string;
}

/**
 * JSON over fetch. Paths are relative to the client's base (`/activities`). Failures throw `ApiProblem`. On storefronts each
 * state-changing call carries an `Idempotency-Key`, kept until it is answered, so that a repeated press cannot act twice.
 */
export interface ApiClient {
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown, options?: PostOptions): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body?: unknown): Promise<T>;
  delete<T>(path: string): Promise<T>;
}
