/** One member since they first saw the list, in minor units. */
export interface Outcome { readonly orders: number; readonly margin: number }
export interface GroupResult { readonly people: number; readonly buyers: number; /** Minor units for one person. */ readonly marginEach: number }
export interface Lift {
  readonly shown: GroupResult; readonly heldOut: GroupResult;
  /** What the reward adds to the margin of one person who is shown it, and between what it lies with 95 % certainty; null while there are too few people. */
  readonly each: number | null; readonly low: number | null; readonly high: number | null;
  /** `each` for all who were shown it. */
  readonly total: number | null;
}

/** In each group before a difference is told. */
export const ENOUGH_PEOPLE = 30;
const CERTAIN = 1.96;

function summed(outcomes: readonly Outcome[]): GroupResult & { readonly variance: number } {
  const people = outcomes.length;
  const mean = people ? outcomes.reduce((sum, { margin }) => sum + margin, 0) / people : 0;
  const variance = people > 1 ? outcomes.reduce((sum, { margin }) => sum + (margin - mean) ** 2, 0) / (people - 1) : 0;
  return { people, buyers: outcomes.filter(({ orders }) => orders > 0).length, marginEach: Math.round(mean), variance };
}

/** Compares those who were shown a reward with those who were not, as they came (Welch): whoever did not use it counts as well. */
export function liftOf(shown: readonly Outcome[], heldOut: readonly Outcome[]): Lift {
  const [a, b] = [summed(shown), summed(heldOut)];
  const group = ({ people, buyers, marginEach }: GroupResult): GroupResult => ({ people, buyers, marginEach });
  const none = { shown: group(a), heldOut: group(b), each: null, low: null, high: null, total: null };
  if (a.people < ENOUGH_PEOPLE || b.people < ENOUGH_PEOPLE) return none;
  const mean = (outcomes: readonly Outcome[]): number => outcomes.reduce((sum, { margin }) => sum + margin, 0) / outcomes.length;
  const difference = mean(shown) - mean(heldOut);
  const wide = CERTAIN * Math.sqrt(a.variance / a.people + b.variance / b.people);
  return { ...none, each: Math.round(difference), low: Math.round(difference - wide), high: Math.round(difference + wide), total: Math.round(difference * a.people) };
}
