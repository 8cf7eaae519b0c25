import type { Instant, StackClass } from '../../plugin-api/index.js';

/** One line of a cart. Money in minor units, for all its pieces. */
export interface StackLine { readonly key: string; /** At list price. */ readonly amount: number; /** No discount takes it below this; points are payment and may, and so may a price that the merchant names. */ readonly floor: number }
/** What could be taken off. `points` is an amount: what the points are worth that the shopper wants to spend. */
export interface StackOffer {
  readonly id: string;
  readonly class: StackClass;
  readonly kind: 'amount' | 'percent' | 'free-shipping';
  /** Minor units, or basis points for `percent`. */
  readonly value: number;
  /** Keys of the lines that it is for; all when absent. */
  readonly on?: readonly string[] | undefined;
  /** Narrows the shop's matrix for this offer. */
  readonly stacksWith?: readonly StackClass[] | undefined;
  /** The merchant names the price of one piece, so no floor holds it, and several stand beside each other, each for a piece of its own. */
  readonly ownPrice?: boolean | undefined;
  readonly expiresAt?: Instant | undefined;
}
export interface StackCart { readonly lines: readonly StackLine[]; readonly shipping: number }
/** What an offer took, and how much of it from each line. */
export interface Taken { readonly id: string; readonly goods: number; readonly shipping: number; readonly shares: readonly number[] }
export interface Combination {
  readonly taken: readonly Taken[];
  /** What is left to pay of each line. */
  readonly lines: readonly number[];
  readonly shipping: number;
  readonly pay: number;
  /** Paid in points, as money. */
  readonly points: number;
}
