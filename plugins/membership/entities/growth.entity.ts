import { date, Field, id, integer, ShopEntity, Table, text } from 'guanxi/plugin';

/** Growth value from something other than an order. It is not spendable, so redeeming never costs a tier. */
@Table('plg_membership_growth')
export class Growth extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(date()) day!: string;
  @Field(integer()) amount!: number;
  @Field(text({ max: 80 })) source!: string;
  @Field(text({ max: 200 })) causeRef!: string;
  /** Whose it was before a merge. */
  @Field(id({ nullable: true })) origin!: string | null;
}
