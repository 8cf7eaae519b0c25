import { choice, Field, integer, json, money, points, ShopEntity, Table } from 'guanxi/plugin';

export const REWARD_STATES = ['draft', 'active', 'paused', 'ended'] as const;
export const DISCOUNT_KINDS = ['amount', 'percent', 'free-shipping'] as const;

/** One thing that points can be turned into. */
@Table('plg_coupon_exchange_reward')
export class Reward extends ShopEntity {
  @Field(json()) title!: { readonly en: string; readonly 'zh-CN': string };
  @Field(choice(DISCOUNT_KINDS)) kind!: (typeof DISCOUNT_KINDS)[number];
  /** Minor units for `amount`, basis points for `percent`. */
  @Field(integer()) discount!: number;
  /** Lowest goods total. */
  @Field(money()) minimum!: number;
  @Field(points()) cost!: number;
  /** How many were put up in all; null without limit. */
  @Field(integer({ nullable: true })) stock!: number | null;
  @Field(integer({ nullable: true })) remaining!: number | null;
  @Field(integer()) perPerson!: number;
  @Field(integer()) validDays!: number;
  @Field(choice(REWARD_STATES)) state!: (typeof REWARD_STATES)[number];
}
