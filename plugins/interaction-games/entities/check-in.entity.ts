import { date, Field, id, instant, integer, points, ShopEntity, Table, text } from 'guanxi/plugin';

/** One person on one business date. */
@Table('plg_interaction_games_check_in')
export class CheckIn extends ShopEntity {
  @Field(id()) activityId!: string;
  @Field(id()) personId!: string;
  @Field(date()) businessDate!: string;
  @Field(integer()) streak!: number;
  @Field(points()) earned!: number;
  @Field(instant()) at!: number;
  /** Whose it was before two people became one, the last one first. */
  @Field(text({ nullable: true, max: 400 })) origin!: string | null;
}
