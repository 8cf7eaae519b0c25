import { refused } from '../plugin-api/index.js';

/** Cuts text to what a column holds; NUL, which PostgreSQL refuses, is dropped. Empty text counts as nothing. */
export function clip(text: string | null | undefined, max: number): string | null {
  if (text === null || text === undefined) return null;
  const clean = (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text).trim().slice(0, max);
  return clean === '' ? null : clean;
}

const wrong = (field: string, rule: string): Error => refused('GX_SNAPSHOT', `The field ${field} ${rule}. Nothing of this record was stored.`, { field });

/** A platform's id, 1–200 characters. Errors: 422 `GX_SNAPSHOT`, as for all checks here. */
export function checkId(field: string, id: string): string {
  if (typeof id !== 'string' || id.trim() === '' || id.length > 200 || id.includes('\u0000')) throw wrong(field, 'must be an id of 1 to 200 characters');
  return id;
}
/** A whole number, at least `least`. */
export function checkWhole(field: string, amount: number, least = 0): number {
  if (!Number.isSafeInteger(amount) || amount < least) throw wrong(field, `must be a whole number of at least ${least}`);
  return amount;
}
export function checkInstant(field: string, at: number): number {
  if (!Number.isSafeInteger(at) || Math.abs(at) > 8.64e15) throw wrong(field, 'must be a time in UTC milliseconds');
  return at;
}
export const checkMaybeInstant = (field: string, at: number | null | undefined): number | null => (at === null || at === undefined ? null : checkInstant(field, at));
export function checkCurrency(field: string, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) throw wrong(field, 'must be a currency of three capital letters');
  return currency;
}
/** No id may come twice. */
export function checkDistinct(field: string, ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length) throw wrong(field, 'names the same id twice');
}
