import type { z } from 'zod';
import type { Instant, ShopContext } from './context.js';
import type { ActivityEconomy } from './planner.js';
import type { Localised } from './settings.js';
import type { Unit } from './sql.js';

/**
 * The life cycle of whatever runs between two dates. `checked`: nothing keeps it from being published. `settled`: over, with what was left given back and
 * its final numbers stored. `archived`: out of the way; its public rules stay.
 */
export const ACTIVITY_STATES = ['draft', 'checked', 'scheduled', 'live', 'paused', 'ended', 'settled', 'archived'] as const;
export type ActivityState = (typeof ACTIVITY_STATES)[number];
/** `archive` only what is settled; `settle` is done by a job after the end. */
export type ActivityAction = 'check' | 'publish' | 'pause' | 'resume' | 'end' | 'settle' | 'archive';
/** Whether it is over for good. */
export const isOver = (state: ActivityState): boolean => state === 'ended' || state === 'settled' || state === 'archived';
/** Whether nobody has seen it yet, so that its rules are free. */
export const isDraft = (state: ActivityState): boolean => state === 'draft' || state === 'checked';

/** One thing that differs between two versions of published rules. Only `better` for shoppers is accepted; `unclear` cannot be compared. */
export interface ActivityChange { readonly field: string; readonly label: Localised; readonly before: Localised; readonly after: Localised; readonly direction: 'better' | 'worse' | 'unclear' }
/** A whole number of the rules that can be changed while it runs. `field` is its path, e.g. `prizes.0.quantity`. */
export interface ActivityField { readonly field: string; readonly label: Localised; readonly value: number }
/** One of the final numbers of an activity. `text` is shown in place of the number; `public` ones stand on the public page of rules too. */
export interface ActivityFigure { readonly name: string; readonly label: Localised; readonly value: number; readonly text?: Localised; readonly public?: boolean }
/** What the rules say to shoppers. `of`: tickets in all, so that `quantity / of` is the chance. */
export interface ActivitySheet {
  readonly rules: readonly { readonly label: Localised; readonly text: Localised }[];
  readonly prizes?: readonly { readonly title: Localised; readonly quantity: number; readonly of: number }[];
  readonly cost: Localised;
  /** Per person. */
  readonly limits: Localised;
  /** How winners get what they won. */
  readonly delivery: Localised;
  /** Which personal data is used, for what and how long. */
  readonly data: Localised;
}

export interface Activity<C = Readonly<Record<string, unknown>>> {
  readonly id: string;
  /** `<plugin>.<type>`. */
  readonly type: string;
  readonly title: string;
  /** What it is now: a scheduled activity whose start has come is `live`, one whose end has passed is `ended`. */
  readonly state: ActivityState;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly version: number;
  readonly config: C;
  readonly createdAt: Instant;
  /** What shoppers are told while it is paused. */
  readonly notice?: Localised;
}

export interface Activities {
  create<C>(ctx: ShopContext, draft: { readonly type: string; readonly title: string; readonly config: C; readonly startsAt?: Instant | null; readonly endsAt?: Instant | null }): Promise<Activity<C>>;
  /** Only drafts can be edited freely; anything else answers 409 `GX_ACTIVITY_FROZEN`. */
  update<C>(ctx: ShopContext, id: string, change: { readonly title?: string; readonly config?: C; readonly startsAt?: Instant | null; readonly endsAt?: Instant | null }): Promise<Activity<C>>;
  get<C>(ctx: ShopContext, id: string): Promise<Activity<C> | undefined>;
  list<C>(ctx: ShopContext, filter: { readonly type?: string; readonly state?: ActivityState }): Promise<Activity<C>[]>;
  /**
   * `publish`: draft or checked → scheduled or live; a draft is checked first. The type's `publish` hook runs in the same unit. `notice` tells shoppers
   * why it is paused. Errors: 409 `GX_ACTIVITY_STATE`, 422 `GX_ACTIVITY_UNCHECKED`, 422 `GX_SHEET_INCOMPLETE` for a draw without an organiser.
   */
  transition(ctx: ShopContext, id: string, action: ActivityAction, notice?: Localised): Promise<Activity>;
  /**
   * Changes published rules in the shopper's favour; a new version with a public diff. Errors: 422 `GX_ACTIVITY_UNFAVOURABLE` naming field, before, after.
   */
  revise<C>(ctx: ShopContext, id: string, change: { readonly config?: C; readonly endsAt?: Instant | null }): Promise<Activity<C>>;
  /** A draft with the same rules. */
  duplicate(ctx: ShopContext, id: string): Promise<Activity>;
  /** Drafts only. */
  remove(ctx: ShopContext, id: string): Promise<void>;
  readonly steps: {
    /** One read by key: the activity if it is live at `ctx.now`. */
    live<C>(ctx: ShopContext, id: string): Unit<Activity<C> | undefined>;
  };
}

/** What a plugin says of an activity type it runs. */
export interface ActivityType<C = unknown> {
  /** Validates the rules at every save; a message for each field that is wrong. */
  readonly config: z.ZodType<C>;
  /** Runs in the unit that publishes: builds decks, freezes questions. Throw a GxError to refuse. */
  publish?(ctx: ShopContext, activity: Activity<C>): Unit<void>;
  /** What these rules do to the shop's points, for the planner. Pure. */
  economy?(config: C): ActivityEconomy;
  /** What the rules say to shoppers, for the public sheet. Pure. */
  sheet?(config: C): ActivitySheet;
  /** Every difference between two versions of published rules, as shoppers see it. Without it they cannot change. Pure. */
  favours?(before: C, after: C): readonly ActivityChange[];
  /** What can be changed while it runs, for the merchant's form. Pure. */
  adjustable?(config: C): readonly ActivityField[];
  /** Runs in the unit that changes published rules: puts more into stock. Throw a GxError to refuse. */
  revise?(ctx: ShopContext, before: Activity<C>, after: Activity<C>): Unit<void>;
  /** Runs in the unit that settles: gives back what was left and answers the final numbers. */
  settle?(ctx: ShopContext, activity: Activity<C>): Unit<readonly ActivityFigure[]>;
}
