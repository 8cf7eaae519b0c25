import type { Tone } from 'guanxi/kit';

export type Words = Readonly<Record<'en' | 'zh-CN', string>>;
export type MemberState = 'normal' | 'at-risk' | 'grace' | 'downgraded';
export type Metric = 'spend' | 'orders' | 'growth';
/** What the admin routes answer. */
export interface Tier {
  readonly key: string; readonly title: Words; readonly entry: Readonly<Record<Metric, number | null>>; readonly keepPercent: number; readonly discount: number; readonly multiplier: number; readonly entryGift: number;
  readonly birthdayGift: number; readonly priorityHours: number;
}
export interface PlanRules {
  readonly window: { readonly kind: 'rolling'; readonly days: number } | { readonly kind: 'calendar' } | { readonly kind: 'lifetime' };
  readonly graceDays: number;
  readonly growth: Readonly<Record<'perUnit' | 'perOrder' | 'perCheckIn' | 'perSurvey', number>>;
  readonly tiers: readonly Tier[];
}
export interface Plan { readonly version: number; readonly startsOn: string; readonly rules: PlanRules }
export interface Overview {
  readonly members: number; readonly days: number; readonly tiers: readonly { readonly key: string; readonly members: number; readonly spent: number; readonly atRisk: number; readonly grace: number }[];
  readonly flows: readonly { readonly from: string; readonly to: string; readonly members: number }[]; readonly byDay: readonly { readonly date: string; readonly up: number; readonly down: number }[];
  readonly told: Readonly<Record<'followed' | 'birthdays' | 'profiles' | 'gifts', number>>;
}
export interface Member {
  readonly personId: string; readonly name: string | null; readonly tier: string; readonly state: MemberState; readonly since: string | null; readonly termEnd: string | null; readonly graceEnd: string | null;
  readonly spent: number; readonly orders: number; readonly growth: number;
}
export type TaskName = 'follow' | 'birthday' | 'profile';
export interface Task { readonly task: TaskName; readonly points: number; readonly state: 'off' | 'draft' | 'scheduled' | 'live' | 'paused' }
export interface Preview {
  readonly members: number; readonly up: number; readonly stay: number; readonly down: number; readonly term: number; readonly discountCost: number; readonly discountCostNow: number; readonly sales: number; readonly entryGifts: number; readonly birthdayGifts: number;
  readonly tiers: readonly { readonly key: string; readonly now: number; readonly after: number; readonly up: number; readonly atRisk: number; readonly discountCost: number; readonly gifts: number }[];
  readonly samples: readonly Mover[];
}
export const MOVES = ['up', 'down', 'term'] as const;
export type MoveKind = (typeof MOVES)[number];
/** Somebody who would move under a plan. */
export interface Mover { readonly personId: string; readonly name: string | null; readonly from: string; readonly to: string; readonly when: MoveKind; readonly spent: number; readonly orders: number }
/** Somebody who has moved. */
export interface Moved { readonly personId: string; readonly name: string | null; readonly day: string; readonly from: string; readonly to: string; readonly cause: 'entry' | 'term' | 'refund' }
/** Somebody who told their birthday: when they did, and how many gifts they had lately. */
export interface Told { readonly personId: string; readonly name: string | null; readonly told: string; readonly gifts: number }
export interface ComingProduct { readonly sku: string; readonly title: string | null; readonly imageUrl: string | null; readonly opensAt: number; readonly firstAt: number }
/** A view of the panel. */
export interface View { readonly settled: Promise<unknown>; readonly dirty?: boolean; render(): unknown }

export const STATES: readonly MemberState[] = ['normal', 'at-risk', 'grace', 'downgraded'];
export const STATE_TONES: Readonly<Record<MemberState, Tone>> = { normal: 'success', 'at-risk': 'warning', grace: 'danger', downgraded: 'neutral' };

const HOME = '/plugins/membership/members';
export const homePath = (path = ''): string => `${HOME}${path && `/${path}`}`;
export const homeHref = (path = ''): string => `/admin${homePath(path)}`;
export const tierTitle = (rules: Pick<PlanRules, 'tiers'>, key: string, locale: 'en' | 'zh-CN'): string => rules.tiers.find((each) => each.key === key)?.title[locale] ?? key;
