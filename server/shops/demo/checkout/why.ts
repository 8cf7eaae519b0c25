import type { Lost } from '../../../commerce/stacking/solve.js';
import type { Taken } from '../../../commerce/stacking/stack-cart.js';

/** One thing that could be taken off, for the panel that explains the price. `id` is the code, or `member:` or `points:`. */
export interface Why {
  readonly id: string;
  readonly kind: 'code' | 'member' | 'points';
  readonly used: boolean;
  /** What it takes off. */
  readonly amount: number;
  /** Of what is not used: why, beside what it may not stand, and how much more the best price with it would be. */
  readonly reason?: Lost['reason'];
  readonly with: readonly string[];
  readonly difference: number;
}

/** First what is used, in the order in which it is taken off, then what lost. */
export const whyOf = ({ taken, lost, kindOf }: { readonly taken: readonly Taken[]; readonly lost: readonly Lost[]; readonly kindOf: (id: string) => Why['kind'] }): Why[] => [
  ...taken.map(({ id, goods, shipping }): Why => ({ id, kind: kindOf(id), used: true, amount: goods + shipping, with: [], difference: 0 })),
  ...lost.map(({ id, reason, with: beside, difference }): Why => ({ id, kind: kindOf(id), used: false, amount: 0, reason, with: beside, difference })),
];
