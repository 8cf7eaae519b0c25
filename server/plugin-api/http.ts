import type { ShopContext } from './context.js';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** A value is sent as JSON, a string as it is. */
  readonly body?: unknown;
  /** Milliseconds in all; 10,000 if not given, at most 30,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most 1 MB; a longer answer is `GX_OUTBOUND_TOO_LONG`. */
  readonly text: string;
  json<T>(): T;
}

/**
 * Calls the hosts that the manifest declares as `net:<host>`, over HTTPS at the usual port, never at private addresses; counted per plugin
 * and shop. Redirects are followed three times at most, to declared hosts, without the plugin's headers when the host is another. There are
 * no cookies and no proxies. Not inside an open unit of work. Answers of any status are results. Errors: `GX_OUTBOUND_HOST` 403 for an
 * undeclared host or a private address, `GX_OUTBOUND_REQUEST` 422 for what cannot be sent (a header with a line break, a body over 1 MB),
 * `GX_QUOTA` 429, `GX_OUTBOUND_TIMEOUT` 504, `GX_OUTBOUND_TOO_LONG` 502, `GX_OUTBOUND_FAILED` 502.
 */
export interface Http { request(ctx: ShopContext, url: string, request?: HttpRequest): Promise<HttpResponse> }
