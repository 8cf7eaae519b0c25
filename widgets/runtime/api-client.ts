import type { ApiClient } from './api.js';
import { ApiProblem } from './api-problem.js';
import type { Query, WidgetLocale } from './context.js';
import type { Shopper } from './shopper.js';

export interface ApiOptions {
  /** `/api/admin`, `https://…/api/storefront/plugins/games`; without a slash at the end. */
  readonly base: string;
  readonly locale: WidgetLocale;
  /** The bearer to send, if there is one. */
  readonly token: () => string | undefined | Promise<string | undefined>;
  /** Storefront: becomes a guest when a state-changing call has no bearer, and sends idempotency keys. */
  readonly shopper?: Shopper;
  /** Admin: the bearer was refused (401). */
  readonly refused?: (token: string) => void;
  readonly headers?: Readonly<Record<string, string>>;
}
/** The client and the answer under it, for what is not JSON. */
export interface RawApiClient extends ApiClient {
  raw(path: string, query?: Query): Promise<Response>;
}
export interface Call { readonly method: string; readonly url: string; readonly body?: unknown; readonly key?: string | undefined }

/** What `ApiProblem` is made of. */
export type Problem = ConstructorParameters<typeof ApiProblem>;

const withQuery = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value != null) as [string, string][];
  return given[0] ? `${path}?${new URLSearchParams(given)}` : path;
};

/** Everything but the short way below; a file of its own, fetched when it is first used or when the page is idle. */
export const late = (): Promise<typeof import('./late/late.js')> => import('./late/late.js');

/** The short way: a read that succeeds. Whatever changes state, or fails, goes on in `late`. */
export function createApi(options: ApiOptions): RawApiClient {
  const call = async (method: string, path: string, body?: unknown, key?: string): Promise<Response> => {
    const url = `${options.base}/${path.replace(/^\//, '')}`;
    const token = await options.token();
    const headers = { 'accept-language': options.locale, ...options.headers, ...(token && { authorization: `Bearer ${token}` }) };
    const first = method === 'GET' ? await fetch(url, { headers }).catch(() => undefined) : undefined;
    if (first?.ok) return first;
    const answer = await (await late()).send(options, { method, url, body, key }, first);
    if (answer instanceof Response) return answer;
    throw new ApiProblem(...answer);
  };
  const json = async <T>(...args: Parameters<typeof call>): Promise<T> => {
    const response = await call(...args);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return {
    raw: (path, query) => call('GET', withQuery(path, query)),
    get: (path, query) => json('GET', withQuery(path, query)),
    post: (path, body, after) => json('POST', path, body, after?.key),
    put: (path, body) => json('PUT', path, body),
    patch: (path, body) => json('PATCH', path, body),
    delete: (path) => json('DELETE', path),
  };
}
