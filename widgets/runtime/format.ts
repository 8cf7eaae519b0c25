import type { WidgetLocale, WidgetShop } from './context.js';

/** How numbers and times are written for this viewer, in the shop's zone and currency. */
export interface Format {
  /** Minor units; the shop's currency if none is given. */
  money(minor: number, currency?: string): string;
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

/** Formatters are made when they are first used; making one costs more than all its later calls. */
export function createFormat(locale: WidgetLocale, shop: WidgetShop): Format {
  const made = new Map<string, Intl.NumberFormat>();
  const numbers = (key: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const known = made.get(key) ?? new Intl.NumberFormat(locale, options);
    made.set(key, known);
    return known;
  };
  const time = (ms: number, timeStyle?: 'short'): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: shop.zone, ...(timeStyle && { timeStyle }) }).format(ms);
  const number = (n: number): string => numbers('').format(n);
  return {
    number,
    money(minor, currency = shop.currency) {
      const format = numbers(currency, { style: 'currency', currency });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    points: (n) => number(n) + (locale === 'en' ? (n === 1 ? ' point' : ' points') : ' 积分'),
    percent: (share) => numbers('%', { style: 'percent', maximumFractionDigits: 1 }).format(share),
    date: (ms) => time(ms),
    dateTime: (ms) => time(ms, 'short'),
  };
}
