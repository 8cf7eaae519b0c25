import { choice, date, Field, id, instant, money, ShopEntity, Table, text } from 'guanxi/plugin';

/** `merge` moves between accounts of one human, `forfeit` takes what is left of somebody who was erased. */
export const ENTRY_KINDS = ['credit', 'use', 'return', 'adjustment', 'reversal', 'merge', 'forfeit'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One movement of an account. Entries are only added; their sum is the balance. */
@Table('plg_store_credit_entry')
export class Entry extends ShopEntity {
  @Field(id()) personId!: string;
  @Field(choice(ENTRY_KINDS)) kind!: EntryKind;
  /** Signed, minor units. */
  @Field(money()) amount!: number;
  /** Permanent and unique in the shop: what made the entry makes it once. */
  @Field(text({ max: 200 })) key!: string;
  /** What it is about: a use, the entry that is taken back, the other account of a merge. */
  @Field(text({ nullable: true, max: 200 })) ref!: string | null;
  /** In staff's words, or what could not be taken back. */
  @Field(text({ nullable: true, max: 300 })) reason!: string | null;
  @Field(text({ nullable: true, max: 200 })) handledBy!: string | null;
  /** The movement as its owner is handed it; gone when they are erased, while the sums stay. */
  @Field(text({ nullable: true, max: 120 })) line!: string | null;
  @Field(instant()) at!: number;
  @Field(date()) businessDate!: string;
}
