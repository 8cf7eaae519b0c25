import { choice, date, Field, id, integer, json, money, ShopEntity, Table, text } from 'guanxi/plugin';
import type { Base } from '../tiers/standing.js';

export const MEMBER_STATES = ['normal', 'at-risk', 'grace', 'downgraded'] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

/** Where somebody stands, as last evaluated. `reviewOn`: the next day on which time alone could change it. */
@Table('plg_membership_member')
export class Member extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(text({ max: 40 })) tier!: string;
  @Field(integer()) rank!: number;
  @Field(choice(MEMBER_STATES)) state!: MemberState;
  @Field(date({ nullable: true })) since!: string | null;
  @Field(date({ nullable: true })) termEnd!: string | null;
  @Field(date({ nullable: true })) graceEnd!: string | null;
  /** Of the plan's window, as of the last evaluation. */
  @Field(money()) spent!: number;
  @Field(integer()) orders!: number;
  @Field(integer()) growth!: number;
  @Field(date()) reviewOn!: string;
  @Field(integer()) planVersion!: number;
  /** Where they stood when the plan's version began; everything since is replayed from here. */
  @Field(json({ nullable: true })) base!: Base | null;
}
