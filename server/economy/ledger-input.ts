import { refused } from '../plugin-api/index.js';
import { MOST_POINTS_AT_ONCE } from './ledger-rules.js';

/** Errors: 422 `GX_POINTS_AMOUNT` for anything but a whole number from `least` to 1,000,000. */
export function checkAmount(amount: number, least = 1): void {
  if (!Number.isSafeInteger(amount) || amount < least || amount > MOST_POINTS_AT_ONCE) {
    throw refused('GX_POINTS_AMOUNT', `Points come in whole numbers from ${least} to ${MOST_POINTS_AT_ONCE}.`, { amount: String(amount) });
  }
}

/** Errors: 422 `GX_LEDGER_KEY` when a source or a key is empty or too long to be stored whole. */
export function checkNames(source: string, key: string): void {
  if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9.-]*$/.test(source) || source.length > 100) throw refused('GX_LEDGER_SOURCE', 'A source is called <plugin>.<word>, for example interaction-games.check-in.', { source });
  if (key.length === 0 || key.length > 300) throw refused('GX_LEDGER_KEY', 'A key has 1 to 300 characters. It names one effect for ever, so it must not be cut.');
}

/** Errors: 422 `GX_REASON_MISSING` without a reason of 1–500 characters. */
export function checkReason(reason: string): string {
  const text = reason.trim();
  if (text.length === 0 || text.length > 500) throw refused('GX_REASON_MISSING', 'Say why, in 1 to 500 characters: the shopper sees it on the statement.');
  return text;
}
