import type { z } from 'zod';
import type { ShopContext, StaffRole } from './context.js';

/** Who may call a storefront route: `visitor` needs no token, `guest` any shopper token, `member` a signed-in shopper. */
export type Audience = 'visitor' | 'guest' | 'member';
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface RouteShape<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  /** One line for `/api/openapi.json`. */
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Schema of the answer; documents it and types the client. */
  readonly reply: R;
  /** Success status, 200 if not given. */
  readonly status?: 200 | 201 | 202 | 204;
}
export interface Input<P, Q, B> { readonly params: P; readonly query: Q; readonly body: B; readonly signal: AbortSignal }
type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type In<T> = T extends z.ZodType ? z.input<T> : undefined;

export type Handler<P, Q, B, R> = (ctx: ShopContext, input: Input<Out<P>, Out<Q>, Out<B>>) => Promise<In<R>>;

/** An answer that is not JSON, e.g. a CSV download. Streams are written with back pressure. */
export interface FileReply { readonly file: { readonly name: string; readonly type: string; readonly body: AsyncIterable<string> | string } }

/** Roles that decide what the shop gives away, for a route's `roles`. Agents look after single customers, auditors and analysts only look. */
export const GIVERS = ['operator', 'marketer'] as const satisfies readonly StaffRole[];

/**
 * Declares routes. Identity, shop, rate limit and validation are done before a handler runs; unknown fields are refused.
 * State-changing storefront routes take an `Idempotency-Key`: the first outermost unit of the handler stores its result with the key,
 * so let the reply depend on nothing but that result. Paths: `/surveys/:id/answers`.
 */
export interface AdminRoutes {
  route<P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined, R extends z.ZodType = z.ZodType>(
    method: Method, path: string,
    shape: { readonly summary: string; readonly params?: P; readonly query?: Q; readonly body?: B; readonly reply: R; readonly status?: 200 | 201 | 202 | 204; /** Roles besides the owner; all but auditors and analysts if not given, everybody for GET. */ readonly roles?: readonly StaffRole[]; /** Takes an `Idempotency-Key` that is sent: what must not happen twice when an answer was lost. */ readonly keyed?: boolean },
    handler: Handler<P, Q, B, R>,
  ): void;
  /** A CSV download; cells that a spreadsheet would run as a formula are made safe. */
  csv<Q extends z.ZodType | undefined = undefined>(path: string, shape: { readonly summary: string; readonly query?: Q; readonly name: string; readonly columns: readonly string[] },
    rows: (ctx: ShopContext, input: { readonly query: Out<Q>; readonly signal: AbortSignal }) => AsyncIterable<readonly (string | number | boolean | null)[]>): void;
}
export interface StorefrontRoutes {
  route<P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined, R extends z.ZodType = z.ZodType>(
    method: Method, path: string,
    shape: { readonly summary: string; readonly audience: Audience; readonly params?: P; readonly query?: Q; readonly body?: B; readonly reply: R; readonly status?: 200 | 201 | 202 | 204; /** Requests per minute and person; 60 if not given. */ readonly perMinute?: number },
    handler: Handler<P, Q, B, R>,
  ): void;
}
export interface PluginRouter { readonly admin: AdminRoutes; readonly storefront: StorefrontRoutes }
