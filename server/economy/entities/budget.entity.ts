import { choice, Field, flag, instant, integer, money, points, ShopEntity, Table, text } from '../../plugin-api/index.js';

/** A limit on what a scope may give: `shop`, an activity's id, or `kind:<reward kind>`. No row means no limit. */
@Table('budget')
export class BudgetEntity extends ShopEntity {
  @Field(text({ max: 200 })) scope!: string;
  /** `points`; `money`: expected cost in minor units; `units`: rewards given, a grant of points being one. */
  @Field(text({ max: 100 })) unit!: string;
  @Field(points()) ceiling!: number;
  /** In the period that `periodKey` names; a new one begins with its first charge. */
  @Field(points({ default: 0 })) spent!: number;
  /** From which share of the limit on it warns, in percent. */
  @Field(integer({ default: 80 })) softPercent!: number;
  /** From that share on what is left is spread over the rest of the period. */
  @Field(flag({ default: 0 })) paced!: boolean;
  @Field(choice(['total', 'day', 'week', 'month'], { default: 'total' })) period!: string;
  @Field(text({ max: 10, default: 'all' })) periodKey!: string;
  @Field(instant({ default: 0 })) startsAt!: number;
  @Field(choice(['active', 'paused'], { default: 'active' })) state!: string;
  /** Money only: the share of what is given that people are expected to use, in basis points. */
  @Field(integer({ default: 10_000 })) useRate!: number;
  /** Money only: what a reward is taken to cost when its plugin does not say. */
  @Field(money({ default: 0 })) unitCost!: number;
  /** The period in which the limit last refused a grant. */
  @Field(text({ max: 10, default: '' })) hitKey!: string;
}
