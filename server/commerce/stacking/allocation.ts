/**
 * Splits `total` over parts in proportion to their weights: whole minor units that add up exactly, no share above its exact value by a
 * whole unit or more (largest remainder; earlier parts first among equals). All zero weights give zero shares.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const exact = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, share: Number(product / sum), rest: product % sum };
  });
  let left = total - exact.reduce((all, part) => all + part.share, 0);
  const shares = exact.map((part) => part.share);
  for (const part of exact.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left-- <= 0) break;
    shares[part.index] = (shares[part.index] ?? 0) + 1;
  }
  return shares;
}

/** Like `allocate`, but no share is above its limit: what a full part cannot take goes to the others. `total` is at most the sum of the limits. */
export function allocateWithin(total: number, weights: readonly number[], limits: readonly number[]): number[] {
  const shares = weights.map(() => 0);
  for (let rest = total; rest > 0;) {
    const open = weights.map((weight, i) => (shares[i]! < limits[i]! ? weight : 0));
    if (open.every((weight) => weight === 0)) break;
    allocate(rest, open).forEach((share, i) => {
      const given = Math.min(share, limits[i]! - shares[i]!);
      shares[i]! += given;
      rest -= given;
    });
  }
  return shares;
}
