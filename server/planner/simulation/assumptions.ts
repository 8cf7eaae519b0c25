/**
 * What nobody can know before launch, each by its name, so that a merchant can see and change it. Shares are 0–1, money is in minor units.
 * The defaults reproduce the illustration of the design (three packs, 8,000 members, 180 days) with one set of numbers.
 */
export interface Assumptions {
  /** How members differ: `share` of them visits on `visits` of all days. */
  readonly classes: readonly { readonly share: number; readonly visits: number }[];
  /** Share of visits that end in an order. */
  readonly conversion: number;
  /** Mean order; single orders lie evenly between half and one and a half of it. */
  readonly orderValue: number;
  /** Points for one unit of the currency paid (minor units: see `minorPerUnit`). */
  readonly pointsPerUnit: number;
  readonly minorPerUnit: number;
  /** Days until an order's points can be spent. */
  readonly pendingDays: number;
  readonly expiryDays: number;
  /** Share of visits on which somebody who can afford something redeems something. */
  readonly redeems: number;
  /** Of those who can afford the dearest thing: the share who takes it. The others take any other that they can have. */
  readonly takesDearest: number;
  /** Share of visits on which somebody who can afford a paid try buys one. */
  readonly draws: number;
  /** Share of visits on which a game is played, and on which somebody checks in. */
  readonly plays: number;
  readonly checksIn: number;
  /** Share of what is taken that is used: without a threshold, with one, and anything else. */
  readonly usesSmall: number;
  readonly usesThreshold: number;
  readonly usesOther: number;
  /** Promotional messages that one person may get in a week. */
  readonly contactsPerWeek: number;
  /** What a free delivery costs. */
  readonly shippingCost: number;
}

/** Found by search over order value, conversion and days of waiting; see `test/server/planner/illustration.test.ts` for what they give. */
export const ASSUMPTIONS: Assumptions = {
  classes: [{ share: 0.62, visits: 0.01 }, { share: 0.22, visits: 0.1 }, { share: 0.12, visits: 0.4 }, { share: 0.04, visits: 0.9 }],
  conversion: 0.04, orderValue: 15_000, pointsPerUnit: 1, minorPerUnit: 100, pendingDays: 15, expiryDays: 365,
  redeems: 0.35, takesDearest: 0.8, draws: 0.02, plays: 0.65, checksIn: 1,
  usesSmall: 0.7, usesThreshold: 0.35, usesOther: 0.9, contactsPerWeek: 2, shippingCost: 800,
};
