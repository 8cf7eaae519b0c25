import { Field, id, ShopEntity, Table, text } from 'guanxi/plugin';

/** One shopper likes one product. */
@Table('plg_my_plugin_like')
export class Like extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(text({ max: 100 })) sku!: string;
}
