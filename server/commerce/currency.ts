/** How many digits a currency's minor unit has (ISO 4217). Node's own table can be cut down by the system's ICU, so the exceptions stand here. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

/** 2 for most currencies, 0 for e.g. JPY, 3 for e.g. KWD. */
export const currencyExponent = (currency: string): number => EXPONENTS[currency] ?? 2;
/** Minor units in one unit: 100 for CNY, 1 for JPY. */
export const minorUnits = (currency: string): number => 10 ** currencyExponent(currency);
