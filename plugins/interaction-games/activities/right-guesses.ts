import type { GuessRules } from './guess-rules.js';

/** Guesses from `low` to `high`, both included, minor units. */
export interface GuessRange { readonly low: number; readonly high: number }
/** The guesses on both sides of a price that come nearest to it; the price itself is on both. */
export interface Neighbours { readonly below: number | null; readonly above: number | null }

const only = (amount: number | null): GuessRange[] => (amount === null ? [] : [{ low: amount, high: amount }]);

/** Which guesses are right for a price. Ties all are. Pure; whole numbers throughout. */
export function rightGuesses({ mode, tolerance }: Pick<GuessRules, 'mode' | 'tolerance'>, price: number, { below, above }: Neighbours): readonly GuessRange[] {
  switch (mode) {
    case 'exact': return only(price);
    case 'within': {
      const off = Math.floor(price * tolerance / 10_000);
      return [{ low: price - off, high: price + off }];
    }
    case 'nearest-below': return only(below);
    case 'nearest': {
      if (below === null || above === null || below === above) return only(below ?? above);
      const [under, over] = [price - below, above - price];
      return under < over ? only(below) : over < under ? only(above) : [...only(below), ...only(above)];
    }
  }
}
