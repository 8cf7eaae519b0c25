import { choice, date, Field, id, instant, integer, points, ShopEntity, Table, text } from 'guanxi/plugin';

export const SESSION_STATES = ['partial', 'completed'] as const;
/** `waiting`: earned, but a guest's points are full; `refused`: the budget was used up; `held`: it is checked first; `denied`: staff took it back then. */
export const REWARD_STATES = ['none', 'given', 'waiting', 'refused', 'held', 'denied'] as const;
export type RewardState = (typeof REWARD_STATES)[number];

/** One person's way through one survey. */
@Table('plg_questionnaires_session')
export class Session extends ShopEntity {
  @Field(id()) activityId!: string;
  /** Null only for the sample answers of a demo shop. */
  @Field(id({ nullable: true })) personId!: string | null;
  @Field(choice(['shopper', 'demo'])) source!: 'shopper' | 'demo';
  /** Version of the survey when the person began. */
  @Field(integer()) activityVersion!: number;
  @Field(choice(SESSION_STATES)) state!: (typeof SESSION_STATES)[number];
  /** Number of the last answer: 1, 2, 3 … */
  @Field(integer()) answerSeq!: number;
  @Field(instant()) startedAt!: number;
  @Field(instant({ nullable: true })) completedAt!: number | null;
  @Field(date({ nullable: true })) completedOn!: string | null;
  /** Promised when the session was completed. */
  @Field(points()) rewardPoints!: number;
  @Field(choice(REWARD_STATES)) rewardState!: RewardState;
  @Field(id({ nullable: true })) grantId!: string | null;
  /** Whose it was before two people became one, the last one first. */
  @Field(text({ nullable: true, max: 400 })) origin!: string | null;
}
