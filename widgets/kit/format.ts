import { uiLocale } from './locale.js';

let zone: string | undefined;
let currency = 'USD';
let digitsBy: Readonly<Record<string, number>> = {};
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${uiLocale()}${JSON.stringify(options)}`;
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat(uiLocale(), options));
  return cache.get(key) as Intl.NumberFormat;
}
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${uiLocale()}${zone ?? ''}${JSON.stringify(options)}`;
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat(uiLocale(), zone === undefined ? options : { timeZone: zone, ...options }));
  return cache.get(key) as Intl.DateTimeFormat;
}

/** Tells the formatters the shop's zone (IANA) and currency (ISO 4217), and which currencies have other digits than 2. The shell does it once; a panel need not. */
export function configureFormat(shop: { readonly zone?: string; readonly currency?: string; readonly currencyDigits?: Readonly<Record<string, number>> }): void {
  zone = shop.zone ?? zone;
  currency = shop.currency ?? currency;
  digitsBy = shop.currencyDigits ?? digitsBy;
}
/** The shop's currency. */
export const shopCurrency = (): string => currency;
/** Digits after the decimal sign in a currency: 2 for USD, 0 for JPY. */
export const minorDigits = (code: string = currency): number => digitsBy[code] ?? 2;

/** A whole or decimal number with the page's separators. */
export const formatNumber = (value: number, digits = 0): string => numberFormat({ maximumFractionDigits: digits }).format(value);
/** Short form for axes and tiles: 12.3K, 1.2万. */
export const formatCompact = (value: number): string => numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
/** Money from minor units, e.g. 1999 → ¥19.99. */
export function formatMoney(minor: number, code: string = currency, compact = false): string {
  const digits = minorDigits(code);
  return numberFormat({ style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', ...(compact ? { notation: 'compact', maximumFractionDigits: 1 } : { minimumFractionDigits: digits, maximumFractionDigits: digits }) }).format(minor / 10 ** digits);
}
/** A share from 0 to 1 as a percentage. */
export const formatPercent = (share: number, digits = 0): string => numberFormat({ style: 'percent', maximumFractionDigits: digits }).format(share);
/** Signed number: +120, −30. */
export const formatSigned = (value: number): string => numberFormat({ signDisplay: 'exceptZero' }).format(value);
/** Date of an instant (UTC ms) in the shop's zone. */
export const formatDate = (at: number): string => dateFormat({ dateStyle: 'medium' }).format(at);
/** Date and time of an instant (UTC ms) in the shop's zone. */
export const formatDateTime = (at: number): string => dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(at);
/** A month `YYYY-MM`, as people write it. */
export const formatMonth = (month: string): string => dateFormat({ year: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(`${month}-01T00:00:00Z`));
/** Day and month of a business date `YYYY-MM-DD`, for axes. */
export const formatDay = (date: string): string => dateFormat({ month: 'short', day: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
/** A business date `YYYY-MM-DD` in full. */
export const formatBusinessDate = (date: string): string => dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60]];
/** How long ago `at` was, seen from `now` (both UTC ms): “3 hours ago”, “2天前”. */
export function formatRelative(at: number, now: number): string {
  const seconds = (at - now) / 1000;
  const format = new Intl.RelativeTimeFormat(uiLocale(), { numeric: 'auto' });
  for (const [unit, size] of STEPS) if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  return format.format(0, 'second');
}
/** A length of time in words, at most two units: “2 min 5 s”. */
export function formatDuration(ms: number): string {
  const unit = (value: number, name: string): string => numberFormat({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: name === 'second' && value < 10 ? 1 : 0 }).format(value);
  if (ms < 1000) return unit(Math.round(ms), 'millisecond');
  const seconds = ms / 1000;
  if (seconds < 60) return unit(seconds, 'second');
  if (seconds < 3600) return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(Math.round(seconds % 60), 'second')}`;
  if (seconds < 86_400) return `${unit(Math.floor(seconds / 3600), 'hour')} ${unit(Math.floor((seconds % 3600) / 60), 'minute')}`;
  return `${unit(Math.floor(seconds / 86_400), 'day')} ${unit(Math.floor((seconds % 86_400) / 3600), 'hour')}`;
}

/** How a number of a tile or chart is written. `money` takes minor units, `percent` a share from 0 to 1. */
export type ValueFormat = 'count' | 'money' | 'percent' | 'stars' | 'points';
/** Writes a number in one of the product's formats; `short` for axes and tiles. */
export function formatValue(value: number, format: ValueFormat = 'count', options: { readonly currency?: string; readonly short?: boolean } = {}): string {
  switch (format) {
    case 'money': return formatMoney(value, options.currency, options.short === true && Math.abs(value) >= 1_000_000);
    case 'percent': return formatPercent(value, 1);
    case 'stars': return formatNumber(value, 2);
    default: return options.short === true && Math.abs(value) >= 100_000 ? formatCompact(value) : formatNumber(value);
  }
}
