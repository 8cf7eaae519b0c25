import type { Assumptions } from './assumptions.js';

/** One way to earn. Whole points; `expected` may be a fraction. */
export interface PlannedEarning {
  readonly ref: string;
  readonly often: 'once' | 'daily' | 'weekly' | 'per-play';
  readonly expected: number;
  readonly worst: number;
  readonly cycle?: readonly number[];
  readonly timesPerDay: number;
  /** The deck that each time takes a ticket from; it decides what is won. */
  readonly deck?: string;
}
/** One kind of ticket. `value` is what it costs the shop on average, `most` at most, both in minor units; blanks give nothing. */
export interface PlannedTicket { readonly points: number; readonly value: number; readonly most: number; readonly tickets: number }
/** A finite number of tickets for free and paid tries together; whoever comes when it is empty gets nothing. */
export interface PlannedDeck {
  readonly ref: string;
  readonly tickets: readonly PlannedTicket[];
  /** Set aside for those who win nothing on their first visit. */
  readonly newcomers?: { readonly points: number; readonly tickets: number };
}
/** One way to spend. `value` is what it costs the shop when it is used, in minor units. */
export interface PlannedOffer {
  readonly ref: string;
  readonly cost: number;
  readonly value: number;
  readonly useRate: number;
  /** How many there are; null without limit. */
  readonly stock: number | null;
  /** How often one member can have it. */
  readonly perPerson?: number;
}
/** A paid try: what it costs, and what comes back on average where no deck says it. */
export interface PlannedDraw {
  readonly ref: string;
  readonly cost: number;
  readonly perDay: number;
  readonly pointsBack: number;
  /** Mean value of its other prizes, in minor units. */
  readonly value: number;
  readonly deck?: string;
}

/** Days on which real people came and what they bought, for a run over the shop's own history. */
export interface Replay {
  /** Length of the history; day d of the run is day d modulo this. */
  readonly days: number;
  /** Where each member's entries begin in `day` and `spent`; one more than members. */
  readonly from: Int32Array;
  readonly day: Int16Array;
  /** What an entry's order came to in minor units; 0 for a visit without one. */
  readonly spent: Float64Array;
  /** Chance of a further visit on any day, per member. */
  readonly visits: Float64Array;
}

export interface Plan {
  readonly members: number;
  readonly days: number;
  readonly seed: number;
  readonly earnings: readonly PlannedEarning[];
  readonly offers: readonly PlannedOffer[];
  readonly draws: readonly PlannedDraw[];
  readonly decks?: readonly PlannedDeck[];
  readonly assumptions: Assumptions;
  readonly replay?: Replay;
}

/** One entry per day of the run. Points, except `cost` and `sales` (minor units), `visits` and `redemptions`. */
export interface DayTotals {
  readonly issued: readonly number[]; readonly burned: readonly number[]; readonly expired: readonly number[]; readonly outstanding: readonly number[];
  readonly cost: readonly number[]; readonly sales: readonly number[]; readonly visits: readonly number[]; readonly redemptions: readonly number[];
}
export interface Outcome {
  readonly byDay: DayTotals;
  readonly totals: { readonly issued: number; readonly burned: number; readonly expired: number; readonly outstanding: number; readonly cost: number; readonly sales: number; readonly visits: number; readonly redemptions: number };
  /** Points issued by each way to earn, and `orders`; points burned by each offer and draw. */
  readonly issuedBy: Readonly<Record<string, number>>;
  readonly burnedBy: Readonly<Record<string, number>>;
  /** What each offer cost, in minor units. */
  readonly costBy: Readonly<Record<string, number>>;
  /** Members who came at least once, and the share of them who could redeem something after their first visit. */
  readonly active: number;
  readonly firstSession: number;
  /** What could be owed at most: everybody does everything every day, and whatever is taken is used. Points and minor units. */
  readonly worst: { readonly points: number; readonly cost: number };
  readonly ms: number;
}
