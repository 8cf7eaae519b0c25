import type { Instant, ShopContext } from './context.js';
import type { Page, PageRequest } from './database.js';
import type { Unit } from './sql.js';

/** A person's points. Whole points; `debt` is what refunds took beyond the balance, as a positive number. */
export interface Balance {
  readonly available: number;
  readonly pending: number;
  readonly held: number;
  readonly debt: number;
  /** Lots that expire within 30 days, soonest first. */
  readonly expiring: readonly { readonly amount: number; readonly at: Instant }[];
}

/** One line of a statement: what happened, when and why. `reason` is a stable word that the UI translates with `params`. */
export interface LedgerLine {
  readonly id: string;
  readonly at: Instant;
  readonly businessDate: string;
  readonly kind: string;
  /** Signed change of the available balance; 0 for movements of pending points. */
  readonly available: number;
  readonly pending: number;
  /** Signed change of what the person owes; absent when nothing changed. */
  readonly debt?: number | undefined;
  readonly source: string;
  readonly causeRef: string | null;
  readonly note: string | null;
  readonly actor: string;
  /** Of points that went back with goods: what was refunded of how much, when it happened. */
  readonly goods?: readonly { readonly title: string; readonly refunded: number; readonly of: number }[] | undefined;
}

export interface PointsRead {
  balance(ctx: ShopContext, personId: string): Promise<Balance>;
  statement(ctx: ShopContext, personId: string, page: PageRequest): Promise<Page<LedgerLine>>;
}

export interface SpendRequest {
  readonly personId: string;
  /** 1 … 1,000,000 points. */
  readonly amount: number;
  /** What it is for: `<plugin>.<word>`, e.g. `coupon-exchange.redemption`. */
  readonly source: string;
  /** The row that caused it. */
  readonly causeRef: string;
  /** Permanent: the same key returns the stored result. */
  readonly key: string;
}
export type SpendResult =
  | { readonly ok: true; readonly transactionId: string; readonly available: number }
  /** `debt`: the shop asks people to settle what they owe before they spend again. */
  | { readonly ok: false; readonly reason: 'too-few-points' | 'guest' | 'debt'; readonly available: number };

export interface HoldRequest extends SpendRequest {
  /** How long the points are set aside: 1 … 1,440 minutes, 30 if not given. */
  readonly minutes?: number;
}
export type HoldResult =
  | { readonly ok: true; readonly holdId: string; readonly until: Instant; readonly available: number }
  | { readonly ok: false; readonly reason: 'too-few-points' | 'guest' | 'debt'; readonly available: number };
/** `released` and `expired`: the points are spendable again, so nothing was taken. */
export type CaptureResult =
  | { readonly ok: true; readonly transactionId: string }
  | { readonly ok: false; readonly reason: 'released' | 'expired' };

/** The door by which value is taken. Each call joins `ctx.tx`. */
export interface PointsSpend {
  spend(ctx: ShopContext, request: SpendRequest): Promise<SpendResult>;
  /** Gives a spend back to the same lots; a lot that expired meanwhile is reopened for 30 days. Nothing for who was erased since. Idempotent. */
  refund(ctx: ShopContext, transactionId: string, reason: string): Promise<void>;
  /** Sets points aside, e.g. while a checkout is paid: nobody else spends them, and they do not expire. The same key returns the same hold. */
  hold(ctx: ShopContext, request: HoldRequest): Promise<HoldResult>;
  /** Lets a hold live longer, at most 24 hours from its beginning. Answers until when; `undefined` when it is held no more. */
  extend(ctx: ShopContext, holdId: string, minutes: number): Promise<Instant | undefined>;
  /** Spends what was held. Idempotent; `refund` takes the answered transaction. Errors: 404 for an unknown hold. */
  capture(ctx: ShopContext, holdId: string): Promise<CaptureResult>;
  /** Gives what was held back to the same lots; a lot that expired meanwhile is reopened for 30 days. Idempotent. Errors: 409 `GX_HOLD_CAPTURED` once it is spent. */
  release(ctx: ShopContext, holdId: string, reason: string): Promise<void>;
  readonly steps: {
    spend(ctx: ShopContext, request: SpendRequest): Unit<SpendResult>;
    refund(ctx: ShopContext, transactionId: string, reason: string): Unit<void>;
    hold(ctx: ShopContext, request: HoldRequest): Unit<HoldResult>;
    extend(ctx: ShopContext, holdId: string, minutes: number): Unit<Instant | undefined>;
    capture(ctx: ShopContext, holdId: string): Unit<CaptureResult>;
    release(ctx: ShopContext, holdId: string, reason: string): Unit<void>;
  };
}

/** What is given. `points` is the core's kind; others are `<plugin>.<kind>`, contributed by plugins; `none` is an honest "nothing". */
export interface Reward {
  readonly kind: string;
  /** For points: how many. For other kinds: how often, normally 1. */
  readonly amount: number;
  /** For other kinds: which one, e.g. the id of a coupon reward. */
  readonly ref?: string;
  /** Points only: until when they are pending; absent means spendable at once. */
  readonly availableAt?: Instant;
}
export interface GrantRequest {
  readonly personId: string;
  readonly reward: Reward;
  /** `<plugin>.<word>`, e.g. `interaction-games.check-in`. */
  readonly source: string;
  readonly causeRef: string;
  /** `activity : participation : reward slot`. Permanent: the same key returns the stored result. */
  readonly key: string;
  /** Budget that pays besides the shop's own, e.g. an activity id. */
  readonly budgetRef?: string;
  /** Names what a person gets only once in a life, e.g. `follow-shop`, whoever they were before signing in; the stored result is returned the second time. */
  readonly once?: string;
  /**
   * What is given instead when a budget has reached its limit, or when the reward was checked first and could never be given any more after that; it counts for the
   * shop and its kind, not for `budgetRef`. If it cannot be given either, the answer is `budget`. Declare one, so that nobody who won goes away with nothing.
   */
  readonly fallback?: Reward;
}
export type GrantResult =
  | {
    readonly ok: true; readonly grantId: string; readonly replayed: boolean; readonly outcome: Readonly<Record<string, unknown>>;
    /** What was really given: the request's reward, or its `fallback`. */
    readonly reward: Reward;
    /** The `fallback` was given, because a budget has reached its limit. */
    readonly fallback?: boolean;
    /** It is being checked first: points are pending, other rewards are not issued yet and `outcome` is empty. Tell the shopper so; the event `grant.decided` says what became of it. */
    readonly held?: boolean;
    /** Until when it is checked; `null`: until staff decide. */
    readonly until?: Instant | null;
  }
  | { readonly ok: false; readonly reason: 'guest-limit' | 'budget' | 'out-of-stock' | 'limit' | 'unavailable' };

/** The one door by which value is given: eligibility → risk → budget → stock → ledger → outbox in one unit. Joins `ctx.tx`. */
export interface Grants {
  grant(ctx: ShopContext, request: GrantRequest): Promise<GrantResult>;
  /** Undoes a grant by reference, never by re-running rules. Idempotent. */
  reverse(ctx: ShopContext, grantId: string, reason: string): Promise<void>;
  readonly steps: {
    grant(ctx: ShopContext, request: GrantRequest): Unit<GrantResult>;
    reverse(ctx: ShopContext, grantId: string, reason: string): Unit<void>;
  };
  /**
   * Which of these budgets refuse something now: `shop`, an activity's id, `kind:<kind>`, `kind:<kind>:<ref>`. Say so before somebody plays for a
   * reward that cannot be given. With `rewards`, e.g. the prizes that are left: those that refuse one of them, also because a paced budget has no
   * room for it before some time has passed. Without: those that have nothing left now, or have refused something at their limit.
   */
  reached(ctx: ShopContext, scopes: readonly string[], rewards?: readonly Reward[]): Promise<readonly string[]>;
  /** Reward kinds a merchant can choose from in this shop, with the things each offers. */
  kinds(ctx: ShopContext): Promise<readonly { readonly kind: string; readonly title: string; readonly options: readonly { readonly ref: string; readonly title: string }[] }[]>;
}

/** How a plugin issues its own kind of reward. Runs inside the grant's unit. */
export interface RewardKind {
  /**
   * `undefined` means out of stock or not available: the grant answers `out-of-stock` and nothing is written. `reserved`: it was checked first, and
   * `reserve` has set one aside; `undefined` means then that it can never be given any more, e.g. because its sale is over: it ends, and the
   * `fallback` of its request is given instead.
   */
  issue(ctx: ShopContext, request: GrantRequest, grantId: string, reserved?: boolean): Unit<Readonly<Record<string, unknown>> | undefined>;
  revoke(ctx: ShopContext, grantId: string): Unit<void>;
  /**
   * Sets one aside for a grant that is checked first, so that nobody else gets it meanwhile; false when there is none left. Then comes `issue`, or
   * `free` when it is not given. Not given: what is checked comes from the stock when it is released, if there still is any.
   */
  reserve?(ctx: ShopContext, request: GrantRequest, grantId: string): Unit<boolean>;
  /** Puts back what `reserve` has set aside. Must bear a grant for which nothing is. */
  free?(ctx: ShopContext, grantId: string): Unit<void>;
  /** What one of them is expected to cost, in minor units, for money budgets; reads alone. Not given, or `undefined`: the merchant estimates it in the budget. */
  cost?(ctx: ShopContext, request: Pick<GrantRequest, 'reward'>): Unit<number | undefined>;
  /** What a merchant can pick. */
  options(ctx: ShopContext): Promise<readonly { readonly ref: string; readonly title: string }[]>;
}
