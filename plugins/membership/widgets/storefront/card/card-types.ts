export type Words = Readonly<Record<'en' | 'zh-CN', string>>;
export type TaskName = 'follow' | 'birthday' | 'profile';
export interface Asked { readonly spend: number | null; readonly orders: number | null; readonly growth: number | null }
export interface Tier { readonly key: string; readonly title: Words; readonly entry: Asked; readonly discount: number; readonly multiplier: number; readonly entryGift: number; readonly birthdayGift: number; readonly priorityHours: number }
export interface Reward { readonly points: number; readonly state: 'given' | 'had' | 'waiting' | 'refused' | 'none' }
/** What `GET card` answers. */
export interface Card {
  readonly who: 'visitor' | 'guest' | 'member'; readonly rank: number; readonly tiers: readonly Tier[]; readonly state: string; readonly termEnd: string | null; readonly graceEnd: string | null;
  readonly has: { readonly spend: number; readonly orders: number; readonly growth: number };
  readonly next: { readonly key: string; readonly missing: Asked } | null; readonly keep: Asked | null; readonly points: number | null; readonly saved: number;
  readonly tasks: readonly { readonly task: TaskName; readonly points: number; readonly done: boolean }[];
}
