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

const upTo = (spent: readonly number[], age: number): number => spent.slice(0, age + 1).reduce((sum, each) => sum + each, 0);

/** By which factor what was spent up to an age grows in the month after it: all cohorts that are old enough, by their weight. */
function factors(cohorts: readonly Cohort[], ages: number): number[] {
  return Array.from({ length: Math.max(0, ages - 1) }, (_, age) => {
    let before = 0, after = 0;
    for (const { spent } of cohorts) if (spent.length > age + 1) { before += upTo(spent, age); after += upTo(spent, age + 1); }
    return before > 0 ? after / before : 1;
  });
}

/** What of all that is left will be spent: each cohort grows along the factors from the age it has, never beyond what it has left. */
function ahead(cohorts: readonly Cohort[], growth: readonly number[], share: number): number {
  let total = 0;
  for (const { issued, spent, left } of cohorts) {
    if (left <= 0) continue;
    const now = upTo(spent, spent.length - 1), factor = growth.slice(Math.max(0, spent.length - 1)).reduce((product, each) => product * each, 1);
    // A cohort that nobody has spent from yet has nothing to grow from: it does as the others did.
    const more = now > 0 ? now * (factor - 1) : issued * share;
    total += Math.min(left, Math.max(0, more));
  }
  return total;
}

/**
 * How much of what is outstanding will ever be spent (the rest is breakage), from the shop's own months: the chain ladder
 * (T. Mack, Distribution-free calculation of the standard error of chain ladder reserve estimates, ASTIN Bulletin 23/2, 1993), with the band
 * from resampling the cohorts instead of Mack's formula, because a shop has few and unequal ones. Undefined with fewer than `LEAST_COHORTS`.
 */
export function forecastBreakage(cohorts: readonly Cohort[]): BreakageForecast | undefined {
  const used = cohorts.filter(({ issued, spent }) => issued > 0 && spent.length > 0);
  if (used.length < LEAST_COHORTS) return undefined;
  const ages = Math.max(...used.map(({ spent }) => spent.length));
  const inTheEnd = (from: readonly Cohort[], growth: readonly number[]): number => {
    let issued = 0, spent = 0;
    for (const cohort of from) {
      issued += cohort.issued;
      spent += Math.min(cohort.issued, upTo(cohort.spent, cohort.spent.length - 1) * growth.slice(cohort.spent.length - 1).reduce((product, each) => product * each, 1));
    }
    return issued > 0 ? spent / issued : 0;
  };
  const growth = factors(used, ages), share = inTheEnd(used, growth), random = seeded(used.length * 7_919 + ages);
  const expected = ahead(cohorts, growth, share);
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const again = used.map(() => used[Math.floor(random() * used.length)]!), factor = factors(again, ages);
    return ahead(cohorts, factor, inTheEnd(again, factor));
  }).sort((a, b) => a - b);
  return { spentInTheEnd: share, expected: Math.round(expected), low: Math.round(Math.min(expected, drawn[Math.floor(RESAMPLES * 0.1)]!)), high: Math.round(Math.max(expected, drawn[Math.ceil(RESAMPLES * 0.9) - 1]!)) };
}
