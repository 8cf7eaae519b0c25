import type { IncomingMessage } from 'node:http';
import { GxError, type Actor, type Audience, type Clock, type IdempotentRequest, type Locale, type Shop, type ShopContext, type StaffRole } from '../plugin-api/index.js';
import type { ShopsService } from '../shops/shops.service.js';
import { KnownTokens, unauthenticated, verifyShopperToken, verifyStaffToken, type ShopperClaims, type StaffClaims } from './shopper-token.js';

/** Admin requests inside a platform's frame carry the platform's own token. `retry`: its frame should fetch a new token and ask again. */
export type PlatformAdmin = (token: string, locale: Locale) => Promise<{ readonly ok: true; readonly ctx: ShopContext } | { readonly ok: false; readonly retry: boolean }>;

/** A storefront request that the platform's proxy signed; identity comes from the signature alone. */
export interface ProxiedVisitor { readonly shop: Shop; readonly platform: string; readonly customerId: string | null }
/** The person behind a platform's customer id, made when unknown. */
export type PersonOf = (shop: Shop, platform: string, customerId: string) => Promise<string>;

export interface IdentifyDeps {
  readonly shops: ShopsService;
  readonly clock: Clock;
  readonly shopperKey: Buffer;
  readonly staffKey: Buffer;
  /** The shop of visitors who name none; set in demo mode only. */
  readonly defaultShop: () => Shop | undefined;
  readonly platformAdmin?: PlatformAdmin;
  readonly personOf: PersonOf;
}

export const localeOf = (req: IncomingMessage, shop?: Shop): Locale => {
  const wanted = req.headers['accept-language'];
  if (!wanted || wanted === '*') return shop?.locale ?? 'en';
  return wanted.trimStart().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
};

const bearerOf = (req: IncomingMessage): string | undefined => {
  const header = req.headers.authorization;
  return header?.startsWith('Bearer ') ? header.slice(7) : undefined;
};

/** Makes contexts, and is the only place besides jobs, webhooks and proxies that does. */
export class Identify {
  readonly #shoppers: KnownTokens<ShopperClaims>;
  readonly #staff: KnownTokens<StaffClaims>;

  constructor(private readonly deps: IdentifyDeps) {
    this.#shoppers = new KnownTokens((token, now) => verifyShopperToken(deps.shopperKey, token, now));
    this.#staff = new KnownTokens((token, now) => verifyStaffToken(deps.staffKey, token, now));
  }

  /** A promise only when a platform has to be asked. */
  admin(req: IncomingMessage): ShopContext | Promise<ShopContext> {
    const token = bearerOf(req);
    if (!token) throw unauthenticated();
    const claims = this.#staff.claims(token, Date.now());
    if (!claims) return this.#platformAdmin(req, token);
    const shop = this.deps.shops.byId(claims.shop);
    if (!shop) throw unauthenticated();
    return this.#context(req, shop, { kind: 'staff', id: claims.staff, name: claims.name, role: claims.role as StaffRole });
  }

  async #platformAdmin(req: IncomingMessage, token: string): Promise<ShopContext> {
    const answer = token.startsWith('gxa_') ? undefined : await this.deps.platformAdmin?.(token, localeOf(req));
    if (answer?.ok) return answer.ctx;
    throw answer?.retry ? new GxError('GX_UNAUTHENTICATED', 401, 'The session has ended. Open the app again.', { details: { retrySession: true } }) : unauthenticated();
  }

  async proxied(req: IncomingMessage, visitor: ProxiedVisitor, audience: Audience, once: IdempotentRequest | undefined): Promise<ShopContext> {
    if (visitor.customerId === null) {
      // The signature says who the shopper is not; a guest may still hold a bearer of this shop.
      if (bearerOf(req) === undefined) {
        if (audience !== 'visitor') throw unauthenticated();
        return this.#context(req, visitor.shop, { kind: 'visitor' }, once);
      }
      const ctx = this.storefront(req, audience, once);
      if (ctx.shop.id !== visitor.shop.id || (ctx.actor.kind === 'shopper' && !ctx.actor.guest)) throw unauthenticated();
      return ctx;
    }
    const personId = await this.deps.personOf(visitor.shop, visitor.platform, visitor.customerId);
    return this.#context(req, visitor.shop, { kind: 'shopper', personId, guest: false }, once);
  }

  storefront(req: IncomingMessage, audience: Audience, once: IdempotentRequest | undefined): ShopContext {
    const token = bearerOf(req);
    if (token === undefined) {
      if (audience !== 'visitor') throw unauthenticated();
      return this.#context(req, this.#visitorShop(req), { kind: 'visitor' }, once);
    }
    const claims = this.#shoppers.claims(token, Date.now());
    const shop = claims && this.deps.shops.byId(claims.shop);
    if (!claims || !shop) throw unauthenticated();
    if (audience === 'member' && claims.guest) throw new GxError('GX_MEMBER_ONLY', 403, 'This is for signed-in members. Sign in to the shop and try again.');
    return this.#context(req, shop, { kind: 'shopper', personId: claims.person, guest: claims.guest }, once);
  }

  #visitorShop(req: IncomingMessage): Shop {
    const named = req.headers['x-guanxi-shop'];
    const shop = typeof named === 'string' ? this.deps.shops.byKey(named) : this.deps.defaultShop();
    if (!shop) throw new GxError('GX_SHOP_UNKNOWN', 400, 'Name the shop in the header X-Guanxi-Shop.');
    return shop;
  }

  #context(req: IncomingMessage, shop: Shop, actor: Actor, once?: IdempotentRequest): ShopContext {
    const locale = localeOf(req, shop), now = this.deps.clock.now();
    return once ? { shop, actor, locale, now, once } : { shop, actor, locale, now };
  }
}
