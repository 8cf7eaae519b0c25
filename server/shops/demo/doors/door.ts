import type { Audience, Handler, Method, z } from '../../../plugin-api/index.js';

/** A route of the demo, in the shape of the host's route table; paths stand under `/demo/api`. */
export interface DemoRoute {
  readonly surface: 'demo';
  readonly owner: 'core';
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly audience: Audience;
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly reply: z.ZodType;
  readonly status: number;
  readonly bodyLimit: number;
  readonly timeoutMs: number;
  // Each handler was checked against its own schemas in `door`; the table holds all kinds.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly handler: Handler<any, any, any, any>;
}

/** Declares a door: input is validated and identity is found before the handler runs. No `Idempotency-Key` is asked for. */
export const door = <P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined, R extends z.ZodType = z.ZodType>(
  method: Method, path: string, shape: { readonly summary: string; readonly audience?: Audience; readonly params?: P; readonly query?: Q; readonly body?: B; readonly reply: R; readonly status?: number; readonly timeoutMs?: number },
  handler: Handler<P, Q, B, R>,
): DemoRoute => ({
  surface: 'demo', owner: 'core', method, path, summary: shape.summary, audience: shape.audience ?? 'visitor', params: shape.params, query: shape.query, body: shape.body, reply: shape.reply,
  status: shape.status ?? 200, bodyLimit: 16_384, timeoutMs: shape.timeoutMs ?? 30_000, handler,
});
