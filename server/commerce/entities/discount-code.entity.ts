import { choice, Field, id, instant, json, money, ShopEntity, Table, text, type DiscountTerms, type Instant } from '../../plugin-api/index.js';

export const DISCOUNT_KINDS = ['amount', 'percent', 'free-shipping', 'price'] as const;
export const DISCOUNT_STATES = ['active', 'reserved', 'used', 'released', 'revoked'] as const;

/**
 * A code that the checkout accepts once. `reserved` belongs to a checkout for half an hour; `released` was used by an order that was
 * given back or cancelled, and waits for its owner to restore or revoke it.
 */
@Table('discount_code')
export class DiscountCodeEntity extends ShopEntity {
  @Field(text({ max: 60 })) code!: string;
  @Field(choice(DISCOUNT_KINDS)) kind!: (typeof DISCOUNT_KINDS)[number];
  /** Minor units for `amount` and `price`, basis points for `percent`. */
  @Field(money()) worth!: number;
  /** For `price`: one piece of this product costs `worth`. */
  @Field(text({ nullable: true, max: 200 })) sku!: string | null;
  @Field(money()) minimum!: number;
  /** What it may stand beside at the checkout, for which products, and what becomes of it on a return; null for a plain one. */
  @Field(json({ nullable: true })) stacking!: Pick<DiscountTerms, 'class' | 'stacksWith' | 'skus' | 'returns'> | null;
  @Field(id()) personId!: string;
  @Field(instant()) expiresAt!: Instant;
  @Field(text({ max: 60 })) owner!: string;
  @Field(text({ max: 200 })) ownerRef!: string;
  @Field(choice(DISCOUNT_STATES)) state!: (typeof DISCOUNT_STATES)[number];
  /** The platform's id of the order that holds or used the code. */
  @Field(text({ nullable: true, max: 200 })) orderRef!: string | null;
  @Field(instant({ nullable: true })) reservedUntil!: Instant | null;
  @Field(instant({ nullable: true })) usedAt!: Instant | null;
}
