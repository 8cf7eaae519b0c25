const formatOf = (currency: string, locale: string): Intl.NumberFormat => new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', trailingZeroDisplay: 'stripIfInteger' });

/** Minor units in one main unit. */
export const unitOf = (currency: string): number => 10 ** (formatOf(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2);
/** 2000 → ¥20 or $20. */
export const money = (minor: number, currency: string, locale: string): string => formatOf(currency, locale).format(minor / unitOf(currency));
