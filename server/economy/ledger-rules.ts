import { DAY } from '../plugin-api/index.js';

/** What no merchant sets; the rest is the shop's programme. Sources: design §4 and §11, domain §4.1–4.2. */
/** A lot that expired while its points were spent comes back for this long. */
export const REOPEN_FOR = 30 * DAY;
export const MOST_POINTS_AT_ONCE = 1_000_000;
/** `next_expiry_at` of an account without lots that could expire. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * `earn`: from an order. `reversal`: taken back after a refund, a cancellation or an undone grant. `mature`: pending became available.
 * `debt`: new points paid an older debt. `hold`, `release`: set aside for a checkout and put back. `merge`, `split`: two people became one, and two again.
 * `write-off`: a debt that the shop gives up. `forfeit`: what was left when a person was erased.
 */
export type LedgerKind = 'earn' | 'grant' | 'spend' | 'spend-refund' | 'reversal' | 'expire' | 'mature' | 'debt' | 'adjust' | 'hold' | 'release' | 'merge' | 'split' | 'write-off' | 'forfeit';
