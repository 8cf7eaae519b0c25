import type { PointsProgramme } from './programme.js';

/** UTC milliseconds since the epoch, as the injected clock tells it. */
export type Instant = number;

/** `YYYY-MM-DD`: the day that counts for a shop, `date(t in shop zone − day start)`. */
export type BusinessDate = string;

export type Locale = 'en' | 'zh-CN';
export const LOCALES: readonly Locale[] = ['en', 'zh-CN'];

/** A tenant. `id` is the integer key that every row of the shop carries. */
export interface Shop {
  readonly id: number;
  /** Stable public name, e.g. `demo` or `example.myshopify.com`. */
  readonly key: string;
  readonly platform: 'demo' | 'shopify';
  readonly name: string;
  /** IANA zone, e.g. `Asia/Shanghai`. */
  readonly zone: string;
  /** Hour at which the shop's day begins, 0–23. */
  readonly dayStartHour: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly locale: Locale;
  /** The merchant's rules for points, as they are now; absent until they are saved for the first time. */
  readonly points?: PointsProgramme;
}

export type StaffRole = 'owner' | 'operator' | 'marketer' | 'agent' | 'analyst' | 'auditor';

/** Who acts. A guest is a person without a verified identity. */
export type Actor =
  | { readonly kind: 'staff'; readonly id: string; readonly name: string; readonly role: StaffRole }
  | { readonly kind: 'shopper'; readonly personId: string; readonly guest: boolean }
  | { readonly kind: 'visitor' }
  | { readonly kind: 'platform'; readonly source: string }
  | { readonly kind: 'job'; readonly name: string }
  | { readonly kind: 'plugin'; readonly plugin: string };

/** Identifies one effectful request, so that its outermost unit of work stores its result once and replays it. */
export interface IdempotentRequest {
  readonly scope: string;
  readonly key: string;
  /** SHA-256 of method, path and body; another hash under the same key is `GX_IDEMPOTENCY_MISMATCH`. */
  readonly hash: string;
  /** How many units of this request have claimed the key so far; kept by the data layer. */
  units: number;
  /** Set when a stored result was returned. */
  replayed: boolean;
}

/** Marks an open unit of work; opaque to everybody but the data layer. */
export interface OpenUnit { readonly door: 'write' | 'hot' }

/**
 * First parameter of everything that touches data. Made only by the verifiers (admin token, shopper token, webhook, job);
 * nothing reads a shop from anywhere else.
 */
export interface ShopContext {
  readonly shop: Shop;
  readonly actor: Actor;
  readonly locale: Locale;
  /** The clock's time when the request, event or job began. */
  readonly now: Instant;
  /** The unit of work that calls made with this context join; absent outside one. */
  readonly tx?: OpenUnit;
  readonly once?: IdempotentRequest;
}

/** The id of the shopper who acts, or undefined when the actor is not a shopper. */
export const shopperOf = (ctx: ShopContext): string | undefined =>
  ctx.actor.kind === 'shopper' ? ctx.actor.personId : undefined;

/** One line that names the actor in the audit: `staff:Lin`, `shopper:018f…`, `job:points.expire`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'staff': return `staff:${actor.name}`;
    case 'shopper': return `${actor.guest ? 'guest' : 'shopper'}:${actor.personId}`;
    case 'visitor': return 'visitor';
    case 'platform': return `platform:${actor.source}`;
    case 'job': return `job:${actor.name}`;
    case 'plugin': return `plugin:${actor.plugin}`;
  }
}
