import { contractToken, type ShopContext } from 'guanxi/plugin';

/** Accounts of money that customers can spend in the shop, kept by another module. Amounts in minor units of the shop's currency. */
export interface StoreCredit {
  /** Books once for each key; the same key answers the same again. A refusal is final, a thrown error is tried again later. */
  add(ctx: ShopContext, request: { readonly key: string; readonly personId: string; readonly amount: number }): Promise<{ readonly ok: true; readonly ref: string } | { readonly ok: false; readonly reason: string }>;
  /** Takes back what `add` booked under the key; nothing if it booked nothing. Idempotent. */
  undo(ctx: ShopContext, key: string): Promise<void>;
}
export const storeCredit = contractToken<StoreCredit>('store-credit.accounts');
