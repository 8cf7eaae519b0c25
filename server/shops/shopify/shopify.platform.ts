import express, { type Request, type RequestHandler, type Response } from 'express';
import { GxError, type Clock, type Database, type Locale, type Log, type Shop, type ShopContext, type StaffRole } from '../../plugin-api/index.js';
import type { CommerceIntake } from '../../commerce/snapshots.js';
import { AdminAccess, type AccessAnswer } from './admin-access.service.js';
import { AppProxyVerifier, type ProxyIdentity } from './app-proxy.verifier.js';
import { bounceLocation, bouncePage, ownPath, stuckPage } from './bounce-page.js';
import { contentSecurityPolicy, frameAncestors } from './content-security-policy.js';
import { CredentialStore, type Cipher } from './credential-store.js';
import { IdTokenVerifier } from './id-token.verifier.js';
import { InstallationService } from './installation.service.js';
import { localeOf } from './shop-details.js';
import { shopDomain } from './shop-domain.js';
import type { ShopifyApp } from './shopify-app.js';
import { TokenEndpoint, type Fetch } from './token-endpoint.js';
import { TokenExchangeService } from './token-exchange.service.js';
import { WebhookFold } from './webhook-fold.service.js';
import type { DeliveryInbox, PlatformPrivacyRequests, ShopDirectory, StoredDelivery } from './webhook-ports.js';
import { WebhookReceiver } from './webhook-receiver.js';
import { WebhookVerifier } from './webhook.verifier.js';

export interface ShopifyPlatformParts {
  readonly app: ShopifyApp;
  readonly db: Database;
  readonly cipher: Cipher;
  readonly shops: ShopDirectory;
  readonly inbox: DeliveryInbox;
  readonly intake: CommerceIntake;
  readonly privacy: PlatformPrivacyRequests;
  readonly clock: Clock;
  readonly log?: Log;
  readonly fetch?: Fetch;
  /** System time; tokens and signatures never follow the shop's clock. */
  readonly systemNow?: () => number;
  /** What else ends when a shop takes the app off; may be called again. */
  readonly left?: (ctx: ShopContext) => Promise<void>;
  readonly roleOf?: (shop: Shop, userId: string) => StaffRole | Promise<StaffRole>;
}
/** Writes the admin's HTML; the header with who may frame it is set already and `policy` builds it again with script hashes. */
export type Shell = (req: Request, res: Response, opened: { readonly ctx: ShopContext; readonly policy: (scriptHashes: readonly string[]) => string }) => void | Promise<void>;
/** A storefront visitor behind the app proxy; `shop` is ours and has the app. */
export interface ProxyVisitor { readonly shop: Shop; readonly identity: ProxyIdentity }

/** Path of the page that lets App Bridge fetch an ID token. */
export const BOUNCE_PATH = '/shopify/id-token';

/** Tells App Bridge to fetch a new ID token and to repeat the request once. */
export const RETRY_HEADER = 'X-Shopify-Retry-Invalid-Session-Request';

const rawQuery = (req: Request): string => { const at = req.originalUrl.indexOf('?'); return at < 0 ? '' : req.originalUrl.slice(at + 1); };

/** Shopify's server side: what the HTTP layer mounts and what jobs ask for tokens. */
export class ShopifyPlatform {
  readonly tokens: TokenExchangeService;
  readonly installations: InstallationService;
  readonly #access: AdminAccess;
  readonly #proxy: AppProxyVerifier;
  readonly #receiver: WebhookReceiver;
  readonly #fold: WebhookFold;

  constructor(private readonly parts: ShopifyPlatformParts) {
    const now = parts.systemNow ?? Date.now;
    const fetch: Fetch = parts.fetch ?? globalThis.fetch;
    this.tokens = new TokenExchangeService(new TokenEndpoint(parts.app, fetch, now), new CredentialStore(parts.db, parts.cipher), now, parts.log);
    this.installations = new InstallationService(parts.db, parts.shops, this.tokens, parts.left);
    this.#access = new AdminAccess({ verifier: new IdTokenVerifier(parts.app, now), tokens: this.tokens, installations: this.installations, shops: parts.shops, clock: parts.clock, fetch, ...(parts.roleOf ? { roleOf: parts.roleOf } : {}) });
    this.#proxy = new AppProxyVerifier(parts.app.secrets, now);
    this.#receiver = new WebhookReceiver(new WebhookVerifier(parts.app.secrets), parts.shops, parts.inbox, parts.clock);
    this.#fold = new WebhookFold(parts.intake, this.installations, parts.privacy);
  }

  /** Handler of the inbox for the source `shopify`. */
  async fold(ctx: ShopContext, delivery: { readonly topic: string; readonly payload: unknown }): Promise<void> {
    await this.#fold.fold(ctx, delivery.topic, delivery.payload as StoredDelivery);
  }

  /** For `/api/admin`: a merchant's context, or whether to answer 401 with the retry header. */
  authenticate(authorization: string | undefined, acceptLanguage: string | undefined): Promise<AccessAnswer> {
    return this.#access.byBearer(authorization, localeOf(acceptLanguage));
  }

  /** For `/api/admin`, as middleware: `res.locals.ctx` is the merchant's context. */
  readonly bearer: RequestHandler = async (req, res, next) => {
    const answer = await this.authenticate(req.get('authorization'), req.get('accept-language'));
    if (!answer.ok) {
      if (answer.retry) res.set(RETRY_HEADER, '1');
      next(new GxError('GX_UNAUTHENTICATED', 401, 'A valid Shopify session is needed. Open the app again from the Shopify admin.'));
      return;
    }
    res.locals['ctx'] = answer.ctx;
    next();
  };

  /** The document request: the shell for a valid ID token, the bounce page's address otherwise. */
  document(shell: Shell): RequestHandler {
    return async (req, res) => {
      const query = new URLSearchParams(rawQuery(req));
      const locale: Locale = localeOf(query.get('locale') ?? req.get('accept-language'));
      res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
      const answer = await this.#access.byIdToken(query.get('id_token') ?? undefined, locale);
      if (answer.ok) {
        const policy = (hashes: readonly string[]): string => contentSecurityPolicy(answer.identity.shopDomain, hashes);
        res.set('Content-Security-Policy', policy([]));
        await shell(req, res, { ctx: answer.ctx, policy });
        return;
      }
      const framer = shopDomain(query.get('shop'));
      const location = framer === undefined ? undefined : bounceLocation(BOUNCE_PATH, req.baseUrl + req.path, query);
      res.set('Content-Security-Policy', `default-src 'none'; ${frameAncestors(framer)}`);
      if (location === undefined) res.status(401).type('html').send(stuckPage(locale));
      else res.redirect(302, location);
    };
  }

  /** `GET /shopify/id-token`: nothing but App Bridge, which comes back with a token. Refuses to lead to another origin. */
  readonly bouncePage: RequestHandler = (req, res) => {
    const query = new URLSearchParams(rawQuery(req));
    const framer = shopDomain(query.get('shop'));
    if (framer === undefined || ownPath(query.get('shopify-reload')) === undefined) throw new GxError('GX_SHOPIFY_RELOAD', 400, 'This address is incomplete. Open the app again from the Shopify admin.');
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'Content-Security-Policy': contentSecurityPolicy(framer) });
    res.type('html').send(bouncePage(this.parts.app.apiKey));
  };

  /** Who a proxied storefront request comes from; undefined when Shopify did not sign it, it is too old, or the shop has no app of ours. */
  proxyVisitor(query: string): ProxyVisitor | undefined {
    const answer = this.#proxy.verify(query);
    if (!answer.ok) return undefined;
    const shop = this.parts.shops.byKey(answer.identity.shopDomain);
    return shop && shop.platform === 'shopify' && this.parts.shops.state(shop.id) === 'active' ? { shop, identity: answer.identity } : undefined;
  }

  /**
   * For `/proxy`, as middleware: `res.locals.visitor` is the visitor. The signed query is taken off the request, so that nothing can log or
   * echo it; what stays are the request's own parameters.
   */
  readonly proxy: RequestHandler = (req, res, next) => {
    const visitor = this.proxyVisitor(rawQuery(req));
    const own = new URLSearchParams([...(visitor?.identity.query ?? [])].flatMap(([name, values]) => values.map((value) => [name, value] as [string, string]))).toString();
    for (const name of ['url', 'originalUrl'] as const) req[name] = req[name].split('?', 1)[0]! + (own === '' ? '' : `?${own}`);
    res.set('Cache-Control', 'no-store');
    if (!visitor) { next(new GxError('GX_PROXY_SIGNATURE', 401, 'This request did not come through the shop. Open the page from the shop again.')); return; }
    res.locals['visitor'] = visitor;
    next();
  };

  /** `POST /webhooks/shopify` and `…/compliance`; mount before any body parser. */
  readonly webhook: readonly RequestHandler[] = [
    express.raw({ type: () => true, limit: '2mb', inflate: false }),
    async (req, res) => {
      const body: unknown = req.body;
      res.status(await this.#receiver.receive(Buffer.isBuffer(body) ? body : Buffer.alloc(0), req.headers)).end();
    },
  ];
}
