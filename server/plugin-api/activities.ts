import type { z } from 'zod';
import type { Instant, ShopContext } from './context.js';
import type { ActivityEconomy } from './planner.js';
import type { Unit } from './sql.js';

/** The life cycle of whatever runs between two dates. `checked`, `settled` and `archived` come with the planner. */
export type ActivityState = 'draft' | 'scheduled' | 'live' | 'paused' | 'ended';

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
}

export interface Activities {
  create<C>(ctx: ShopContext, draft: { readonly type: string; readonly title: string; readonly config: C; readonly startsAt?: Instant | null; readonly endsAt?: Instant | null }): Promise<Activity<C>>;
  /** Only drafts can be edited freely; anything else answers 409 `GX_ACTIVITY_FROZEN`. */
  update<C>(ctx: ShopContext, id: string, change: { readonly title?: string; readonly config?: C; readonly startsAt?: Instant | null; readonly endsAt?: Instant | null }): Promise<Activity<C>>;
  get<C>(ctx: ShopContext, id: string): Promise<Activity<C> | undefined>;
  list<C>(ctx: ShopContext, filter: { readonly type?: string; readonly state?: ActivityState }): Promise<Activity<C>[]>;
  /** `publish`: draft → scheduled or live. The type's `publish` hook runs in the same unit. */
  transition(ctx: ShopContext, id: string, action: 'publish' | 'pause' | 'resume' | 'end'): Promise<Activity>;
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
}
