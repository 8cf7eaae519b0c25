import type { DiscountTerms, Locale } from '../../../plugin-api/index.js';
import { productBySku } from '../catalogue/catalogue.js';
import { price, translator } from '../pages/texts.js';

/** What a code is good for, in a few words, so that nobody has to tell codes apart by their letters. */
export function codeLabel(locale: Locale, { kind, value, minimum, sku, skus }: DiscountTerms): string {
  const t = translator(locale), money = (fen: number): string => price(locale, fen), title = (of: string): string => productBySku(of)?.title[locale] ?? of;
  const off = kind === 'amount' ? t('codeAmount', { amount: money(value) }) : kind === 'free-shipping' ? t('codeShipping')
    : kind === 'price' ? t('codePrice', { product: title(sku ?? ''), amount: money(value) }) : t('codePercent', { percent: value / 100, rest: (10_000 - value) / 1000 });
  const on = skus?.length ? t('codeOn1', { what: off, product: skus.length === 1 ? title(skus[0]!) : t('codeProducts', { n: skus.length }) }) : off;
  return minimum > 0 ? t('codeFrom', { what: on, minimum: money(minimum) }) : on;
}
