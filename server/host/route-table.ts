import type { Audience, Handler, Method, StaffRole, z } from '../plugin-api/index.js';

/** Who a route is for; decides how its caller is identified. */
export type Surface = 'admin' | 'storefront' | 'demo' | 'public';

export interface RouteRecord {
  readonly surface: Surface;
  /** `core` or a plugin's id. */
  readonly owner: string;
  readonly method: Method;
  /** With `:name` segments, without the surface's prefix. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly reply: z.ZodType;
  readonly status: number;
  readonly audience?: Audience;
  readonly roles?: readonly StaffRole[];
  readonly perMinute?: number;
  /** Whether an `Idempotency-Key` is demanded, or taken when it is sent. */
  readonly keyed?: 'demanded' | 'taken';
  /** Bytes of JSON body. */
  readonly bodyLimit: number;
  /** The handler reads the request itself, e.g. an uploaded file: `input.body` is the stream. */
  readonly stream?: boolean;
  /** Milliseconds until the answer 504; 10,000 if not given. */
  readonly timeoutMs?: number;
  // The table holds handlers of every input type; each was checked against its own schemas where it was declared.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly handler: Handler<any, any, any, any>;
  /** A CSV download instead of JSON. */
  readonly csv?: { readonly name: string; readonly columns: readonly string[]; rows(ctx: never, input: never): AsyncIterable<readonly (string | number | boolean | null)[]> };
}

interface Node { readonly fixed: Map<string, Node>; variable?: { readonly node: Node; readonly name: string }; readonly records: Map<string, RouteRecord> }
const node = (): Node => ({ fixed: new Map(), records: new Map() });

export interface Match { readonly record: RouteRecord; readonly params: Readonly<Record<string, string>> }

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/** Finds a route by walking a tree of path segments; the cost does not grow with the number of routes. */
export class RouteTable {
  #root = node();
  #records: RouteRecord[] = [];

  add(record: RouteRecord): void {
    let at = this.#root;
    for (const segment of record.path.split('/').filter(Boolean)) {
      if (segment.startsWith(':')) at = (at.variable ??= { node: node(), name: segment.slice(1) }).node;
      else {
        let next = at.fixed.get(segment);
        if (!next) at.fixed.set(segment, next = node());
        at = next;
      }
    }
    if (at.records.has(record.method)) throw new Error(`${record.owner} declares ${record.method.toUpperCase()} ${record.path} twice.`);
    at.records.set(record.method, record);
    this.#records.push(record);
  }

  records(): readonly RouteRecord[] { return this.#records; }

  /** `'method'` when the path exists for another method. `from` is where the path begins in `url`; the query ends it. */
  match(method: string, url: string, from: number): Match | 'method' | undefined {
    const end = url.indexOf('?', from);
    const path = url.slice(from, end < 0 ? undefined : end);
    let at = this.#root;
    let params: Record<string, string> | undefined;
    for (const segment of path.split('/')) {
      if (segment === '') continue;
      const fixed = at.fixed.get(segment);
      if (fixed) { at = fixed; continue; }
      if (!at.variable) return undefined;
      try { (params ??= {})[at.variable.name] = decodeURIComponent(segment); }
      catch { return undefined; }
      at = at.variable.node;
    }
    const record = at.records.get(method);
    if (record) return { record, params: params ?? NO_PARAMS };
    return at.records.size ? 'method' : undefined;
  }
}
