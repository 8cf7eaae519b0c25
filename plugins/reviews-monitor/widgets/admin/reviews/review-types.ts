/** What the admin routes answer. */
export interface Review {
  readonly id: string; readonly source: string; readonly sku: string | null; readonly productTitle: string | null; readonly personId: string | null; readonly authorName: string | null;
  readonly stars: number | null; readonly positive: boolean | null; readonly title: string | null; readonly body: string; readonly language: 'en' | 'zh' | 'other'; readonly verified: boolean; readonly state: 'visible' | 'hidden';
  readonly writtenAt: number; readonly reply: string | null; readonly repliedAt: number | null; readonly repliedBy: string | null;
  readonly handledAt: number | null; readonly handledBy: string | null; readonly hiddenAt: number | null; readonly hiddenBy: string | null;
}
export interface TrendDay { readonly date: string; readonly reviews: number; readonly starred: number; readonly average: number | null; readonly good: number; readonly bad: number }
export interface Period { readonly total: number; readonly average: number | null; readonly good: number; readonly bad: number; readonly replied: number }
export interface Overview extends Omit<Period, 'average'> {
  readonly from: string | null; readonly to: string | null; readonly waiting: number; readonly before: Period | null;
  readonly distribution: { readonly count: number; readonly average: number | null; readonly stars: readonly number[] };
  readonly queues: Readonly<Record<Queue, number>>;
  readonly trend: readonly TrendDay[];
  readonly products: readonly { readonly sku: string; readonly title: string | null; readonly reviews: number; readonly average: number | null; readonly bad: number }[];
}
export const QUEUES = ['waiting', 'unanswered', 'all', 'hidden'] as const;
export type Queue = (typeof QUEUES)[number];
/** Empty strings filter nothing. */
export interface Filter { readonly queue: Queue; readonly stars: string; readonly sku: string; readonly language: string; readonly search: string }
/** A text of the plugin. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;
