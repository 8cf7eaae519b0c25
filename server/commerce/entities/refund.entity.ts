import { Field, id, instant, money, ShopEntity, Table, text, type Instant } from '../../plugin-api/index.js';

/** A refund may be known before its order; `orderId` is filled when the order arrives. Its lines are in `refund_line`. */
@Table('refund')
export class RefundEntity extends ShopEntity {
  @Field(text({ max: 200 })) externalId!: string;
  @Field(text({ max: 200 })) orderExternalId!: string;
  @Field(id({ nullable: true })) orderId!: string | null;
  @Field(instant()) at!: Instant;
  @Field(money()) amount!: number;
}
