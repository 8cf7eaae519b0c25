/** Digits after the point in a currency: 2 for CNY, 0 for JPY. */
export const digitsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** What somebody typed as minor units, undefined if it is no price. Full-width digits and a comma before the fraction are understood. */
export function minorUnits(typed: string, currency: string): number | undefined {
  const found = /^(\d{1,7})(?:[.,](\d*))?$/.exec(typed.normalize('NFKC').replace('。', '.').trim()), digits = digitsOf(currency);
  const [, whole = '', part = ''] = found ?? [];
  const minor = Number(whole + part.padEnd(digits, '0'));
  return found && part.length <= digits && minor > 0 ? minor : undefined;
}
