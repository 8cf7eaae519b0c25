import { choice, date, Field, id, instant, integer, points, ShopEntity, Table, text } from 'guanxi/plugin';

export const PLAY_OUTCOMES = ['won', 'blank', 'fallback'] as const;
/** How a prize stands that was checked before it is given. `instead`: the consolation took its place; `over`: nothing could. */
export const CHECKED = ['held', 'given', 'instead', 'over', 'refused'] as const;
export type Checked = (typeof CHECKED)[number];

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
  /** Null for what was given at once, and for blanks. */
  @Field(choice(CHECKED, { nullable: true })) checked!: Checked | null;
  @Field(date()) businessDate!: string;
  @Field(instant()) at!: number;
}
