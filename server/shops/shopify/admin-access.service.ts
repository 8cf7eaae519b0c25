import { GxError, type Clock, type Locale, type Shop, type ShopContext, type StaffRole } from '../../plugin-api/index.js';
import { bearerOf, type IdTokenVerifier, type MerchantIdentity } from './id-token.verifier.js';
import type { InstallationService } from './installation.service.js';
import { readShopDetails } from './shop-details.js';
import type { Fetch } from './token-endpoint.js';
import type { TokenExchangeService } from './token-exchange.service.js';
import { platformContext } from './webhook-receiver.js';
import type { ShopDirectory } from './webhook-ports.js';

/** `retry`: App Bridge should fetch a new ID token and ask once more. */
export type AccessAnswer = { readonly ok: true; readonly ctx: ShopContext; readonly identity: MerchantIdentity } | { readonly ok: false; readonly retry: boolean };

export interface AdminAccessParts {
  readonly verifier: IdTokenVerifier;
  readonly tokens: TokenExchangeService;
  readonly installations: InstallationService;
  readonly shops: ShopDirectory;
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Who may do what; Shopify itself decides who may open the app, so by default everybody who can is an owner here. */
  readonly roleOf?: (shop: Shop, userId: string) => StaffRole | Promise<StaffRole>;
}

/** From an ID token to a merchant's context: verified, installed, with an offline token in hand. */
export class AdminAccess {
  /** First openings under way, so that the many requests of one page load exchange once. */
  readonly #opening = new Map<string, Promise<Shop | undefined>>();

  constructor(private readonly parts: AdminAccessParts) {}

  /** For `/api/admin`: tokens come in the Authorization header only. */
  byBearer(authorization: string | undefined, locale: Locale): Promise<AccessAnswer> { return this.byIdToken(bearerOf(authorization), locale); }

  /** @throws GX_SHOPIFY_UNREACHABLE (503) when the first opening cannot be completed now. */
  async byIdToken(idToken: string | undefined, locale: Locale): Promise<AccessAnswer> {
    const answer = await this.parts.verifier.verify(idToken);
    if (!answer.ok || idToken === undefined) return { ok: false, retry: true };
    const shop = await this.#shop(answer.identity.shopDomain, idToken, locale);
    if (!shop) return { ok: false, retry: true };
    const role = await (this.parts.roleOf?.(shop, answer.identity.userId) ?? 'owner');
    const actor = { kind: 'staff', id: `shopify:${answer.identity.userId}`, name: `Shopify ${answer.identity.userId}`, role } as const;
    return { ok: true, identity: answer.identity, ctx: { shop, actor, locale, now: this.parts.clock.now() } };
  }

  async #shop(domain: string, idToken: string, locale: Locale): Promise<Shop | undefined> {
    const known = this.parts.shops.byKey(domain);
    if (known && this.parts.shops.state(known.id) === 'active' && (await this.parts.tokens.usable(platformContext(known, this.parts.clock.now())))) return known;
    const running = this.#opening.get(domain);
    if (running) return running;
    const opening = this.#open(domain, idToken, locale).finally(() => this.#opening.delete(domain));
    this.#opening.set(domain, opening);
    return opening;
  }

  async #open(domain: string, idToken: string, locale: Locale): Promise<Shop | undefined> {
    const { tokens, installations, shops, clock, fetch } = this.parts;
    const answer = await tokens.exchange(domain, idToken);
    if (!answer.ok) {
      if (answer.reason === 'id-token') return undefined;
      if (answer.reason === 'client') throw new GxError('GX_SHOPIFY_CLIENT', 502, 'Shopify does not accept this app. Check SHOPIFY_API_KEY and SHOPIFY_API_SECRET, then open the app again.');
      if (answer.reason === 'unsafe') throw new GxError('GX_SHOPIFY_TOKEN_UNSAFE', 502, 'Shopify sent an access token that never expires. Switch the app to expiring tokens.');
      throw new GxError('GX_SHOPIFY_UNREACHABLE', 503, 'Shopify does not answer. Try again in a minute.');
    }
    let shop = shops.byKey(domain);
    if (!shop) {
      const details = await readShopDetails(fetch, domain, answer.pair.accessToken);
      if (!details) throw new GxError('GX_SHOPIFY_UNREACHABLE', 503, 'Shopify does not answer. Try again in a minute.');
      shop = await shops.ensure({ key: domain, platform: 'shopify', name: details.name, zone: details.zone, dayStartHour: 0, currency: details.currency, locale }, clock.now());
    }
    const ctx = platformContext(shop, clock.now());
    await tokens.adopt(ctx, answer.pair);
    await installations.installed(ctx, answer.pair.scopes);
    return shop;
  }
}
