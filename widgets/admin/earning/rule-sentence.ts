import { formatBusinessDate, formatMoney, formatNumber } from '../../kit/format.js';
import { uiLocale } from '../../kit/locale.js';
import type { ChosenGoods, EarnRule, RuleVersion } from './earning-types.js';
import { e } from './texts.js';

export const timesText = (basisPoints: number): string => `× ${formatNumber(basisPoints / 10_000, 2)}`;
export const goodsText = ({ skus, types }: ChosenGoods): string => [...types, ...skus].join(', ');

/** Between two sentences; Chinese ones follow each other at once. */
export const sentenceGap = (): string => (uiLocale() === 'zh-CN' ? '' : ' ');

/** A rule as a merchant would say it. */
export function ruleSentence({ rule, endsOn }: RuleVersion): string {
  const { excluded } = rule;
  return [
    e(rule.afterDiscounts ? 'rate' : 'rateListed', { points: rule.ratePoints, amount: formatMoney(rule.rateAmount), rounding: e(`rounding.${rule.rounding}`) }),
    ...(rule.withShipping ? [e('shippingIn')] : []), ...(rule.withTax ? [e('taxIn')] : []), e(rule.withGiftCards ? 'giftCardsIn' : 'giftCardsOut'),
    ...(rule.minimumOrder ? [e('minimum', { amount: formatMoney(rule.minimumOrder) })] : []), ...(excluded.skus.length + excluded.types.length ? [e('excluded', { goods: goodsText(excluded) })] : []),
    e('most', { times: formatNumber(rule.maxMultiplier / 10_000, 2) }), ...(endsOn ? [e('until', { date: formatBusinessDate(endsOn) })] : []),
  ].join(sentenceGap());
}

const FIELDS = ['ratePoints', 'rateAmount', 'rounding', 'afterDiscounts', 'withShipping', 'withTax', 'withGiftCards', 'maxMultiplier', 'minimumOrder', 'excluded'] as const satisfies readonly (keyof EarnRule)[];

function valueText(field: (typeof FIELDS)[number], rule: EarnRule): string {
  switch (field) {
    case 'ratePoints': return formatNumber(rule.ratePoints);
    case 'rateAmount': case 'minimumOrder': return formatMoney(rule[field]);
    case 'rounding': return e(`rounding.${rule.rounding}`);
    case 'maxMultiplier': return timesText(rule.maxMultiplier);
    case 'excluded': return goodsText(rule.excluded) || e('none');
    default: return e(rule[field] ? 'yes' : 'no');
  }
}

/** What a version changed against the one before it. */
export const differences = (rule: EarnRule, before: EarnRule): readonly string[] => FIELDS.filter((field) => valueText(field, rule) !== valueText(field, before))
  .map((field) => e('was', { field: e(`field.${field}`), before: valueText(field, before), after: valueText(field, rule) }));
