import type { Instant, ShopContext } from './context.js';
import type { Page, PageRequest } from './database.js';

/** One human in a shop; guests are persons too. */
export interface Person {
  readonly id: string;
  readonly kind: 'guest' | 'member';
  readonly name: string | null;
  readonly email: string | null;
  readonly locale: string | null;
  readonly createdAt: Instant;
}
/** Where a walk through a whole shop goes on: rows after this id, at most `limit` (1–1,000). Ids sort by the time at which they were made. */
export interface Walk { readonly after?: string | undefined; readonly limit: number }
export interface Customers {
  /** All members who live on, by id. */
  members(ctx: ShopContext, walk: Walk): Promise<readonly { readonly id: string; readonly createdAt: Instant }[]>;
  /** Follows merges: the id of a merged person answers the person it became. */
  byId(ctx: ShopContext, personId: string): Promise<Person | undefined>;
  byIds(ctx: ShopContext, personIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
}

export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly category: string | null;
  /** Minor units. */
  readonly price: number;
  readonly currency: string;
  readonly imageUrl: string | null;
  readonly url: string | null;
}
export interface Products {
  bySku(ctx: ShopContext, sku: string): Promise<Product | undefined>;
  bySkus(ctx: ShopContext, skus: readonly string[]): Promise<ReadonlyMap<string, Product>>;
  search(ctx: ShopContext, text: string, page: PageRequest): Promise<Page<Product>>;
}

export interface OrderLine {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: number;
  /** What was paid for the line after discounts, minor units. */
  readonly paid: number;
  readonly refundedQuantity: number;
  readonly refundedAmount: number;
}
export interface Order {
  readonly id: string;
  readonly externalId: string;
  readonly number: string;
  readonly personId: string | null;
  readonly currency: string;
  readonly placedAt: Instant;
  readonly paidAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly total: number;
  readonly refundedTotal: number;
  readonly discountCodes: readonly string[];
  /** What each code really took off, saved shipping included, in minor units. */
  readonly discounts: readonly { readonly code: string; readonly amount: number }[];
  readonly lines: readonly OrderLine[];
}
/** What an order was worth. Paid orders in the shop's currency, without tests; minor units. */
export interface OrderSum {
  readonly id: string;
  /** The person it counts for, after merges. */
  readonly personId: string;
  readonly paidAt: Instant;
  /** Paid for goods, before and after refunds; `net` of a cancelled order is 0. */
  readonly goods: number;
  readonly net: number;
  /** Charged for shipping, before refunds. */
  readonly shipping: number;
  /** What a price for members took off the goods that were kept. */
  readonly saved: number;
  /** When something was last given back; null if nothing was. */
  readonly refundedAt: Instant | null;
  /** What was left of `goods` after each time that something was given back, in their order; the last `left` is `net`. */
  readonly returns: readonly { readonly at: Instant; readonly left: number }[];
}
export interface Orders {
  /** What orders were worth: those of `ids` (at most 1,000), or all of the shop by id, of which `paidSince` leaves out those paid before. Imported ones are among them. */
  sums(ctx: ShopContext, which: (Walk & { readonly paidSince?: Instant }) | { readonly ids: readonly string[] }): Promise<readonly OrderSum[]>;
  byId(ctx: ShopContext, orderId: string): Promise<Order | undefined>;
  ofPerson(ctx: ShopContext, personId: string, page: PageRequest): Promise<Page<Order>>;
  /** Whether the person has a paid, not fully refunded line of this product; the order's id if so. */
  boughtBy(ctx: ShopContext, personId: string, sku: string): Promise<string | undefined>;
}

/** What can be taken off at a checkout, in the order in which it is by default. */
export const STACK_CLASSES = ['member', 'product', 'order', 'shipping', 'points'] as const;
export type StackClass = (typeof STACK_CLASSES)[number];
/** What becomes of a coupon when pieces go back and the rest no longer meets its minimum: kept whole, returned by share, or taken back whole. */
export const RETURN_POLICIES = ['keep', 'prorate', 'deduct'] as const;
export type ReturnPolicy = (typeof RETURN_POLICIES)[number];
/** What a coupon does to a cart, minor units or basis points. The platform's checkout applies it. */
export interface DiscountTerms {
  readonly kind: 'amount' | 'percent' | 'free-shipping' | 'price';
  /** Minor units for `amount`, basis points for `percent`, 0 for free shipping; for `price` what one piece of `sku` costs then, in minor units. */
  readonly value: number;
  /** Lowest goods total, minor units; 0 for none. */
  readonly minimum: number;
  /** For `price`: which product. */
  readonly sku?: string;
  /** What it counts as beside others; if not given `shipping` for free shipping, `product` where `skus` or `sku` are named, else `order`. */
  readonly class?: 'product' | 'order' | 'shipping' | undefined;
  /** Classes that it may stand beside; the shop's matrix holds besides. All of them if not given. */
  readonly stacksWith?: readonly StackClass[] | undefined;
  /** The products that it is for, at most 50; all if not given. The minimum is of all goods. */
  readonly skus?: readonly string[] | undefined;
  /** `prorate` if not given. */
  readonly returns?: ReturnPolicy | undefined;
}
/** Codes that a shop's checkout accepts. One use each. */
export interface DiscountCodes {
  /** A fresh code of at least 60 bits, e.g. `GX-7KQ2-…`. */
  generate(): string;
  /** Which of these codes open checkouts hold, and until when; at most 1,000. */
  held(ctx: ShopContext, codes: readonly string[]): Promise<ReadonlyMap<string, Instant>>;
  /** Makes the code known to the checkout. Joins `ctx.tx`; platforms outside hear of it through the outbox. */
  readonly steps: {
    register(ctx: ShopContext, code: { readonly code: string; readonly terms: DiscountTerms; readonly personId: string; readonly expiresAt: Instant; readonly owner: string; readonly ownerRef: string }): import('./sql.js').Unit<void>;
    /** Ends a code. False, and nothing changes, when it was used or an open checkout holds it; with `held` the checkout loses it. */
    revoke(ctx: ShopContext, code: string, which?: { readonly held?: boolean }): import('./sql.js').Unit<boolean>;
    /** Makes a used code usable again, e.g. after a refund. */
    restore(ctx: ShopContext, code: string, expiresAt: Instant): import('./sql.js').Unit<boolean>;
  };
}

/** Events of the core, by name. Handlers get them after commit, at least once, with the event's id as key. */
export interface CoreEvents {
  'order.paid': { readonly orderId: string; readonly personId: string | null };
  'order.delivered': { readonly orderId: string; readonly personId: string | null };
  'order.refunded': { readonly orderId: string; readonly personId: string | null; readonly refundId: string; readonly full: boolean };
  'order.cancelled': { readonly orderId: string; readonly personId: string | null };
  'discount.used': { readonly code: string; readonly owner: string; readonly ownerRef: string; readonly orderId: string };
  'discount.released': { readonly code: string; readonly owner: string; readonly ownerRef: string; readonly orderId: string; readonly cause: 'refund' | 'cancel' };
  /** Somebody had this code at a checkout, and the order was paid without it: others took more off, or it may not stand beside them (`beside`). It stays usable. `difference`: minor units that the order would have cost more with it. */
  'discount.lost': { readonly code: string; readonly owner: string; readonly ownerRef: string; readonly orderId: string; readonly reason: 'stacking' | 'floor' | 'no-effect' | 'better' | 'too-many'; readonly difference: number; readonly beside: readonly string[] };
  'customer.created': { readonly personId: string };
  'customer.merged': { readonly personId: string; readonly into: string };
  /** A merge was undone: `personId` is a person of their own again. What a plugin gave to the other stays there. */
  'customer.split': { readonly personId: string; readonly into: string };
  'customer.erased': { readonly personId: string };
  /** Points expire in `days` (30 or 7) days or less; told once for each day of expiry and threshold. */
  'points.expiring': { readonly personId: string; readonly amount: number; readonly at: Instant; readonly days: number };
  'grant.made': { readonly grantId: string; readonly personId: string; readonly kind: string; readonly amount: number; readonly source: string };
  /**
   * What became of a grant that was `held`, told once, in the unit that decides; `personId` is whoever it is for by now. `given`: it is theirs, and `outcome` is what
   * its kind answered. `instead`: it could never be given any more, so its `fallback` was, named in `instead`. `over`: the same, and nothing took its place, or the
   * person had it already under another id. `refused`: staff took it back, or its module did. Whoever granted it knows it by `source`, `causeRef` and `key`.
   */
  'grant.decided': {
    readonly grantId: string; readonly personId: string; readonly kind: string; readonly amount: number; readonly source: string; readonly causeRef: string; readonly key: string;
    readonly decision: 'given' | 'instead' | 'over' | 'refused'; readonly outcome: Readonly<Record<string, unknown>>; readonly instead: { readonly grantId: string; readonly kind: string; readonly amount: number } | null;
  };
}
