import { choice, date, Field, id, instant, integer, money, ShopEntity, Table, text } from 'guanxi/plugin';

/** What a shopper is told: the price is higher, or it is not. A right guess is not told apart from a high one. */
export const HINTS = ['higher', 'not-higher'] as const;
export type Hint = (typeof HINTS)[number];

/** One guess at the price of a product. */
@Table('plg_interaction_games_guess')
export class Guess extends ShopEntity {
  @Field(id()) activityId!: string;
  @Field(id()) personId!: string;
  /** 1, 2, 3 … of this person in this round. */
  @Field(integer()) guessNo!: number;
  @Field(money()) amount!: number;
  @Field(choice(HINTS, { nullable: true })) hint!: Hint | null;
  @Field(date()) businessDate!: string;
  @Field(instant()) at!: number;
  /** Whose it was before two people became one, the last one first. */
  @Field(text({ nullable: true, max: 400 })) origin!: string | null;
}
