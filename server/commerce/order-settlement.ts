import type { ShopContext, Unit } from '../plugin-api/index.js';

/** What the economy does when an order changed; runs in the unit that folded it. */
export interface OrderSettlement {
  readonly steps: { settle(ctx: ShopContext, orderId: string): Unit<void> };
}
