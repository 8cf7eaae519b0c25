import { choice, date, Field, flag, id, instant, integer, ShopEntity, Table, text } from 'guanxi/plugin';

export const REVIEW_STATES = ['visible', 'hidden'] as const;

/** A review with its reply and what staff did about it. Texts are kept as written and are plain text everywhere. */
@Table('plg_reviews_monitor_review')
export class Review extends ShopEntity {
  /** `shop` for reviews written here, otherwise the name of the import. */
  @Field(text({ max: 60 })) source!: string;
  /** Unique within the source, so that importing twice changes nothing. */
  @Field(text({ max: 200 })) externalId!: string;
  @Field(text({ max: 200, nullable: true })) sku!: string | null;
  @Field(text({ max: 500, nullable: true })) productTitle!: string | null;
  @Field(id({ nullable: true })) personId!: string | null;
  @Field(text({ max: 120, nullable: true })) authorName!: string | null;
  /** 1–5; null where the source only says good or bad. */
  @Field(integer({ nullable: true })) stars!: number | null;
  /** Whether the customer is content: stars of 4 and 5, or the source's own mark. */
  @Field(flag({ nullable: true })) positive!: boolean | null;
  /** Stars; where there are none, 1 for bad and 5 for good. */
  @Field(integer({ nullable: true })) mood!: number | null;
  @Field(text({ max: 300, nullable: true })) title!: string | null;
  @Field(text({ max: 20_000 })) body!: string;
  @Field(choice(['en', 'zh', 'other'])) language!: 'en' | 'zh' | 'other';
  /** The order that proves the purchase. */
  @Field(id({ nullable: true })) orderId!: string | null;
  @Field(choice(REVIEW_STATES)) state!: 'visible' | 'hidden';
  @Field(instant()) writtenAt!: number;
  @Field(date()) businessDate!: string;
  @Field(text({ max: 4000, nullable: true })) reply!: string | null;
  @Field(instant({ nullable: true })) repliedAt!: number | null;
  @Field(text({ max: 120, nullable: true })) repliedBy!: string | null;
  @Field(instant({ nullable: true })) handledAt!: number | null;
  @Field(text({ max: 120, nullable: true })) handledBy!: string | null;
  @Field(instant({ nullable: true })) hiddenAt!: number | null;
  @Field(text({ max: 120, nullable: true })) hiddenBy!: string | null;
  /** Whose it was before two people became one, the last one first. */
  @Field(text({ max: 400, nullable: true })) origin!: string | null;
}
