import { minorUnits, type Localised } from '../../plugin-api/index.js';
import { allocate } from '../../commerce/stacking/allocation.js';
import { isChosen } from './earn-campaign.js';
import { MOST_MULTIPLIER, type EarnRule } from './earn-rule.js';
import { linePoints, reversedPoints, type EarningRate } from './line-points.js';

/** Times something; 10,000 basis points are once. */
export interface Multiplier { readonly basisPoints: number; readonly label: Localised }
export interface EarningGoods { readonly sku: string; readonly type: string | null; readonly giftCard: boolean; readonly quantity: number; readonly unitPrice: number; readonly paid: number }
export interface EarningAmounts { readonly currency: string; readonly shipping: number; readonly tax: number }
/** One point for … in an order's currency, however the shop counts: minor units stand for their own. */
export const rateOf = (rule: EarnRule, shopCurrency: string, orderCurrency: string): EarningRate =>
  ({ points: rule.ratePoints, amount: rule.rateAmount, rounding: rule.rounding, scale: [minorUnits(shopCurrency), minorUnits(orderCurrency)] });

/** The product of all multipliers, at most what the rule allows, and never more than five times. */
export function combined(rule: EarnRule, multipliers: readonly { readonly basisPoints: number }[]): number {
  const product = multipliers.reduce((all, { basisPoints }) => (all * BigInt(basisPoints)) / 10_000n, 10_000n);
  return Math.min(Number(product), rule.maxMultiplier, MOST_MULTIPLIER);
}

/** What each line earns from, in minor units: goods, and their share of shipping and tax where the rule counts them. */
export function bases(rule: EarnRule, { shipping, tax }: EarningAmounts, lines: readonly EarningGoods[]): number[] {
  const extra = allocate((rule.withShipping ? shipping : 0) + (rule.withTax ? tax : 0), lines.map((line) => line.paid));
  return lines.map((line, n) => {
    if ((line.giftCard && !rule.withGiftCards) || isChosen(rule.excluded, line.sku, line.type)) return 0;
    return (rule.afterDiscounts ? line.paid : line.unitPrice * line.quantity) + extra[n]!;
  });
}

/** Whether enough was paid for goods. */
export function reachesMinimum(rule: EarnRule, rate: EarningRate, lines: readonly EarningGoods[]): boolean {
  const paid = lines.reduce((sum, line) => sum + BigInt(line.paid), 0n);
  return paid * BigInt(rate.scale[0]) >= BigInt(rule.minimumOrder) * BigInt(rate.scale[1]);
}

/** The points of each line and what they come from. `basisPoints` is the multiplier of each line. */
export function orderPoints(rule: EarnRule, shopCurrency: string, amounts: EarningAmounts, lines: readonly EarningGoods[], basisPoints: readonly number[]): { readonly points: number[]; readonly bases: number[] } {
  const rate = rateOf(rule, shopCurrency, amounts.currency);
  const from = bases(rule, amounts, lines);
  if (!reachesMinimum(rule, rate, lines)) return { points: lines.map(() => 0), bases: from };
  return { points: linePoints(from.map((base, n) => ({ base, basisPoints: basisPoints[n]! })), rate), bases: from };
}

/** Points of a line that refunds took. Of one that cost nothing, pieces are what is given back. */
export const takenBack = (points: number, line: { readonly paid: number; readonly refunded_amount: number; readonly quantity: number; readonly refunded_quantity: number }): number =>
  (line.paid > 0 || line.quantity === 0 ? reversedPoints(points, line.refunded_amount, line.paid) : reversedPoints(points, line.refunded_quantity, line.quantity));
