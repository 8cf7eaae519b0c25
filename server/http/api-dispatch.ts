import { createHash, hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { v4 } from 'uuid';
import type { Logger } from 'pino';
import { conflict, GxError, notFound, type IdempotentRequest, type Locale, type ShopContext, type z } from '../plugin-api/index.js';
import { fieldMessages, fieldsOf } from '../plugin-api/field-messages.js';
import { LazySignal } from '../events/deadlines.js';
import { enter } from '../containment/containment.js';
import type { PluginHost } from '../host/plugin-host.js';
import { RouteTable, type Match, type RouteRecord } from '../host/route-table.js';
import type { InstallsService } from '../installs/installs.service.js';
import type { QuotaService } from '../quotas/quotas.service.js';
import { sendCsv } from './csv-reply.js';
import { RouteInput, type Exchange } from './exchange.js';
import { clientAddress } from './client-address.js';
import { localeOf, type Identify, type ProxiedVisitor } from './identify.js';
import { sendProblem, toProblem } from './problem.js';
import type { PluginTitles } from './problem-texts.js';
import type { RateLimits } from './rate-limits.js';
import { hasBody, parseJson, readBody } from './read-body.js';

export interface DispatchDeps {
  readonly identify: Identify;
  readonly host: PluginHost;
  readonly installs: InstallsService;
  readonly quotas: QuotaService;
  readonly limits: RateLimits;
  readonly trustedProxies: number;
  readonly log: Logger;
  /** Checks replies against their schemas; costs time, so only tests and development do it. */
  readonly checkReplies: boolean;
  /** Milliseconds a plugin's route may take. */
  readonly routeMs: number;
  /** Titles of the errors that plugins throw. */
  readonly pluginTitles?: PluginTitles;
}

/** Milliseconds a download of a plugin may take; it is written while it is read. */
const CSV_MS = 300_000;
const EMPTY: Readonly<Record<string, string>> = Object.freeze({});

/** Routes of the core by surface; plugins bring their own tables. */
export class CoreRoutes {
  readonly admin = new RouteTable();
  readonly storefront = new RouteTable();
  readonly demo = new RouteTable();
  add(record: RouteRecord): void { this[record.surface === 'public' ? 'storefront' : record.surface].add(record); }
}

type ApiSurface = 'admin' | 'storefront' | 'demo';
type Found = { readonly match: Match; readonly plugin: string | undefined };

/** Answers every API request: one look-up per request however many plugins there are, and no promise where there is nothing to wait for. */
export class ApiDispatch {
  constructor(private readonly deps: DispatchDeps, private readonly core: CoreRoutes) {}

  /** True when the request was ours. */
  handle(req: IncomingMessage, res: ServerResponse): boolean {
    const url = req.url ?? '/';
    const surface = url.startsWith('/api/storefront/') ? 'storefront' : url.startsWith('/api/admin/') ? 'admin' : url.startsWith('/demo/api/') ? 'demo' : undefined;
    if (!surface) return false;
    this.#answer(req, res, url, surface);
    return true;
  }

  /** Storefront requests that came through the platform's proxy; `req.url` is the path below it. */
  handleProxied(req: IncomingMessage, res: ServerResponse, visitor: ProxiedVisitor): boolean {
    const url = req.url ?? '/';
    if (!url.startsWith('/api/storefront/')) return false;
    this.#answer(req, res, url, 'storefront', visitor);
    return true;
  }

  #find(method: string, url: string, surface: ApiSurface): Found {
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

  #answer(req: IncomingMessage, res: ServerResponse, url: string, surface: ApiSurface, visitor?: ProxiedVisitor): void {
    let begun: Exchange | undefined;
    try {
      const { match: { record, params }, plugin } = this.#find(req.method ?? 'GET', url, surface);
      // A platform that signs for its visitors asks for all of them from a few addresses of its own.
      if (!visitor) this.deps.limits.address(clientAddress(req, this.deps.trustedProxies));
      const x: Exchange = begun = { req, res, url, record, params, plugin, once: this.#keyOf(req, record), locale: undefined };
      this.#then(x, this.#identify(x, surface, visitor), (ctx) => { this.#admit(x, ctx); });
    } catch (error) { this.#fail(req, res, error, begun?.locale); }
  }

  /** Goes on at once when there is nothing to wait for: an await costs a turn of the queue also then, and every promise is tracked for blame. */
  #then<T>(x: Exchange, value: T | Promise<T>, step: (value: T) => void): void {
    if (!(value instanceof Promise)) { step(value); return; }
    value.then(step).catch((error: unknown) => { this.#fail(x.req, x.res, error, x.locale); });
  }

  #identify({ req, record, once }: Exchange, surface: ApiSurface, visitor: ProxiedVisitor | undefined): ShopContext | Promise<ShopContext> {
    if (surface === 'admin' && record.surface === 'admin') {
      const staff = this.deps.identify.admin(req);
      if (!once) return staff;
      return staff instanceof Promise ? staff.then((ctx) => ({ ...ctx, once })) : { ...staff, once };
    }
    return visitor ? this.deps.identify.proxied(req, visitor, record.audience ?? 'visitor', once) : this.deps.identify.storefront(req, record.audience ?? 'visitor', once);
  }

  #admit(x: Exchange, ctx: ShopContext): void {
    const { req, record } = x;
    x.locale = ctx.locale;
    this.#permit(record, ctx, x.plugin);
    if (x.plugin !== undefined) this.deps.quotas.request(ctx.shop, x.plugin);
    if (record.perMinute !== undefined && ctx.actor.kind === 'shopper') this.deps.limits.person(`${ctx.shop.id}/${record.owner}/${ctx.actor.personId}`, record.perMinute);
    if (record.body && req.method !== 'GET') this.#then(x, readBody(req, record.bodyLimit), (raw) => { this.#run(x, ctx, raw); });
    else this.#run(x, ctx, undefined);
  }

  #run(x: Exchange, ctx: ShopContext, raw: Buffer | undefined): void {
    const { req, res, url, record, plugin, once } = x;
    const params = record.params ? this.#valid(record.params, x.params, ctx.locale) : EMPTY;
    const query = record.query ? this.#valid(record.query, Object.fromEntries(new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length))), ctx.locale) : EMPTY;
    const body = record.stream ? req : raw && record.body ? this.#valid(record.body, parseJson(req, raw), ctx.locale) : undefined;
    if (once) this.#scope(once, req.method ?? '', url, ctx, raw);
    const { csv } = record;
    const work = (stop: LazySignal): Promise<unknown> => {
      const input = new RouteInput(params, query, body, stop, res);
      return csv ? sendCsv(res, csv.name, csv.columns, csv.rows(ctx as never, input as never)) : record.handler(ctx, input);
    };
    const done = (result: unknown): void => {
      try { if (!csv) this.#reply(res, record, result, once?.replayed === true); }
      catch (error) { this.#fail(req, res, error, ctx.locale); }
    };
    if (plugin === undefined) { this.#then(x, work(new LazySignal()), done); return; }
    enter(this.deps.host.runs.route(plugin, ctx.shop, record), csv ? CSV_MS : record.timeoutMs ?? this.deps.routeMs, work, done,
      (error) => { this.#fail(req, res, this.#pluginError(error, plugin, ctx), ctx.locale); });
  }

  #keyOf(req: IncomingMessage, { keyed }: RouteRecord): IdempotentRequest | undefined {
    const key = req.headers['idempotency-key'];
    if (keyed === undefined || (keyed === 'taken' && key === undefined)) return undefined;
    if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) {
      throw new GxError('GX_IDEMPOTENCY_KEY_MISSING', 400, 'Send an "Idempotency-Key" header of 8 to 200 visible characters, a new one for each wish and the same one for each retry.');
    }
    return { scope: '', key, hash: '', units: 0, replayed: false };
  }

  /** The key belongs to who asks and what for; the hash tells a retry from another request under the same key. */
  #scope(once: IdempotentRequest, method: string, url: string, ctx: ShopContext, raw: Buffer | undefined): void {
    const path = url.split('?', 1)[0]!;
    const mutable = once as { scope: string; hash: string };
    mutable.scope = `${method} ${path}|${ctx.actor.kind === 'shopper' ? ctx.actor.personId : ctx.actor.kind === 'staff' ? `staff:${ctx.actor.id}` : ctx.actor.kind}`;
    mutable.hash = raw?.length ? createHash('sha256').update(path).update('\n').update(raw).digest('base64url') : hash('sha256', `${path}\n`, 'base64url');
  }

  #permit(record: RouteRecord, ctx: ShopContext, plugin: string | undefined): void {
    if (record.surface === 'admin' && record.roles && ctx.actor.kind === 'staff' && ctx.actor.role !== 'owner' && !record.roles.includes(ctx.actor.role)) {
      throw new GxError('GX_FORBIDDEN', 403, `The role "${ctx.actor.role}" may not do this. Ask an owner.`);
    }
    if (plugin !== undefined && !this.deps.installs.isEnabled(ctx.shop.id, plugin)) {
      throw record.surface === 'admin' ? conflict('GX_PLUGIN_DISABLED', `The plugin "${plugin}" is not enabled in this shop. Enable it in the marketplace.`) : notFound('plugin', plugin);
    }
  }

  #valid(schema: z.ZodType, given: unknown, locale: Locale): unknown {
    const parsed = schema.safeParse(given, fieldMessages[locale]);
    if (parsed.success) return parsed.data;
    const fields = fieldsOf(parsed.error.issues, locale);
    // The sentence is in English, as that of every error; the fields are in the words of whoever filled them in.
    const english = locale === 'en' ? fields : fieldsOf(schema.safeParse(given, fieldMessages.en).error?.issues ?? [], 'en');
    throw new GxError('GX_INVALID', 422, `Some fields are not valid: ${Object.entries(english).map(([name, text]) => `${name} (${text})`).join('; ').slice(0, 500)}.`, { details: { fields } });
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

  #fail(req: IncomingMessage, res: ServerResponse, error: unknown, locale: Locale = localeOf(req)): void {
    const id = v4();
    const problem = toProblem(error, locale, id, this.deps.pluginTitles);
    if (problem.status >= 500) this.deps.log.error({ err: error, requestId: id, method: req.method, path: req.url?.split('?', 1)[0] }, problem.code);
    // A body that nobody read would be taken for the next request on this connection.
    if (!req.complete && hasBody(req)) res.shouldKeepAlive = false;
    sendProblem(res, problem);
  }
}
