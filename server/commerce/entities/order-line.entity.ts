import { Field, flag, id, instant, integer, money, ShopEntity, Table, text } from '../../plugin-api/index.js';

/** A line that an edit removed stays with quantity 0, because refunds and earnings refer to it. */
@Table('order_line')
export class OrderLineEntity extends ShopEntity {
  @Field(id()) orderId!: string;
  @Field(text({ max: 200 })) externalId!: string;
  @Field(integer()) lineNo!: number;
  @Field(text({ max: 200 })) sku!: string;
  @Field(text({ max: 500 })) title!: string;
  @Field(integer()) quantity!: number;
  @Field(money()) unitPrice!: number;
  @Field(money()) paid!: number;
  @Field(integer({ default: 0 })) refundedQuantity!: number;
  @Field(money({ default: 0 })) refundedAmount!: number;
  @Field(instant({ nullable: true })) deliveredAt!: number | null;
  @Field(flag({ default: 0 })) giftCard!: boolean;
}
