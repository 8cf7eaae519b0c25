import { date, Field, integer, json, ShopEntity, Table, text } from 'guanxi/plugin';
import type { PlanRules } from '../tiers/plan-rules.js';

/** One version of the tier plan. Never changed: what was saved under a version keeps it. */
@Table('plg_membership_plan')
export class Plan extends ShopEntity {
  @Field(integer()) version!: number;
  @Field(json()) content!: PlanRules;
  @Field(date()) startsOn!: string;
  @Field(text({ max: 300 })) savedBy!: string;
}
