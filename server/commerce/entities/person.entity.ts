import { choice, Field, id, instant, integer, money, ShopEntity, Table, text, type Instant } from '../../plugin-api/index.js';

/** One human in a shop. A guest is a person nobody has identified yet; a merged person points at the one it became. */
@Table('person')
export class PersonEntity extends ShopEntity {
  @Field(choice(['guest', 'member'])) kind!: 'guest' | 'member';
  @Field(text({ nullable: true, max: 200 })) name!: string | null;
  @Field(text({ nullable: true, max: 320 })) email!: string | null;
  @Field(text({ nullable: true, max: 60 })) phone!: string | null;
  @Field(text({ nullable: true, max: 20 })) locale!: string | null;
  @Field(id({ nullable: true })) mergedInto!: string | null;
  @Field(instant({ nullable: true })) erasedAt!: Instant | null;
  /** Paid, not cancelled, not test. Recounted whenever an order of the person is folded. */
  @Field(integer({ default: 0 })) orderCount!: number;
  /** Paid minus refunded in the shop's currency, minor units. */
  @Field(money({ default: 0 })) spentTotal!: number;
  @Field(instant({ nullable: true })) lastOrderAt!: Instant | null;
}
