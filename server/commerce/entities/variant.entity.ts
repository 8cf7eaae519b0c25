import { Field, id, money, ShopEntity, Table, text } from '../../plugin-api/index.js';

/** What is really sold. The SKU is unique in the shop; variants that come without one get one made from their id. */
@Table('variant')
export class VariantEntity extends ShopEntity {
  @Field(id()) productId!: string;
  @Field(text({ max: 200 })) externalId!: string;
  @Field(text({ max: 200 })) sku!: string;
  @Field(text({ nullable: true, max: 500 })) title!: string | null;
  @Field(money()) price!: number;
  @Field(text({ max: 3 })) currency!: string;
}
