import { DAY } from '../plugin-api/index.js';

/** The rules of the programme, in one place. Sources: design §4 and §11, domain §4.1–4.2. */
export const POINTS_LIVE_DAYS = 365;
/** A lot that expired while its points were spent comes back for this long. */
export const REOPEN_FOR = 30 * DAY;
/** What a guest may earn in all before signing in. */
export const GUEST_LIMIT = 300;
export const MOST_POINTS_AT_ONCE = 1_000_000;
/** Days after delivery in which goods can be returned; until then points are pending. */
export const RETURN_DAYS = 7;
/** When pending points become available if no delivery is ever reported, counted from payment. */
export const UNDELIVERED_DAYS = 15;
/** Points that are worth one unit of the shop's currency, for the liability. */
export const POINTS_PER_CURRENCY_UNIT = 100;
/** `next_expiry_at` of an account without lots that could expire. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * `earn`: from an order. `reversal`: taken back after a refund, a cancellation or an undone grant. `mature`: pending became available.
 * `debt`: new points paid an older debt. `hold`, `release`: set aside for a checkout and put back. `merge`, `split`: two people became one, and two again.
 * `write-off`: a debt that the shop gives up. `forfeit`: what was left when a person was erased.
 */
export type LedgerKind = 'earn' | 'grant' | 'spend' | 'spend-refund' | 'reversal' | 'expire' | 'mature' | 'debt' | 'adjust' | 'hold' | 'release' | 'merge' | 'split' | 'write-off' | 'forfeit';
