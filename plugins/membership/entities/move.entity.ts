import { choice, date, Field, id, integer, ShopEntity, Table, text } from 'guanxi/plugin';

/** `entry`: enough was reached. `term`: the term and its grace ended without it. `refund`: what had been bought was given back. */
export const MOVE_CAUSES = ['entry', 'term', 'refund'] as const;

/** Somebody came into another tier. */
@Table('plg_membership_move')
export class TierMove extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(date()) day!: string;
  @Field(text({ max: 40 })) fromTier!: string;
  @Field(text({ max: 40 })) toTier!: string;
  /** Tiers up (positive) or down. */
  @Field(integer()) steps!: number;
  @Field(choice(MOVE_CAUSES)) cause!: (typeof MOVE_CAUSES)[number];
}
