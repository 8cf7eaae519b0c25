import type { Locale } from './context.js';

/**
 * Digits after the point by currency (ISO 4217), where they are not 2. Amounts are kept in these units, so the list stands here: what `Intl` knows
 * is the custom of writing (no fraction in HUF or IDR), differs between engines, and would move the point of what is stored.
 */
export const CURRENCY_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

/** Digits after the point in a currency (ISO 4217): 2 for CNY and HUF, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => CURRENCY_DIGITS[currency] ?? 2;
/** Minor units in one unit of a currency: 100 for CNY, 1 for JPY. */
export const minorUnits = (currency: string): number => 10 ** minorDigits(currency);

export interface MoneyStyle {
  /** Leaves out a fraction of zeros: ¥20. */
  readonly short?: boolean;
  /** The currency's code in place of its sign: USD 20.00. For a currency that is not the shop's. */
  readonly code?: boolean;
}
/** Minor units as text in a language: 1999 → ¥19.99. Widgets have `format.money`, panels `formatMoney`. */
export function moneyText(minor: number, currency: string, locale: Locale, { short = false, code = false }: MoneyStyle = {}): string {
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency', currency, currencyDisplay: code ? 'code' : 'narrowSymbol', minimumFractionDigits: digits, maximumFractionDigits: digits, ...(short ? { trailingZeroDisplay: 'stripIfInteger' } : {}),
  }).format(minor / 10 ** digits);
}
