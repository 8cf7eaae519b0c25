import { choice, date, Field, flag, id, instant, integer, json, ShopEntity, Table, text } from 'guanxi/plugin';

export const GENDERS = ['female', 'male', 'other', 'private'] as const;

/** What a member told about themselves. `guarded`: a child, whose year of birth is not kept. */
@Table('plg_membership_profile')
export class Profile extends ShopEntity {
  @Field(id()) personId!: string;
  /** `MM-DD`. */
  @Field(text({ nullable: true, max: 5 })) birthday!: string | null;
  @Field(integer({ nullable: true })) birthYear!: number | null;
  @Field(date({ nullable: true })) birthdaySetOn!: string | null;
  @Field(flag({ default: 0 })) guarded!: boolean;
  @Field(text({ nullable: true, max: 40 })) nickname!: string | null;
  @Field(choice(GENDERS, { nullable: true })) gender!: (typeof GENDERS)[number] | null;
  @Field(json()) interests!: readonly string[];
  @Field(instant({ nullable: true })) followedAt!: number | null;
  /** Kept apart while its person is another one, who took over what `filled` names. */
  @Field(flag({ default: 0 })) away!: boolean;
  @Field(json({ nullable: true })) filled!: readonly string[] | null;
}
