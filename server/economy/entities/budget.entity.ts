import { Field, points, ShopEntity, Table, text } from '../../plugin-api/index.js';

/** A limit on what a scope (`shop` or e.g. an activity id) may give of one reward kind. No row means no limit. */
@Table('budget')
export class BudgetEntity extends ShopEntity {
  @Field(text({ max: 200 })) scope!: string;
  @Field(text({ max: 100 })) unit!: string;
  @Field(points()) ceiling!: number;
  @Field(points({ default: 0 })) spent!: number;
}
