import type { Instant, ShopContext } from './context.js';
import type { ActivityType } from './activities.js';
import type { RewardKind } from './economy.js';
import type { Offer, PackPart } from './planner.js';
import type { Localised } from './settings.js';
import type { Statement, Unit } from './sql.js';

/** One entry on a customer's timeline. */
export interface TimelineEntry {
  readonly id: string;
  readonly at: Instant;
  readonly icon: string;
  readonly title: Localised;
  readonly detail?: string;
}
/** A key number on the merchant's home page. */
export interface Tile {
  readonly name: string;
  readonly label: Localised;
  readonly value: number;
  readonly format: 'count' | 'money' | 'percent' | 'stars' | 'points';
  /** The last 30 business dates, oldest first. */
  readonly trend?: readonly number[];
  readonly attention?: Localised;
}
/** One field of an import; `aliases` are column names that stand for it, compared without case, spaces and punctuation. */
export interface ImportField { readonly name: string; readonly label: Localised; readonly required: boolean; readonly aliases: readonly string[] }
/** One row of a file: its number as a spreadsheet counts, and the trimmed text of each mapped field; empty cells are absent. */
export interface ImportRow { readonly row: number; readonly values: Readonly<Record<string, string | undefined>> }
/** A kind of file that a plugin can take in, e.g. `reviews`. The core reads, maps, reports and cancels. */
export interface ImportTarget {
  readonly title: Localised;
  readonly fields: readonly ImportField[];
  /** Takes up to 500 rows in one unit. Taking the same rows again must change nothing and count as `unchanged`. */
  take(ctx: ShopContext, rows: readonly ImportRow[]): Promise<{ readonly taken: number; readonly unchanged: number; readonly skipped: readonly { readonly row: number; readonly reason: string }[] }>;
}
/** What must always hold of a plugin's own rows. `statement` only reads; it answers the rows that break the rule, each named by `what`. */
export interface Invariant { readonly rule: string; readonly statement: Statement<{ readonly what: string }> }
/** When a product can be bought. `at`: by whoever asks, for the reason that `because` names if it is earlier than for everybody. `first`: by those who come before all others. */
export interface Opening { readonly at: Instant; readonly forAll: Instant; readonly because?: Localised | undefined; readonly first?: { readonly at: Instant; readonly who: Localised } | undefined }
/** What a plugin adds to places of the core. Names are prefixed by the plugin's id; a name taken twice is an error. */
export interface Contributions {
  readonly rewardKinds?: Readonly<Record<string, RewardKind>>;
  // `any` because each type has a config of its own; the host only passes it through the type's schema.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly activityTypes?: Readonly<Record<string, ActivityType<any>>>;
  readonly importTargets?: Readonly<Record<string, ImportTarget>>;
  /** Newest first, `at < before`, at most `limit`. */
  readonly timeline?: (ctx: ShopContext, personId: string, range: { readonly before: Instant; readonly limit: number }) => Promise<readonly TimelineEntry[]>;
  readonly tiles?: (ctx: ShopContext) => Promise<readonly Tile[]>;
  /** Values by person, for the attributes the manifest declares under `segmentAttributes`; persons without a value are left out. */
  readonly segmentAttributes?: Readonly<Record<string, (ctx: ShopContext, personIds: readonly string[]) => Promise<ReadonlyMap<string, number | boolean | string>>>>;
  /**
   * What multiplies the points of a person's orders, for the names that the manifest lists under `earningMultipliers`; 10,000 basis points are
   * once. Runs in the unit that books the points. The product of all is at most five times.
   */
  readonly earningMultipliers?: Readonly<Record<string, (ctx: ShopContext, personId: string) => Unit<{ readonly basisPoints: number; readonly label: Localised } | undefined>>>;
  /** What a person pays less than the list price, in basis points, shown beside it and applied at the checkout. */
  readonly memberPrices?: Readonly<Record<string, (ctx: ShopContext, personId: string) => Promise<{ readonly basisPoints: number; readonly label: Localised } | undefined>>>;
  /** Products that are not open to everybody yet, for whoever looks; `personId` is undefined for a visitor. The product's page says so, and the checkout waits for it. */
  readonly openings?: Readonly<Record<string, (ctx: ShopContext, personId: string | undefined, skus: readonly string[]) => Promise<ReadonlyMap<string, Opening>>>>;
  /** What points can be turned into now, for the planner: only what shoppers can have. */
  readonly offers?: (ctx: ShopContext) => Promise<readonly Offer[]>;
  /** Parts of the planner's default mix that this plugin can set up, by name. */
  readonly packParts?: Readonly<Record<string, PackPart>>;
  /** Checked with the core's invariants in every shop: for operators at `/internal/integrity`, and by `integrity()` of the test server. */
  readonly invariants?: Readonly<Record<string, Invariant>>;
}
