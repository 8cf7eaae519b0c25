import type { ServerResponse } from 'node:http';
import { GxError, type Locale } from '../plugin-api/index.js';
import { problemTitle, type PluginTitles } from './problem-texts.js';

/** RFC 9457 problem document. `code` is stable; `title` is in the caller's language. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance: string;
  readonly [more: string]: unknown;
}

/** Never more than was meant to be said: unknown errors become a plain 500 without message, stack or SQL. */
export function toProblem(error: unknown, locale: Locale, requestId: string, ofPlugins?: PluginTitles): Problem {
  const known = error instanceof GxError && error.status < 600 ? error : undefined;
  // A broken rule inside the host or a plugin's declaration (5xx) is the operator's business: its message is logged, not sent.
  const shown = known && (known.status < 500 || known.status === 502 || known.status === 503 || known.status === 504);
  const status = known?.status ?? 500;
  const code = known?.code ?? 'GX_INTERNAL';
  const fallback = shown ? known.message : 'Something went wrong on our side. Nothing was changed. Try again; if it stays, tell us the number below.';
  return {
    // First, so that no detail can stand in for a field of the document itself.
    ...(shown ? known.details : {}),
    type: `urn:guanxi:problem:${code}`, title: problemTitle(code, status, locale, ofPlugins), status, code, detail: fallback, instance: `urn:guanxi:request:${requestId}`,
    ...(shown && known.plugin ? { plugin: known.plugin } : {}),
  };
}

export function sendProblem(res: ServerResponse, problem: Problem): void {
  if (res.headersSent) { res.destroy(); return; }
  const body = JSON.stringify(problem);
  const retryAfter = typeof problem['retryAfter'] === 'number' ? { 'retry-after': String(Math.ceil(problem['retryAfter'])) } : {};
  res.writeHead(problem.status, { 'content-type': 'application/problem+json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...retryAfter, ...(problem['retrySession'] ? { 'x-shopify-retry-invalid-session-request': '1' } : {}) });
  res.end(body);
}
