import { choice, date, Field, id, instant, integer, points, ShopEntity, Table, text } from 'guanxi/plugin';

export const PLAY_OUTCOMES = ['won', 'blank', 'fallback'] as const;

/** One turn of the wheel with what it cost and what came out. */
@Table('plg_interaction_games_play')
export class Play extends ShopEntity {
  @Field(id()) activityId!: string;
  @Field(id()) personId!: string;
  /** 1, 2, 3 … of this person in this activity. */
  @Field(integer()) playNo!: number;
  /** Position in the deck; null for a ticket from the newcomers' reserve. */
  @Field(integer({ nullable: true })) ticket!: number | null;
  @Field(choice(PLAY_OUTCOMES)) outcome!: (typeof PLAY_OUTCOMES)[number];
  /** Index of the prize in the rules. */
  @Field(integer({ nullable: true })) prize!: number | null;
  @Field(points()) cost!: number;
  /** Points given, for the merchant's sums. */
  @Field(points()) pointsWon!: number;
  @Field(text({ max: 200, nullable: true })) note!: string | null;
  @Field(date()) businessDate!: string;
  @Field(instant()) at!: number;
}
