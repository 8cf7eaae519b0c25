import type { ShopContext, Unit } from '../plugin-api/index.js';

/** Learns what tells that several customers are one. Keeps a keyed hash of it, never the thing itself. */
export interface BuyerSignals {
  readonly steps: { learn(ctx: ShopContext, personId: string, signals: { readonly email?: string | null; readonly address?: string | null; readonly payment?: string | null }): Unit<void> };
}
