import { Field, instant, ShopEntity, Table, text } from 'guanxi/plugin';

/** When a product can be bought by everybody; tiers with a priority window can buy it hours before. */
@Table('plg_membership_opening')
export class Opening extends ShopEntity {
  @Field(text({ max: 200 })) sku!: string;
  @Field(instant()) opensAt!: number;
}
