import { choice, Field, flag, id, instant, integer, json, money, points, ShopEntity, Table, text } from 'guanxi/plugin';

export const REWARD_STATES = ['draft', 'active', 'paused', 'ended'] as const;
/** What the checkout takes off by a code of the shop. */
export const CODE_KINDS = ['amount', 'percent', 'free-shipping', 'product'] as const;
/** What staff hand over and tick off: something put into the next parcel, a service. */
export const HANDED_KINDS = ['next-order', 'right'] as const;
export const REWARD_KINDS = [...CODE_KINDS, ...HANDED_KINDS, 'code', 'draw', 'credit', 'donation'] as const;
/** What they cost only the merchant knows for sure. */
export const OWN_COST_KINDS = ['free-shipping', 'product', 'next-order', 'right', 'code'] as const;
/** What becomes of a coupon when pieces go back and the rest no longer meets its minimum. */
export const PARTIAL_RULES = ['keep', 'prorate', 'deduct'] as const;
export type RewardKind = (typeof REWARD_KINDS)[number];

/** One thing that points can be turned into. */
@Table('plg_coupon_exchange_reward')
export class Reward extends ShopEntity {
  @Field(json()) title!: { readonly en: string; readonly 'zh-CN': string };
  @Field(choice(REWARD_KINDS)) kind!: RewardKind;
  /** In the unit of its kind: minor units off (`amount`), basis points off (`percent`), minor units still to pay (`product`), booked (`credit`) or given away (`donation`), tries (`draw`); 0 for the others. */
  @Field(integer()) discount!: number;
  /** Lowest goods total. */
  @Field(money()) minimum!: number;
  @Field(points()) cost!: number;
  /** How many were put up in all; null without limit. Of a code pool: how many codes were loaded. */
  @Field(integer({ nullable: true })) stock!: number | null;
  @Field(integer({ nullable: true })) remaining!: number | null;
  @Field(integer()) perPerson!: number;
  @Field(integer()) validDays!: number;
  @Field(choice(REWARD_STATES)) state!: (typeof REWARD_STATES)[number];
  /** For `product`; for `next-order` if it is a product of the shop. */
  @Field(text({ nullable: true, max: 200 })) sku!: string | null;
  /** For `draw`: which wheel. */
  @Field(id({ nullable: true })) activityId!: string | null;
  /** What shoppers are told about using it. */
  @Field(json({ nullable: true })) note!: { readonly en: string; readonly 'zh-CN': string } | null;
  @Field(choice(PARTIAL_RULES)) partialReturn!: (typeof PARTIAL_RULES)[number];
  /** The products that a coupon is for; null for all. */
  @Field(json({ nullable: true })) skus!: readonly string[] | null;
  /** When it can be redeemed for points; null without limit. Prizes are given at any time. */
  @Field(instant({ nullable: true })) startsAt!: number | null;
  @Field(instant({ nullable: true })) endsAt!: number | null;
  /** Whatever was given out ends here at the latest, e.g. with the sale that it is for; null for its own days alone. */
  @Field(instant({ nullable: true })) usableUntil!: number | null;
  /** Given by games, surveys and this module only, never for points. */
  @Field(flag()) prizeOnly!: boolean;
  /** Given to each new member. */
  @Field(flag()) welcome!: boolean;
  /** Share of members, in basis points, who do not see it, so that what it brings can be measured; 0 for none. */
  @Field(integer()) holdout!: number;
  /** What one costs the shop if it is used, in minor units, as was known last; null where nobody can say. */
  @Field(money({ nullable: true })) costEach!: number | null;
  /** What one costs the shop as the merchant says, in minor units; null: as the shop's own figures tell. Only for `OWN_COST_KINDS`. */
  @Field(money({ nullable: true })) ownCost!: number | null;
}
