import { minorDigits } from '../plugin-api/index.js';

/** `"19.99"` or `19.99` → 1999 for USD. Rounds half away from zero beyond the currency's places; undefined for anything that is no number. */
export function decimalToMinor(amount: unknown, currency: string): number | undefined {
  const text = typeof amount === 'number' ? String(amount) : amount;
  if (typeof text !== 'string') return undefined;
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const places = minorDigits(currency);
  const fraction = (match[3] ?? '').padEnd(places + 1, '0');
  const units = Number(match[2]! + fraction.slice(0, places)) + (fraction[places]! >= '5' ? 1 : 0);
  return !Number.isSafeInteger(units) ? undefined : match[1] === '-' && units !== 0 ? -units : units;
}
