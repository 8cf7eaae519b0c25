import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { v4 } from 'uuid';
import type { Logger } from 'pino';
import { conflict, GxError, notFound, type IdempotentRequest, type ShopContext, type z } from '../plugin-api/index.js';
import { contain, LazySignal } from '../host/containment.js';
import type { PluginHost } from '../host/plugin-host.js';
import { RouteTable, type Match, type RouteRecord } from '../host/route-table.js';
import type { InstallsService } from '../installs/installs.service.js';
import { sendCsv } from './csv-reply.js';
import { localeOf, type Identify, type ProxiedVisitor } from './identify.js';
import { sendProblem, toProblem } from './problem.js';
import type { RateLimits } from './rate-limits.js';
import { parseJson, readBody } from './read-body.js';

export interface DispatchDeps {
  readonly identify: Identify;
  readonly host: PluginHost;
  readonly installs: InstallsService;
  readonly limits: RateLimits;
  readonly log: Logger;
  /** Checks replies against their schemas; costs time, so only tests and development do it. */
  readonly checkReplies: boolean;
  /** Milliseconds a plugin's route may take. */
  readonly routeMs: number;
}

const EMPTY: Readonly<Record<string, string>> = Object.freeze({});

/** Routes of the core by surface; plugins bring their own tables. */
export class CoreRoutes {
  readonly admin = new RouteTable();
  readonly storefront = new RouteTable();
  readonly demo = new RouteTable();
  add(record: RouteRecord): void { this[record.surface === 'public' ? 'storefront' : record.surface].add(record); }
}

type Found = { readonly match: Match; readonly plugin: string | undefined };

/** Answers every API request: one look-up per request however many plugins there are. */
export class ApiDispatch {
  constructor(private readonly deps: DispatchDeps, private readonly core: CoreRoutes) {}

  /** True when the request was ours. */
  handle(req: IncomingMessage, res: ServerResponse): boolean {
    const url = req.url ?? '/';
    const surface = url.startsWith('/api/storefront/') ? 'storefront' : url.startsWith('/api/admin/') ? 'admin' : url.startsWith('/demo/api/') ? 'demo' : undefined;
    if (!surface) return false;
    this.#answer(req, res, url, surface).catch((error: unknown) => { this.#fail(req, res, error); });
    return true;
  }

  /** Storefront requests that came through the platform's proxy; `req.url` is the path below it. */
  handleProxied(req: IncomingMessage, res: ServerResponse, visitor: ProxiedVisitor): boolean {
    const url = req.url ?? '/';
    if (!url.startsWith('/api/storefront/')) return false;
    this.#answer(req, res, url, 'storefront', visitor).catch((error: unknown) => { this.#fail(req, res, error); });
    return true;
  }

  #find(method: string, url: string, surface: 'admin' | 'storefront' | 'demo'): Found {
    const base = surface === 'storefront' ? 15 : surface === 'admin' ? 10 : 9;
    let table = this.core[surface];
    let from = base;
    let plugin: string | undefined;
    if (surface !== 'demo' && url.startsWith('/plugins/', base)) {
      const start = base + 9;
      let end = start;
      while (end < url.length && url[end] !== '/' && url[end] !== '?') end++;
      plugin = url.slice(start, end);
      const unit = this.deps.host.unit(plugin);
      if (!unit) throw notFound('plugin', plugin);
      table = unit[surface];
      from = end;
    }
    const match = table.match(method.toLowerCase(), url, from);
    if (match === 'method') throw new GxError('GX_METHOD', 405, `${method} is not possible here.`);
    if (!match) throw notFound('route');
    return { match, plugin };
  }

  async #answer(req: IncomingMessage, res: ServerResponse, url: string, surface: 'admin' | 'storefront' | 'demo', visitor?: ProxiedVisitor): Promise<void> {
    const { match: { record, params }, plugin } = this.#find(req.method ?? 'GET', url, surface);
    // Awaits stand behind conditions: each costs a turn of the queue, also when there is nothing to wait for.
    if (this.deps.limits.perAddress) await this.deps.limits.address(req.socket.remoteAddress ?? '');
    let once: IdempotentRequest | undefined;
    if (record.keyed) once = this.#keyOf(req);
    const ctx = surface === 'admin' && record.surface === 'admin' ? await this.deps.identify.admin(req)
      : visitor ? await this.deps.identify.proxied(req, visitor, record.audience ?? 'visitor', once) : this.deps.identify.storefront(req, record.audience ?? 'visitor', once);
    this.#permit(record, ctx, plugin);
    if (record.perMinute !== undefined && ctx.actor.kind === 'shopper') await this.deps.limits.person(`${ctx.shop.id}/${record.owner}/${ctx.actor.personId}`, record.perMinute);
    const raw = record.body && req.method !== 'GET' ? await readBody(req, record.bodyLimit) : undefined;
    const input = {
      params: record.params ? this.#valid(record.params, params) : EMPTY,
      query: record.query ? this.#valid(record.query, Object.fromEntries(new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length)))) : EMPTY,
      body: record.stream ? req : raw && record.body ? this.#valid(record.body, parseJson(req, raw)) : undefined,
    };
    if (once) this.#scope(once, req.method ?? '', url, ctx, raw);
    if (record.csv) { await this.#sendCsv(res, record, ctx, input); return; }
    const run = (signal: LazySignal): Promise<unknown> => record.handler(ctx, { ...input, get signal() { return signal.signal; } });
    let result: unknown;
    if (plugin === undefined) result = await run(new LazySignal());
    else {
      try { result = await contain({ plugin, shop: ctx.shop.key, surface: 'route', name: record.path }, record.timeoutMs ?? this.deps.routeMs, run); }
      catch (error) { throw this.#pluginError(error, plugin, ctx); }
    }
    this.#reply(res, record, result, once?.replayed === true);
  }

  #keyOf(req: IncomingMessage): IdempotentRequest {
    const key = req.headers['idempotency-key'];
    if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) {
      throw new GxError('GX_IDEMPOTENCY_KEY_MISSING', 400, 'Send an "Idempotency-Key" header of 8 to 200 visible characters, a new one for each wish and the same one for each retry.');
    }
    return { scope: '', key, hash: '', units: 0, replayed: false };
  }

  /** The key belongs to who asks and what for; the hash tells a retry from another request under the same key. */
  #scope(once: IdempotentRequest, method: string, url: string, ctx: ShopContext, raw: Buffer | undefined): void {
    const path = url.split('?', 1)[0]!;
    const mutable = once as { scope: string; hash: string };
    mutable.scope = `${method} ${path}|${ctx.actor.kind === 'shopper' ? ctx.actor.personId : ctx.actor.kind}`;
    mutable.hash = createHash('sha256').update(path).update('\n').update(raw ?? '').digest('base64url');
  }

  #permit(record: RouteRecord, ctx: ShopContext, plugin: string | undefined): void {
    if (record.surface === 'admin' && record.roles && ctx.actor.kind === 'staff' && ctx.actor.role !== 'owner' && !record.roles.includes(ctx.actor.role)) {
      throw new GxError('GX_FORBIDDEN', 403, `The role "${ctx.actor.role}" may not do this. Ask an owner.`);
    }
    if (plugin !== undefined && !this.deps.installs.isEnabled(ctx.shop.id, plugin)) {
      throw record.surface === 'admin' ? conflict('GX_PLUGIN_DISABLED', `The plugin "${plugin}" is not enabled in this shop. Enable it in the marketplace.`) : notFound('plugin', plugin);
    }
  }

  #valid(schema: z.ZodType, given: unknown): unknown {
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues.slice(0, 20)) {
      const path = issue.path.map(String);
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) fields[[...path, key].join('.')] = 'unknown field';
      else fields[path.join('.') || 'body'] = issue.message.endsWith('received undefined') ? 'is missing' : issue.message;
    }
    throw new GxError('GX_INVALID', 422, `Some fields are not valid: ${Object.entries(fields).map(([name, text]) => `${name} (${text})`).join('; ').slice(0, 500)}.`, { details: { fields } });
  }

  /** What a plugin throws on purpose goes through; anything else becomes a 502 that names the plugin and says nothing of its inside. */
  #pluginError(error: unknown, plugin: string, ctx: ShopContext): unknown {
    if (error instanceof GxError && error.status < 500) return error;
    if (error instanceof GxError && (error.status === 503 || error.status === 504)) return error;
    this.deps.log.error({ err: error, plugin, shop: ctx.shop.key }, 'a plugin route failed');
    return new GxError('GX_PLUGIN_FAILED', 502, `The module "${plugin}" had a problem. The rest of the shop works. Try again later.`, { plugin, shop: ctx.shop.key, cause: error });
  }

  #reply(res: ServerResponse, record: RouteRecord, result: unknown, replayed: boolean): void {
    if (record.status === 204) { res.writeHead(204); res.end(); return; }
    if (this.deps.checkReplies) {
      const checked = record.reply.safeParse(result);
      if (!checked.success) {
        const issue = checked.error.issues[0];
        throw new GxError('GX_REPLY', 500, `${record.owner} ${record.method} ${record.path} answers something its schema does not allow: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
      }
    }
    const body = JSON.stringify(result ?? null);
    res.writeHead(record.status, replayed
      ? { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', 'idempotency-replayed': 'true' }
      : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
    res.end(body);
  }

  async #sendCsv(res: ServerResponse, record: RouteRecord, ctx: ShopContext, input: object): Promise<void> {
    const { name, columns, rows } = record.csv!;
    const signal = new LazySignal();
    res.once('close', () => { signal.abort(); });
    await sendCsv(res, name, columns, rows(ctx as never, { ...input, signal: signal.signal } as never));
  }

  #fail(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    const id = v4();
    const problem = toProblem(error, localeOf(req), id);
    if (problem.status >= 500) this.deps.log.error({ err: error, requestId: id, method: req.method, path: req.url?.split('?', 1)[0] }, problem.code);
    // A body that nobody read would be taken for the next request on this connection.
    if (!req.complete) res.shouldKeepAlive = false;
    sendProblem(res, problem);
  }
}
