import type { ShopContext } from './context.js';
import type { Localised } from './settings.js';

/** What an activity does to the shop's points, as the planner reads it. Whole points unless something else is said. */
export interface ActivityEconomy {
  /** What one time brings; absent when it earns nothing. */
  readonly earns?: {
    /** On average (may be a fraction) and at most. */
    readonly expected: number; readonly worst: number;
    readonly often: 'once' | 'daily' | 'weekly' | 'per-play';
    /** For `daily`: points of the 1st, 2nd … day in a row; after the last it begins again. `expected` is then the mean of the cycle. */
    readonly cycle?: readonly number[];
    /** For `per-play`: how often a day at most; 1 if not given. */
    readonly timesPerDay?: number;
  };
  /** Points for one use, and how often a day at most. */
  readonly spends?: number;
  readonly spendsPerDay?: number;
  /** Can be played day after day: check-in, lottery, game. */
  readonly continuous: boolean;
  /** What it learns about a person: `birthday`, `profile`, `survey`, `poll`. */
  readonly collects: readonly string[];
  /** Points somebody certainly has after taking part for the first time. */
  readonly firstSession: number;
  /** For whatever draws lots: what lies in the deck. */
  readonly draw?: {
    readonly prizes: readonly { readonly kind: string; readonly amount: number; readonly quantity: number; readonly ref?: string }[];
    readonly blanks: number; readonly freePerDay: number;
    /** Tickets set aside for newcomers who have won nothing. */
    readonly guaranteed: number;
  };
  /** Hours (0–23, the shop's zone) at which its slots open, for whatever runs by time slots. */
  readonly slotHours?: readonly number[];
  /** Promotional messages that it sends to one person in a week; may be a fraction. Messages about an order or about points that expire do not count. */
  readonly contactsPerWeek?: number;
  /** Whether what is given depends on how somebody rates or answers; such rewards are not allowed. */
  readonly dependsOnAnswer?: boolean;
}

/** One thing that points can be turned into. */
export interface Offer {
  readonly ref: string;
  readonly title: Localised;
  readonly kind: 'coupon' | 'product' | 'shipping' | 'right' | 'code' | 'draw' | 'credit';
  /** Points. */
  readonly cost: number;
  /** What it costs the shop when it is used, in minor units; for `basisPoints` and `shipping` what it is at most, 0 for unknown. */
  readonly faceValue: number;
  /** For a percentage off: 1,000 = 10 %; the planner takes it of the mean order. */
  readonly basisPoints?: number;
  /** Lowest goods total in minor units; 0 for none. */
  readonly minimum: number;
  /** Share of what is given out that is used, 0–1, where the plugin has seen enough; the planner assumes one otherwise. */
  readonly useRate?: number;
  /** How many are left; null without limit. */
  readonly remaining: number | null;
  /** How often one person can have it; without limit if not given. */
  readonly perPerson?: number;
  /** Address in the admin where it is changed, e.g. `/plugins/coupon-exchange/exchange`. */
  readonly page?: string;
}

/** One part of the planner's default mix that a plugin can set up. */
export interface PackPart {
  readonly title: Localised;
  /** Whether the shop has one like it that has not ended. */
  present(ctx: ShopContext): Promise<boolean>;
  /** Creates it by the plugin's own services, as a draft; `live` publishes it too. Called only when `present` says no. */
  create(ctx: ShopContext, live: boolean): Promise<void>;
}
