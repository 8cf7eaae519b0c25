import { date, Field, id, integer, points, ShopEntity, Table } from 'guanxi/plugin';

/** A birthday that was given for; once per person and year. */
@Table('plg_membership_birthday_gift')
export class BirthdayGift extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(integer()) year!: number;
  @Field(date()) day!: string;
  @Field(points()) amount!: number;
  /** Whose it was before a merge. */
  @Field(id({ nullable: true })) origin!: string | null;
}
