import { isOver, type ActivityEconomy, type ActivityState, type Instant, type Localised, type Offer } from '../../plugin-api/index.js';

/** An activity as the planner sees it. `economy` is absent when its type says nothing of points. */
export interface MixActivity {
  readonly id: string; readonly type: string; readonly title: string; readonly plugin: string; readonly state: ActivityState;
  readonly startsAt: Instant | null; readonly endsAt: Instant | null; readonly economy?: ActivityEconomy;
  /** Whether a publication sheet with its rules and odds exists; undefined while it is a draft. */
  readonly sheet?: boolean;
  /** Where it is changed: a path of the admin. */
  readonly page: string;
}
/** `shop`, an activity's id or `kind:…`; the ceiling holds for one period. */
export interface MixBudget { readonly scope: string; readonly unit: string; readonly ceiling: number; readonly spent: number; readonly period: 'total' | 'day' | 'week' | 'month' }
/** What the last simulation of this very mix said. Shares 0–1, money in minor units. */
export interface MixForecast { readonly costShare: number; readonly burnRate: number; readonly worstPoints: number; readonly worstCost: number; /** The reward that costs most, and its share of all. */ readonly most?: { readonly title: Localised; readonly share: number } }

/** Everything that the rules look at. Nothing here is read while they run. */
export interface Mix {
  readonly now: Instant;
  /** ISO 4217, of every amount of money. */
  readonly currency: string;
  readonly activities: readonly MixActivity[];
  readonly offers: readonly Offer[];
  readonly budgets: readonly MixBudget[];
  readonly promotionAt: Instant | null;
  /** The eight hours (0–23) in which most orders come; empty without orders. */
  readonly topHours: readonly number[];
  /** How many members, and for how long, the worst case counts. */
  readonly members: number;
  readonly days: number;
  /** Messages per person and week that the activities would send, and how many the shop allows. */
  readonly contact?: { readonly planned: number; readonly allowed: number };
  readonly forecast?: MixForecast;
}

/** Promotional messages that the activities would send to one person in a week. */
export const contactsOf = (activities: readonly Pick<MixActivity, 'economy'>[]): number => Math.round(activities.reduce((sum, { economy }) => sum + (economy?.contactsPerWeek ?? 0), 0) * 10) / 10;

/** Activities that count: whatever is not over. */
export const running = (mix: Mix): readonly MixActivity[] => mix.activities.filter(({ state }) => !isOver(state));
