/** Programme accounts in the order in which they are shown. */
export const FLOWS = ['issued', 'redeemed', 'expired', 'reversed', 'adjusted', 'written_off', 'forfeited', 'merged'] as const;
export type Flow = (typeof FLOWS)[number];
export type PointsDay = { readonly date: string; readonly outstanding: number } & Readonly<Record<Flow, number>>;
export interface FlowPart { readonly flow: Flow; readonly source: string; readonly values: readonly number[] }
export interface DaysAnswer { readonly days: readonly PointsDay[]; /** Sums of as many days before. */ readonly before: Readonly<Record<Flow, number>>; /** The days' flows by source. */ readonly parts: readonly FlowPart[] }
interface Amounts { readonly expected: number; readonly low: number; readonly high: number }
/** What was owed on a day, and what of it would be asked for with 80 % certainty; money in minor units. */
export interface Liability extends Amounts { readonly date: string; readonly left: number; readonly leftMoney: number; readonly spentInTheEnd: number; readonly money: Amounts }
export interface BurnAnswer {
  readonly cohorts: readonly { readonly month: string; readonly issued: number; readonly spent: readonly number[]; readonly left: number }[];
  /** At the ends of months, and today; empty while there is too little history. */
  readonly liability: readonly Liability[];
}
export interface PathsAnswer { readonly items: readonly { readonly source: string; readonly use: string; readonly amount: number }[] }
export interface Total { readonly entries: number; readonly amount: number }
export interface FlowEntry { readonly id: string; readonly personId: string; readonly name: string | null; readonly kind: string; readonly source: string; readonly note: string | null; readonly businessDate: string; readonly amount: number }
export interface LotEntry { readonly id: string; readonly personId: string; readonly name: string | null; readonly source: string; readonly state: 'active' | 'pending'; readonly quantity: number; readonly remaining: number; readonly expiresAt: number }
export interface UseEntry { readonly id: string; readonly personId: string; readonly name: string | null; readonly source: string; readonly kind: string; readonly used: string; readonly issuedOn: string; readonly businessDate: string; readonly amount: number }

/** Goes to the rows behind a number: a path below `/economy`, and its filter. */
export type Open = (list: 'flows' | 'lots' | 'uses', filter: Readonly<Record<string, string | undefined>>) => void;
