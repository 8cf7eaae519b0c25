// Answers of `/api/admin/earning/…` as the admin reads them.

export interface ChosenGoods { readonly skus: readonly string[]; readonly types: readonly string[] }
export interface EarnRule {
  readonly ratePoints: number; readonly rateAmount: number; readonly rounding: 'down' | 'nearest' | 'up'; readonly afterDiscounts: boolean; readonly withShipping: boolean; readonly withTax: boolean; readonly withGiftCards: boolean;
  readonly maxMultiplier: number; readonly minimumOrder: number; readonly excluded: ChosenGoods;
}
export interface StoredRule extends EarnRule { readonly version: number; readonly startsAt: number; readonly endsAt: number | null }
/** What is sent; days of the shop where it begins and ends. */
export interface RuleDraft extends EarnRule { readonly startsAt: string | null; readonly endsAt: string | null }
export interface RuleVersion { readonly rule: StoredRule; readonly endsOn: string | null; readonly at: number; readonly actor: string; readonly orders: number }
export interface Campaign { readonly id: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly basisPoints: number; readonly startsAt: number; readonly endsAt: number; readonly startsOn: string; readonly endsOn: string; readonly goods: ChosenGoods }
export interface EarningAnswer {
  readonly currency: string; /** Of 100 points, in minor units. */ readonly worth: number; readonly now: number; readonly today: string; readonly current: number; readonly versions: readonly RuleVersion[]; readonly campaigns: readonly Campaign[]; readonly types: readonly { readonly name: string; readonly products: number }[];
}
export interface Example { readonly points: number; readonly lines: readonly { readonly points: number; readonly base: number }[] }
export interface ChangedOrder { readonly id: string; readonly number: string; readonly personId: string | null; readonly name: string | null; readonly at: number; readonly sales: number; readonly before: number; readonly after: number }
export interface Simulation {
  readonly from: string; readonly to: string; readonly orders: number; readonly sales: number; readonly booked: number; readonly before: { readonly points: number; readonly cost: number }; readonly after: { readonly points: number; readonly cost: number };
  readonly weeks: readonly { readonly date: string; readonly before: number; readonly after: number }[]; readonly changed: readonly ChangedOrder[];
}
/** `YYYY-MM-DD`, `days` later. */
export const dayAfter = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
