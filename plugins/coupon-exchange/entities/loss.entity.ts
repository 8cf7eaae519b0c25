import { choice, Field, id, instant, money, ShopEntity, Table, text } from 'guanxi/plugin';

/** `stacking`: it may not stand beside what was taken; `better`: others took more off; `floor`, `no-effect`: nothing was left to take off; `too-many`: more coupons than are compared. */
export const LOSS_REASONS = ['stacking', 'better', 'floor', 'no-effect', 'too-many'] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** A coupon that somebody had at a checkout and that was not taken there. It stays usable. */
@Table('plg_coupon_exchange_loss')
export class Loss extends ShopEntity {
  @Field(id()) redemptionId!: string;
  @Field(id()) rewardId!: string;
  @Field(id()) orderId!: string;
  @Field(choice(LOSS_REASONS)) reason!: LossReason;
  /** How much more the order would have cost with it. */
  @Field(money()) difference!: number;
  /** The codes beside which it may not stand, masked. */
  @Field(text({ max: 500 })) beside!: string;
  @Field(instant()) at!: number;
}
