import { date, Field, flag, id, instant, money, ShopEntity, Table, text, type BusinessDate, type Instant } from '../../plugin-api/index.js';

@Table('shop_order')
export class ShopOrderEntity extends ShopEntity {
  @Field(text({ max: 200 })) externalId!: string;
  @Field(text({ max: 200 })) number!: string;
  @Field(id({ nullable: true })) personId!: string | null;
  @Field(text({ max: 3 })) currency!: string;
  @Field(instant()) placedAt!: Instant;
  @Field(date()) businessDate!: BusinessDate;
  @Field(instant({ nullable: true })) paidAt!: Instant | null;
  @Field(instant({ nullable: true })) deliveredAt!: Instant | null;
  @Field(instant({ nullable: true })) cancelledAt!: Instant | null;
  @Field(money()) subtotal!: number;
  @Field(money()) discount!: number;
  @Field(money()) shipping!: number;
  @Field(money()) tax!: number;
  @Field(money()) total!: number;
  /** What a price for members took off; part of `discount`. */
  @Field(money({ default: 0 })) memberSaved!: number;
  @Field(money({ default: 0 })) refundedTotal!: number;
  /** Everything that was paid for goods has been given back. */
  @Field(flag({ default: 0 })) fullyRefunded!: boolean;
  @Field(flag({ default: 0 })) test!: boolean;
  /** Imported from the past: it earns nothing and raises no events. */
  @Field(flag({ default: 0 })) history!: boolean;
  @Field(instant()) snapshotAt!: Instant;
  /** Fingerprint of the folded content; settles which of two snapshots with one version counts. */
  @Field(text({ max: 40 })) snapshotDigest!: string;
}
