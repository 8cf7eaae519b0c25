import type { IncomingMessage } from 'node:http';
import { GxError, type Actor, type Audience, type Clock, type IdempotentRequest, type Locale, type Shop, type ShopContext, type StaffRole } from '../plugin-api/index.js';
import type { ShopsService } from '../shops/shops.service.js';
import { unauthenticated, verifyShopperToken, verifyStaffToken } from './shopper-token.js';

/** Admin requests inside a platform's frame carry the platform's own token; whoever verifies it answers the shop and the staff member. */
export type PlatformAdmin = (token: string) => Promise<{ readonly shop: Shop; readonly staffId: string; readonly name: string; readonly role: StaffRole } | undefined>;

export interface IdentifyDeps {
  readonly shops: ShopsService;
  readonly clock: Clock;
  readonly shopperKey: Buffer;
  readonly staffKey: Buffer;
  /** The shop of visitors who name none; set in demo mode only. */
  readonly defaultShop: () => Shop | undefined;
  readonly platformAdmin?: PlatformAdmin;
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
  constructor(private readonly deps: IdentifyDeps) {}

  async admin(req: IncomingMessage): Promise<ShopContext> {
    const token = bearerOf(req);
    if (!token) throw unauthenticated();
    const claims = verifyStaffToken(this.deps.staffKey, token, Date.now());
    if (claims) {
      const shop = this.deps.shops.byId(claims.shop);
      if (!shop) throw unauthenticated();
      return this.#context(req, shop, { kind: 'staff', id: claims.staff, name: claims.name, role: claims.role as StaffRole });
    }
    const staff = await this.deps.platformAdmin?.(token);
    if (!staff) throw unauthenticated();
    return this.#context(req, staff.shop, { kind: 'staff', id: staff.staffId, name: staff.name, role: staff.role });
  }

  storefront(req: IncomingMessage, audience: Audience, once: IdempotentRequest | undefined): ShopContext {
    const token = bearerOf(req);
    if (token === undefined) {
      if (audience !== 'visitor') throw unauthenticated();
      return this.#context(req, this.#visitorShop(req), { kind: 'visitor' }, once);
    }
    const claims = verifyShopperToken(this.deps.shopperKey, token, Date.now());
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
    return { shop, actor, locale: localeOf(req, shop), now: this.deps.clock.now(), ...(once ? { once } : {}) };
  }
}
