import { newId } from '../../server/plugin-api/index.js';

export interface Answer<T = unknown> { readonly status: number; readonly body: T; readonly headers: Headers }
export interface RequestOptions {
  /** The `Idempotency-Key`; a fresh one on every state-changing request if not given, none if null. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Speaks to a server as one person: with a bearer, or as a visitor. */
export class HttpClient {
  constructor(readonly base: string, readonly bearer?: string, private readonly headers: Readonly<Record<string, string>> = {}) {}

  /** Bodies that are strings are sent as they are, so that malformed ones can be tried. JSON answers are parsed, others are text. */
  async send<T>(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer<T>> {
    const key = options.key === undefined && method !== 'GET' ? newId() : options.key;
    const response = await fetch(new URL(path, this.base), {
      method, redirect: 'manual',
      headers: {
        ...(this.bearer === undefined ? {} : { authorization: `Bearer ${this.bearer}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { 'idempotency-key': key } : {}), ...this.headers, ...options.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (json && text ? JSON.parse(text) : text) as T, headers: response.headers };
  }

  get<T = Record<string, never>>(path: string, options?: RequestOptions): Promise<Answer<T>> { return this.send<T>('GET', path, undefined, options); }
  post<T = Record<string, never>>(path: string, body: unknown = {}, options?: RequestOptions): Promise<Answer<T>> { return this.send<T>('POST', path, body, options); }
  put<T = Record<string, never>>(path: string, body: unknown = {}, options?: RequestOptions): Promise<Answer<T>> { return this.send<T>('PUT', path, body, options); }
  patch<T = Record<string, never>>(path: string, body: unknown = {}, options?: RequestOptions): Promise<Answer<T>> { return this.send<T>('PATCH', path, body, options); }
  delete<T = Record<string, never>>(path: string, options?: RequestOptions): Promise<Answer<T>> { return this.send<T>('DELETE', path, undefined, options); }

  /** Like the verb, but an answer other than 2xx throws with its problem document: for steps that only prepare a test. */
  async must<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, options?: RequestOptions): Promise<T> {
    const answer = await this.send<T>(method, path, body, options);
    if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
