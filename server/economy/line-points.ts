/**
 * Points of an order's lines: the lines' sum is `floor(Σ paid / unit)`, and what rounding leaves over goes to the lines with the largest
 * remainders (the earlier line first when they are equal). All in whole numbers. `paid` in minor units, `unit` = minor units for one point.
 */
export function linePoints(paid: readonly number[], unit: number): number[] {
  const points = paid.map((amount) => Math.floor(amount / unit));
  const total = Math.floor(paid.reduce((sum, amount) => sum + amount, 0) / unit);
  let left = total - points.reduce((sum, share) => sum + share, 0);
  const byRemainder = paid.map((amount, line) => ({ line, remainder: amount % unit })).sort((a, b) => b.remainder - a.remainder || a.line - b.line);
  for (const { line } of byRemainder) {
    if (left === 0) break;
    points[line]! += 1;
    left -= 1;
  }
  return points;
}

/** Points to have been taken back once `refunded` of `paid` was given back: `round_half_up(points × refunded / paid)`, all of them at the end. */
export function reversedPoints(points: number, refunded: number, paid: number): number {
  if (paid <= 0 || refunded >= paid) return points;
  // BigInt, because points × money can pass 2^53.
  return Number((2n * BigInt(points) * BigInt(Math.max(refunded, 0)) + BigInt(paid)) / (2n * BigInt(paid)));
}
