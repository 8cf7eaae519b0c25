import type { ApiClient } from './api.js';
import { ApiProblem, problemText } from './api-problem.js';
import type { Query, WidgetLocale } from './context.js';
import { requestKey } from './request-key.js';

export interface ApiOptions {
  /** `/api/admin`, `https://…/api/storefront/plugins/games`; without a slash at the end. */
  readonly base: string;
  readonly locale: WidgetLocale;
  /** The bearer to send, if there is one. */
  readonly token: () => string | undefined | Promise<string | undefined>;
  /** Storefront: makes a guest when a state-changing call has no bearer. Its presence also switches idempotency keys on. */
  readonly enroll?: () => Promise<string>;
  /** The bearer was refused. */
  readonly refused?: (token: string) => void;
  readonly headers?: Readonly<Record<string, string>>;
}
/** The client and the answer under it, for what is not JSON. */
export interface RawApiClient extends ApiClient {
  raw(path: string, query?: Query): Promise<Response>;
}
interface Sent { readonly body?: unknown; readonly key?: string | undefined }

/** Milliseconds before the first and the second repetition of a call that got no answer. */
const WAITS = [400, 1500];
/** A server that asks to wait longer than this (seconds) is not waited for; the person decides. */
const PATIENCE = 3;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const search = (query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}` : '';
};

async function problemOf(response: Response, locale: WidgetLocale): Promise<ApiProblem> {
  const text = await response.text();
  let said: { code?: string; detail?: string; fields?: Record<string, string> } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch { /* A proxy answered with a page: the status has to do. */ }
  const { status } = response;
  // The server's sentences are English; other languages get one for the kind of failure unless the widget has its own for the code.
  const message = (locale === 'en' && status < 500 && said.detail) || problemText(locale, status);
  return new ApiProblem(status, said.code ?? `GX_HTTP_${status}`, message, said.fields, Number(response.headers.get('retry-after')) || undefined);
}

/** Calls that repeat safely are repeated twice, with the same key, when no answer comes or the server is briefly full. */
export function createApi(options: ApiOptions): RawApiClient {
  const { locale, enroll } = options;

  async function send(method: string, path: string, sent: Sent = {}): Promise<Response> {
    const writes = method !== 'GET';
    const token = (await options.token()) ?? (writes && enroll ? await enroll() : undefined);
    const url = `${options.base}/${path.replace(/^\//, '')}`;
    const body = sent.body === undefined ? null : JSON.stringify(sent.body);
    const own = writes && enroll && !sent.key ? requestKey(method + url + body) : undefined;
    const key = sent.key ?? own?.key;
    const headers = {
      'accept-language': locale, ...options.headers,
      ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }),
    };
    for (let attempt = 0; ; attempt++) {
      const wait = !writes || key ? WAITS[attempt] : undefined;
      const response = await fetch(url, { method, headers, body }).catch(() => undefined);
      if (response?.ok) {
        own?.answered();
        return response;
      }
      const problem = response ? await problemOf(response, locale) : new ApiProblem(0, 'GX_OFFLINE', problemText(locale, 0));
      const { status, retryAfter = 0 } = problem;
      if (wait && (!status || (status > 501 && retryAfter <= PATIENCE))) {
        await pause(Math.max(wait, retryAfter * 1000));
        continue;
      }
      if (status && status < 500 && status !== 429) own?.answered();
      if (status === 401 && token) options.refused?.(token);
      throw problem;
    }
  }

  async function json<T>(method: string, path: string, sent?: Sent): Promise<T> {
    const response = await send(method, path, sent);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  return {
    raw: (path, query) => send('GET', path + search(query)),
    get: (path, query) => json('GET', path + search(query)),
    post: (path, body, { key } = {}) => json('POST', path, { body, key }),
    put: (path, body) => json('PUT', path, { body }),
    patch: (path, body) => json('PATCH', path, { body }),
    delete: (path) => json('DELETE', path),
  };
}
