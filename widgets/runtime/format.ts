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

/** Number formatters are kept: making one costs more than all its later calls. */
export function createFormat(locale: WidgetLocale, { currency: own, zone: timeZone }: WidgetShop): Format {
  const made: Record<string, Intl.NumberFormat> = {};
  const numbers = (key: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat => (made[key] ??= new Intl.NumberFormat(locale, options));
  const number = (n: number): string => numbers('').format(n);
  const time = (ms: number, options: Intl.DateTimeFormatOptions): string => new Date(ms).toLocaleString(locale, { timeZone, dateStyle: 'medium', ...options });
  return {
    number,
    money(minor, currency = own) {
      const format = numbers(currency, { style: 'currency', currency });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    points: (n) => number(n) + (locale === 'en' ? (n === 1 ? ' point' : ' points') : ' 积分'),
    percent: (share) => numbers('%', { style: 'percent', maximumFractionDigits: 1 }).format(share),
    date: (ms) => time(ms, {}),
    dateTime: (ms) => time(ms, { timeStyle: 'short' }),
  };
}
