import { choice, Field, id, instant, money, ShopEntity, Table, text } from 'guanxi/plugin';

/** `open`: its code waits for an order; `used`: an order took it; `returned`: no order did, or all of it came back. */
export const USE_STATES = ['open', 'used', 'returned'] as const;

/** Money that was taken from an account into a code for the next order. */
@Table('plg_store_credit_use')
export class Use extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(text({ max: 60 })) code!: string;
  @Field(money()) amount!: number;
  /** What of it has gone back to the account. */
  @Field(money()) back!: number;
  @Field(choice(USE_STATES)) state!: (typeof USE_STATES)[number];
  @Field(instant()) at!: number;
  @Field(instant()) expiresAt!: number;
  @Field(id({ nullable: true })) orderId!: string | null;
}
