import type { DiscountTerms, ShopContext, Unit } from '../../../plugin-api/index.js';

/** Why a code does not apply to a cart. */
export type CodeRefusal = 'unknown' | 'expired' | 'used' | 'revoked' | 'reserved' | 'minimum' | 'not-yours';
export type CodeVerdict = { readonly ok: true; readonly terms: DiscountTerms } | { readonly ok: false; readonly reason: CodeRefusal; readonly minimum?: number };

/** What the checkout needs of the shop's discount codes. Amounts are minor units. */
export interface CheckoutCodes {
  /** Changes nothing. */
  evaluate(ctx: ShopContext, cart: { readonly code: string; readonly personId: string | undefined; readonly subtotal: number }): Promise<CodeVerdict>;
  /** Marks the code as used by this order; false when somebody else was first. Joins the open unit. */
  redeem(ctx: ShopContext, use: { readonly code: string; readonly personId: string; readonly orderExternalId: string }): Unit<boolean>;
}
