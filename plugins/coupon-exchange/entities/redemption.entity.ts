import { choice, Field, id, instant, integer, points, ShopEntity, Table, text } from 'guanxi/plugin';

export const REDEMPTION_STATES = ['issued', 'used', 'expired', 'returned', 'revoked'] as const;

/** One coupon that somebody got, for points or as a prize. */
@Table('plg_coupon_exchange_redemption')
export class Redemption extends ShopEntity {
  @Field(id()) rewardId!: string;
  @Field(id()) personId!: string;
  /** 1, 2, 3 … of this person for points; null for prizes, which do not count towards the limit. */
  @Field(integer({ nullable: true })) useNo!: number | null;
  @Field(text({ max: 60 })) code!: string;
  @Field(points()) cost!: number;
  @Field(id({ nullable: true })) spendId!: string | null;
  @Field(id({ nullable: true })) grantId!: string | null;
  @Field(choice(REDEMPTION_STATES)) state!: (typeof REDEMPTION_STATES)[number];
  @Field(instant()) issuedAt!: number;
  @Field(instant()) expiresAt!: number;
  @Field(instant({ nullable: true })) usedAt!: number | null;
  @Field(id({ nullable: true })) orderId!: string | null;
}
