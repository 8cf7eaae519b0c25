import type { WidgetLocale, WidgetShop } from './context.js';

/** How numbers and times are written for this viewer, in the shop's zone and currency. */
export interface Format {
  /** Minor units; the shop's currency if none is given. */
  money(minor: number, currency?: string): string;
  /** Digits after the point in a currency, the shop's if none is given: 2 for CNY, 0 for JPY. */
  digits(currency?: string): number;
  /** With the unit: `1,200 points`, `1,200 积分`. */
  points(n: number): string;
  number(n: number): string;
  /** A share: 0.125 is written `12.5%`. */
  percent(share: number): string;
  /** UTC milliseconds. */
  date(ms: number): string;
  /** UTC milliseconds. */
  dateTime(ms: number): string;
}

export function createFormat(locale: WidgetLocale, { currency: own, currencyDigits, zone: timeZone }: WidgetShop): Format {
  const number = (n: number): string => n.toLocaleString(locale);
  const time = (ms: number, timeStyle?: 'short'): string => new Date(ms).toLocaleString(locale, { timeZone, dateStyle: 'medium', ...(timeStyle && { timeStyle }) });
  const digits = (currency = own): number => currencyDigits[currency] ?? 2;
  return {
    number,
    digits,
    money(minor, currency = own) {
      const maximumFractionDigits = digits(currency);
      return (minor / 10 ** maximumFractionDigits).toLocaleString(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: maximumFractionDigits, maximumFractionDigits });
    },
    points: (n) => number(n) + (locale === 'en' ? ` point${n === 1 ? '' : 's'}` : ' 积分'),
    percent: (share) => share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 }),
    date: (ms) => time(ms),
    dateTime: (ms) => time(ms, 'short'),
  };
}
