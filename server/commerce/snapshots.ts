import type { Instant } from '../plugin-api/index.js';

/**
 * What a shop platform, an import or the demo tells us, in one shape. Snapshots are folded: any order of arrival and any number of
 * deliveries ends in the same state (a refund may come before its order, an old snapshot after a new one).
 * Ids are the platform's, as opaque strings. Money is minor units.
 */
export interface CustomerSnapshot {
  readonly externalId: string;
  readonly email?: string | null;
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly locale?: string | null;
  readonly createdAt?: Instant;
  /** Version of the snapshot; an older one than the stored is ignored. */
  readonly updatedAt: Instant;
}
export interface ProductSnapshot {
  readonly externalId: string;
  readonly title: string;
  readonly category?: string | null;
  readonly imageUrl?: string | null;
  readonly url?: string | null;
  readonly status?: 'active' | 'archived';
  readonly updatedAt: Instant;
  readonly variants: readonly { readonly externalId: string; readonly sku: string; readonly title?: string | null; readonly price: number; readonly currency: string }[];
}
export interface OrderSnapshot {
  readonly externalId: string;
  readonly number: string;
  /** Absent for an order without a known customer. */
  readonly customer?: CustomerSnapshot;
  readonly currency: string;
  readonly placedAt: Instant;
  readonly paidAt?: Instant | null;
  readonly deliveredAt?: Instant | null;
  readonly cancelledAt?: Instant | null;
  readonly updatedAt: Instant;
  readonly subtotal: number;
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
  /** What a price for members took off the goods; part of `discount`. */
  readonly memberSaved?: number;
  readonly codes?: readonly { readonly code: string; readonly amount: number }[];
  readonly lines: readonly {
    readonly externalId: string; readonly sku: string; readonly title: string; readonly quantity: number; readonly unitPrice: number;
    /** Paid for the line after all discounts, without shipping and tax. */
    readonly paid: number;
    /** Whether a gift card was bought. */
    readonly giftCard?: boolean;
    /** When this line's parcel arrived, where the platform tells parcels apart; the earliest told time stays. */
    readonly deliveredAt?: Instant | null;
  }[];
  readonly test?: boolean;
  /** Where it goes. Not stored: a keyed hash is kept for 90 days, to see when many accounts are one. */
  readonly address?: string | null;
  /** The platform's own name for the means of payment, e.g. a card's fingerprint, never its number. Not stored either. */
  readonly payment?: string | null;
}
export interface RefundSnapshot {
  readonly externalId: string;
  readonly orderExternalId: string;
  readonly at: Instant;
  readonly amount: number;
  readonly lines: readonly { readonly lineExternalId: string; readonly quantity: number; readonly amount: number }[];
}

import type { ShopContext } from '../plugin-api/index.js';

/**
 * The door by which everything about customers, orders and products comes in, whatever platform it comes from.
 * Each call is one unit that folds the snapshot, settles points (unless `history`), and writes outbox events for what really changed.
 */
export interface CommerceIntake {
  customer(ctx: ShopContext, snapshot: CustomerSnapshot): Promise<{ readonly personId: string; readonly created: boolean }>;
  product(ctx: ShopContext, snapshot: ProductSnapshot): Promise<{ readonly productId: string; readonly changed: boolean }>;
  /** `history`: imported past orders; they are stored, but earn nothing and raise no events. */
  order(ctx: ShopContext, snapshot: OrderSnapshot, options?: { readonly history?: boolean }): Promise<{ readonly orderId: string; readonly changed: boolean }>;
  refund(ctx: ShopContext, snapshot: RefundSnapshot, options?: { readonly history?: boolean }): Promise<{ readonly changed: boolean }>;
  /** Removes a product from sale; orders keep their lines. */
  productDeleted(ctx: ShopContext, externalId: string): Promise<void>;
}
