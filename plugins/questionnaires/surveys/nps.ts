/** Below this many answers a score says too little to be shown. */
export const FEWEST_ANSWERS = 30;
/** Standard errors to each side of a 95 % interval. */
const Z95 = 1.959964;

export interface Nps {
  readonly n: number;
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  /** −100 … 100; null below 30 answers. */
  readonly score: number | null;
  /** Half the width of the 95 % interval, in points of the score. */
  readonly margin: number | null;
  /** Ends of the interval, inside −100 … 100. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Net promoter score with its interval: 100 (p − d), variance (p + d − (p − d)²) / n.
 * @param counts - how many gave 0, 1, … 10
 */
export function nps(counts: readonly number[]): Nps {
  const sum = (from: number, to: number): number => counts.slice(from, to + 1).reduce((all, each) => all + each, 0);
  const [detractors, passives, promoters] = [sum(0, 6), sum(7, 8), sum(9, 10)];
  const n = detractors + passives + promoters;
  if (n < FEWEST_ANSWERS) return { n, promoters, passives, detractors, score: null, margin: null, low: null, high: null };
  const [p, d] = [promoters / n, detractors / n];
  const score = 100 * (p - d);
  const margin = 100 * Z95 * Math.sqrt(Math.max(0, p + d - (p - d) ** 2) / n);
  return { n, promoters, passives, detractors, score, margin, low: Math.max(-100, score - margin), high: Math.min(100, score + margin) };
}
