/**
 * `total` in whole shares: of the parts `numerators[n] / divisor` each line gets the whole part, and what is left goes to the largest
 * remainders, the earlier line first when they are equal. `total` is at most the sum of the parts rounded up.
 */
function largestRemainder(numerators: readonly bigint[], divisor: bigint, total: bigint): number[] {
  const shares = numerators.map((part) => Number(part / divisor));
  let left = Number(total) - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = numerators.map((part, line) => ({ line, remainder: part % divisor })).sort((a, b) => (a.remainder === b.remainder ? a.line - b.line : a.remainder > b.remainder ? -1 : 1));
  for (const { line } of byRemainder) {
    if (left <= 0) break;
    shares[line]! += 1;
    left -= 1;
  }
  return shares;
}

export type Rounding = 'down' | 'nearest' | 'up';
/** `points` for each `amount`, in units of which `scale[0]` of the rate are worth `scale[1]` of the base. */
export interface EarningRate { readonly points: number; readonly amount: number; readonly rounding: Rounding; readonly scale: readonly [number, number] }
/** What one line earns from, in minor units, and its multiplier; 10,000 basis points are once. */
export interface LineShare { readonly base: number; readonly basisPoints: number }

/**
 * Points of an order's lines. The order's are `Σ base × multiplier × rate`, rounded once; the lines' sum is exactly that, by largest remainder.
 * All in whole numbers.
 */
export function linePoints(shares: readonly LineShare[], { points, amount, rounding, scale: [ours, theirs] }: EarningRate): number[] {
  // BigInt, because money × points × multiplier can pass 2^53.
  const factor = BigInt(points) * BigInt(ours), divisor = BigInt(amount) * BigInt(theirs) * 10_000n;
  const numerators = shares.map(({ base, basisPoints }) => BigInt(base) * BigInt(basisPoints) * factor);
  const sum = numerators.reduce((all, part) => all + part, 0n);
  const total = rounding === 'down' ? sum / divisor : rounding === 'up' ? (sum + divisor - 1n) / divisor : (2n * sum + divisor) / (2n * divisor);
  return largestRemainder(numerators, divisor, total);
}

/** Points to have been taken back once `refunded` of `paid` was given back: `round_half_up(points × refunded / paid)`, all of them at the end. */
export function reversedPoints(points: number, refunded: number, paid: number): number {
  if (paid <= 0 || refunded >= paid) return points;
  return Number((2n * BigInt(points) * BigInt(Math.max(refunded, 0)) + BigInt(paid)) / (2n * BigInt(paid)));
}
