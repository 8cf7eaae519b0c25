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

export function createFormat(locale: WidgetLocale, { currency: own, zone: timeZone }: WidgetShop): Format {
  const number = (n: number): string => n.toLocaleString(locale);
  const time = (ms: number, timeStyle?: 'short'): string => new Date(ms).toLocaleString(locale, { timeZone, dateStyle: 'medium', ...(timeStyle && { timeStyle }) });
  return {
    number,
    money(minor, currency = own) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    points: (n) => number(n) + (locale === 'en' ? ` point${n === 1 ? '' : 's'}` : ' 积分'),
    percent: (share) => share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 }),
    date: (ms) => time(ms),
    dateTime: (ms) => time(ms, 'short'),
  };
}
