import { choice, Field, flag, id, instant, integer, points, ShopEntity, Table, text } from 'guanxi/plugin';
import { REWARD_KINDS, type RewardKind } from './reward.entity.js';

export const REDEMPTION_STATES = ['requested', 'issued', 'used', 'expired', 'returned', 'revoked', 'cancelled'] as const;

/** One reward that somebody got, for points or as a prize. */
@Table('plg_coupon_exchange_redemption')
export class Redemption extends ShopEntity {
  @Field(id()) rewardId!: string;
  @Field(id()) personId!: string;
  @Field(choice(REWARD_KINDS)) kind!: RewardKind;
  /** 1, 2, 3 … of this person for points; null for prizes, which do not count towards the limit. */
  @Field(integer({ nullable: true })) useNo!: number | null;
  /** What the checkout takes, or what the shopper shows to staff. A code of others is sealed in the pool. */
  @Field(text({ max: 60 })) code!: string;
  @Field(points()) cost!: number;
  @Field(id({ nullable: true })) spendId!: string | null;
  /** Points set aside while another system books what was asked for. */
  @Field(id({ nullable: true })) holdId!: string | null;
  @Field(id({ nullable: true })) grantId!: string | null;
  /** `requested`: another system has not answered yet. */
  @Field(choice(REDEMPTION_STATES)) state!: (typeof REDEMPTION_STATES)[number];
  @Field(instant()) issuedAt!: number;
  @Field(instant()) expiresAt!: number;
  @Field(instant({ nullable: true })) usedAt!: number | null;
  /** The order that used it, or that it is shipped with. */
  @Field(id({ nullable: true })) orderId!: string | null;
  /** Who handed it over. */
  @Field(text({ nullable: true, max: 200 })) handledBy!: string | null;
  @Field(flag()) reminded!: boolean;
  /** Whole days from giving to using; null until it is used. */
  @Field(integer({ nullable: true })) useDays!: number | null;
  /** Whose it was before two people became one, the last one first, with its number there. */
  @Field(text({ nullable: true, max: 400 })) origin!: string | null;
  @Field(integer({ nullable: true })) originNo!: number | null;
}
