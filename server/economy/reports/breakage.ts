/** Points issued in one month, and how many of them were spent 0, 1, 2 … months later; only months that are over are counted. */
export interface Cohort { readonly month: string; readonly issued: number; readonly spent: readonly number[]; /** What nobody has spent, lost or given back yet. */ readonly left: number }
export interface BreakageForecast {
  /** Share of what is issued that is spent in the end, 0–1. */
  readonly spentInTheEnd: number;
  /** Points of what is outstanding that will be spent: the middle, and the ends of the band that holds 80 % of the resamples. */
  readonly expected: number; readonly low: number; readonly high: number;
}

/** Cohorts needed for a forecast: fewer say more about chance than about customers. */
export const LEAST_COHORTS = 4;
const RESAMPLES = 400;

/** Small, seeded and even enough for resampling: mulberry32. The same history always gives the same band. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A cohort with what was spent up to each age. */
interface Row { readonly issued: number; readonly left: number; readonly upTo: readonly number[] }
const rowOf = ({ issued, left, spent }: Cohort): Row => { let sum = 0; return { issued, left, upTo: spent.map((each) => (sum += each)) }; };

/**
 * By which factor what was spent up to an age grows until the end, for each age; the last is 1. A month's growth is that of all cohorts that
 * are old enough, by their weight.
 */
function growthOf(rows: readonly Row[], ages: number): number[] {
  const growth = Array.from({ length: Math.max(1, ages) }, () => 1);
  for (let age = ages - 2; age >= 0; age--) {
    let before = 0, after = 0;
    for (const { upTo } of rows) if (upTo.length > age + 1) { before += upTo[age]!; after += upTo[age + 1]!; }
    growth[age] = growth[age + 1]! * (before > 0 ? after / before : 1);
  }
  return growth;
}

const inTheEnd = (rows: readonly Row[], growth: readonly number[]): number => {
  let issued = 0, spent = 0;
  for (const row of rows) { issued += row.issued; spent += Math.min(row.issued, row.upTo.at(-1)! * growth[row.upTo.length - 1]!); }
  return issued > 0 ? spent / issued : 0;
};

/** What of all that is left will be spent: each cohort grows along the factors from the age it has, never beyond what it has left. */
function ahead(rows: readonly Row[], growth: readonly number[], share: number): number {
  let total = 0;
  for (const { issued, upTo, left } of rows) {
    const now = upTo.at(-1) ?? 0;
    // A cohort that nobody has spent from yet has nothing to grow from: it does as the others did.
    if (left > 0) total += Math.min(left, Math.max(0, now > 0 ? now * (growth[upTo.length - 1]! - 1) : issued * share));
  }
  return total;
}

/**
 * How much of what is outstanding will ever be spent (the rest is breakage), from the shop's own months: the chain ladder
 * (T. Mack, Distribution-free calculation of the standard error of chain ladder reserve estimates, ASTIN Bulletin 23/2, 1993), with the band
 * from resampling the cohorts instead of Mack's formula, because a shop has few and unequal ones. Undefined with fewer than `LEAST_COHORTS`.
 */
export function forecastBreakage(cohorts: readonly Cohort[]): BreakageForecast | undefined {
  const rows = cohorts.map(rowOf), used = rows.filter(({ issued, upTo }) => issued > 0 && upTo.length > 0);
  if (used.length < LEAST_COHORTS) return undefined;
  const ages = Math.max(...used.map(({ upTo }) => upTo.length)), random = seeded(used.length * 7_919 + ages);
  const growth = growthOf(used, ages), share = inTheEnd(used, growth), expected = ahead(rows, growth, share);
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const again = used.map(() => used[Math.floor(random() * used.length)]!), factor = growthOf(again, ages);
    return ahead(rows, factor, inTheEnd(again, factor));
  }).sort((a, b) => a - b);
  return { spentInTheEnd: share, expected: Math.round(expected), low: Math.round(Math.min(expected, drawn[Math.floor(RESAMPLES * 0.1)]!)), high: Math.round(Math.max(expected, drawn[Math.ceil(RESAMPLES * 0.9) - 1]!)) };
}
