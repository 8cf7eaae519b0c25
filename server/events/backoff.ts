const FIRST = 5_000;
const LONGEST = 3_600_000;

/**
 * Milliseconds to wait after the given failed attempt (1, 2, …): 5 s growing threefold up to an hour, shortened by up to a fifth at random so
 * that what failed together is not tried together. Ten attempts span about three and a half hours.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const wait = Math.min(LONGEST, FIRST * 3 ** (attempt - 1));
  return Math.round(wait * (1 - 0.2 * random()));
}
