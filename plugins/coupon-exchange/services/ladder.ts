/** One coupon of a ladder. Money in minor units, points whole. */
export interface Rung { readonly step: 'small' | 'middle' | 'large'; readonly discount: number; readonly minimum: number; readonly cost: number; readonly validDays: number }
/** A bar of the histogram: orders of at least `from` and less than `to`; the last bar has no end. */
export interface Bar { readonly from: number; readonly to: number | null; readonly count: number }
export interface LadderProposal {
  readonly orders: number; readonly median: number; readonly middle: number; readonly high: number; readonly bars: readonly Bar[]; readonly rungs: readonly Rung[];
}

const BARS = 20;
/** The dearest coupon without a minimum, in main units, and as a share of the median order. */
const SMALL_MOST = 2;
const SMALL_SHARE = 0.01;
/** Of the margin on what a step asks for beyond the step before. */
const MARGIN_SHARE = 0.25;
/** Points for one main unit off: what has no minimum is the dearest. */
const POINTS: Readonly<Record<Rung['step'], number>> = { small: 100, middle: 60, large: 40 };

/** The value below which `share` of the sorted values lie (nearest rank). */
export const percentile = (sorted: readonly number[], share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** Bars of equal, round width up to the 98th percentile; a few very large orders must not flatten the rest. */
export function histogram(sorted: readonly number[], unit: number): Bar[] {
  if (!sorted.length) return [];
  const raw = Math.max(unit, percentile(sorted, 0.98) / BARS);
  const power = 10 ** Math.floor(Math.log10(raw));
  const width = Math.max(1, Math.ceil([1, 2, 5, 10].find((step) => step * power >= raw)! * power));
  const counts = new Map<number, number>();
  for (const value of sorted) { const at = Math.min(BARS - 1, Math.floor(value / width)); counts.set(at, (counts.get(at) ?? 0) + 1); }
  const last = Math.max(...counts.keys());
  return Array.from({ length: last + 1 }, (_, i) => ({ from: i * width, to: i === BARS - 1 ? null : (i + 1) * width, count: counts.get(i) ?? 0 }));
}

/** Shoppers know thresholds that end on 9: 59, 199. Below twenty main units any whole number will do. */
function threshold(value: number, unit: number): number {
  const main = Math.round(value / unit);
  return (main < 20 ? Math.max(1, main) : Math.round((main + 1) / 10) * 10 - 1) * unit;
}
const whole = (value: number, unit: number): number => (value >= unit ? Math.floor(value / unit) * unit : Math.floor(value / Math.max(1, unit / 10)) * Math.max(1, unit / 10));

/**
 * A ladder from the shop's own orders: a small coupon without a minimum, a middle one at the 60th and a large one at the 85th percentile. No
 * step takes more than a quarter of the margin on what it asks for beyond the step before. Steps that would take nothing off are left out.
 * @param values - what orders were worth, minor units
 * @param margin - share of the goods' price that is left to the shop, 0–1
 * @param unit - minor units in one main unit
 */
export function proposeLadder(values: readonly number[], margin: number, unit: number): LadderProposal {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const [median, middle, high] = [percentile(sorted, 0.5), percentile(sorted, 0.6), percentile(sorted, 0.85)];
  const [second, third] = [threshold(middle, unit), threshold(high, unit)];
  const wishes = [
    { step: 'small', minimum: 0, discount: whole(Math.min(SMALL_MOST * unit, median * SMALL_SHARE), unit), validDays: 14 },
    { step: 'middle', minimum: second, discount: whole(second * margin * MARGIN_SHARE, unit), validDays: 14 },
    { step: 'large', minimum: third, discount: third > second ? whole((third - second) * margin * MARGIN_SHARE, unit) : 0, validDays: 30 },
  ] as const;
  const rungs = sorted.length ? wishes.filter(({ discount, minimum }) => discount > 0 && (minimum === 0 || discount < minimum)).map((wish) => ({ ...wish, cost: Math.max(10, Math.round((wish.discount / unit) * POINTS[wish.step] / 10) * 10) })) : [];
  return { orders: sorted.length, median, middle, high, bars: histogram(sorted, unit), rungs };
}

/** An order of this share of a minimum is near it. */
export const NEAR = 0.75;
/** How a minimum sits among the orders: the share that reaches it, and the share that is at most a quarter below it. */
export function fitOf(values: readonly number[], minimum: number): { readonly reach: number; readonly near: number; readonly reaching: number; readonly nearly: number } {
  const all = values.filter((value) => value > 0);
  const [reaching, nearly] = [all.filter((value) => value >= minimum).length, all.filter((value) => value < minimum && value >= minimum * NEAR).length];
  return { reach: all.length ? reaching / all.length : 0, near: all.length ? nearly / all.length : 0, reaching, nearly };
}
