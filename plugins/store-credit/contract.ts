import { contractToken, type ShopContext } from 'guanxi/plugin';

/** Accounts of money that customers can spend in the shop. Amounts are positive, in minor units of the shop's currency. */
export interface StoreCreditAccounts {
  /**
   * Books once for each key; the same key answers the same again. A refusal is final: guests, erased and unknown people have no account, an account holds only so much, and
   * what was taken back under a key is not booked again. @throws 409 GX_CREDIT_KEY for a key that was used for another amount
   */
  add(ctx: ShopContext, request: { readonly key: string; readonly personId: string; readonly amount: number }): Promise<{ readonly ok: true; readonly ref: string } | { readonly ok: false; readonly reason: string }>;
  /** Takes back what `add` booked under the key; nothing if it booked nothing. An account never owes: of what was spent before, what is left is taken, and the entry names the rest. Idempotent. */
  undo(ctx: ShopContext, key: string): Promise<void>;
}
export const storeCreditAccounts = contractToken<StoreCreditAccounts>('store-credit.accounts');
