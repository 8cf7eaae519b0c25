import type { LocalisedText } from '../../kit/setting-fields.js';

export interface PlanFinding { readonly code: string; readonly severity: 'error' | 'warning'; readonly text: LocalisedText; readonly activity?: string; readonly page?: string }
export interface PlanActivity {
  readonly id: string; readonly type: string; readonly title: string; readonly plugin: string; readonly state: string; readonly page: string; readonly known: boolean;
  readonly earns: { readonly expected: number; readonly worst: number; readonly often: string; readonly cycle?: readonly number[]; readonly timesPerDay?: number } | null;
  readonly spends: number | null; readonly continuous: boolean; readonly collects: readonly string[]; readonly firstSession: number; readonly winRate: number | null;
}
export interface PlanOffer { readonly ref: string; readonly title: LocalisedText; readonly kind: string; readonly cost: number; readonly value: number; readonly minimum: number; readonly remaining: number | null; readonly page: string | null }
export interface PackEntry { readonly plugin: string; readonly module: LocalisedText; readonly part: string; readonly title: LocalisedText; readonly points: LocalisedText; readonly state: 'ready' | 'off' | 'created' | 'present' | 'failed'; readonly error?: string }
export type Assumptions = Readonly<Record<string, number>>;
export interface PlanSettings { readonly promotionAt: number | null; readonly assumptions: Assumptions }
export interface PlannerAnswer {
  readonly mix: { readonly activities: readonly PlanActivity[]; readonly offers: readonly PlanOffer[]; readonly members: number };
  readonly findings: readonly PlanFinding[]; readonly simulated: boolean; readonly settings: PlanSettings; readonly assumptions: Assumptions; /** What 100 points are worth, in minor units. */ readonly worth: number; readonly pack: readonly PackEntry[]; readonly latest: string | null;
}

type Keys = 'issued' | 'burned' | 'expired' | 'outstanding' | 'cost' | 'sales' | 'visits' | 'redemptions';
export interface PlanOutcome {
  readonly byDay: Readonly<Record<Keys, readonly number[]>>; readonly totals: Readonly<Record<Keys, number>>; readonly active: number; readonly firstSession: number; readonly ms: number;
  readonly worst: { readonly points: number; readonly cost: number }; readonly issuedBy: Readonly<Record<string, number>>; readonly burnedBy: Readonly<Record<string, number>>; readonly costBy: Readonly<Record<string, number>>;
}
export type PlanName = 'now' | 'tried' | 'pack';
export interface ForecastRow {
  readonly id: string; readonly name: string; readonly state: 'running' | 'done' | 'failed' | 'cancelled'; readonly kept: boolean; readonly done: number; readonly total: number; readonly fromDate: string; readonly days: number;
  readonly members: number; readonly replayed: boolean; readonly drafts: boolean; readonly error: string | null; readonly createdAt: number;
}
export interface Forecast extends ForecastRow {
  readonly whatIf: WhatIf; readonly outcome: Readonly<Record<PlanName, PlanOutcome>> | null;
  readonly actual: readonly { readonly date: string; readonly issued: number; readonly burned: number; readonly expired: number; readonly sales: number }[];
}
export interface WhatIf { readonly points?: Readonly<Record<string, number>>; readonly wins?: Readonly<Record<string, number>>; readonly costs?: Readonly<Record<string, number>> }
export interface Population { readonly population: 'history' | 'synthetic'; readonly members: number; readonly days: number }

export const shareOf = (part: number, whole: number): number => (whole ? part / whole : 0);
/** What outstanding points are worth, in minor units; `worth` is that of 100. */
export const owedMoney = (points: number, worth: number): number => Math.round((points * worth) / 100);
