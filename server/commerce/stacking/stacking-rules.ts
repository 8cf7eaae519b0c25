import { STACK_CLASSES, type StackClass } from '../../plugin-api/index.js';

/** What may come together at the checkout, in which order it is taken off, and of what percentages are taken. */
export interface StackingRules {
  readonly version: number;
  /** Allowed pairs of classes, each as `pairOf` writes it; a class with itself means two of the same class. */
  readonly pairs: readonly string[];
  /** All classes; what comes first is taken off first. */
  readonly priority: readonly StackClass[];
  /** `original`: of list prices; `running`: of what the ones before left. */
  readonly basis: 'original' | 'running';
}

/** The same for either order. */
export const pairOf = (a: StackClass, b: StackClass): string => (STACK_CLASSES.indexOf(a) <= STACK_CLASSES.indexOf(b) ? `${a}+${b}` : `${b}+${a}`);
/** Nobody has two member prices, and points are taken once. */
export const PAIRS: readonly string[] = STACK_CLASSES.flatMap((a, i) => STACK_CLASSES.slice(i).map((b) => pairOf(a, b))).filter((pair) => pair !== 'member+member' && pair !== 'points+points');

/** Everything goes together, but only one coupon of each class. */
export const DEFAULT_RULES: StackingRules = { version: 0, pairs: PAIRS.filter((pair) => { const [a, b] = pair.split('+'); return a !== b; }), priority: STACK_CLASSES, basis: 'running' };
