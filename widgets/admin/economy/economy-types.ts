/** Programme accounts in the order in which they are shown. */
export const FLOWS = ['issued', 'redeemed', 'expired', 'reversed', 'adjusted', 'written_off', 'forfeited', 'merged'] as const;
export type Flow = (typeof FLOWS)[number];
export type PointsDay = { readonly date: string; readonly outstanding: number } & Readonly<Record<Flow, number>>;
export interface DaysAnswer { readonly days: readonly PointsDay[]; /** Sums of as many days before. */ readonly before: Readonly<Record<Flow, number>> }
export interface BurnAnswer {
  readonly cohorts: readonly { readonly month: string; readonly issued: number; readonly spent: readonly number[]; readonly left: number }[];
  readonly forecast: { readonly spentInTheEnd: number; readonly expected: number; readonly low: number; readonly high: number; readonly money: { readonly expected: number; readonly low: number; readonly high: number } } | null;
}
export interface PathsAnswer { readonly items: readonly { readonly source: string; readonly use: string; readonly amount: number }[] }
export interface Total { readonly entries: number; readonly amount: number }
export interface FlowEntry { readonly id: string; readonly personId: string; readonly name: string | null; readonly kind: string; readonly source: string; readonly note: string | null; readonly businessDate: string; readonly amount: number }
export interface LotEntry { readonly id: string; readonly personId: string; readonly name: string | null; readonly source: string; readonly state: 'active' | 'pending'; readonly quantity: number; readonly remaining: number; readonly expiresAt: number }
