import { Field, instant, json, ShopEntity, Table, type Instant } from '../../plugin-api/index.js';
import type { WhatIf } from '../mix/what-if.js';

/** What a shop told the planner: one row at most. */
@Table('plan_setting')
export class PlanSetting extends ShopEntity {
  /** When the next promotion begins. */
  @Field(instant({ nullable: true })) promotionAt!: Instant | null;
  @Field(json()) assumptions!: NonNullable<WhatIf['assumptions']>;
}
