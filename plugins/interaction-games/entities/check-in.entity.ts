import { date, Field, id, instant, integer, points, ShopEntity, Table } from 'guanxi/plugin';

/** One person on one business date. */
@Table('plg_interaction_games_check_in')
export class CheckIn extends ShopEntity {
  @Field(id()) activityId!: string;
  @Field(id()) personId!: string;
  @Field(date()) businessDate!: string;
  @Field(integer()) streak!: number;
  @Field(points()) earned!: number;
  @Field(instant()) at!: number;
}
