/** What somebody typed as minor units of a currency with so many digits, undefined if it is no price. Full-width digits and a comma before the fraction are understood. */
export function minorUnits(typed: string, digits: number): number | undefined {
  const found = /^(\d{1,7})(?:[.,](\d*))?$/.exec(typed.normalize('NFKC').replace('。', '.').trim());
  const [, whole = '', part = ''] = found ?? [];
  const minor = Number(whole + part.padEnd(digits, '0'));
  return found && part.length <= digits && minor > 0 ? minor : undefined;
}
