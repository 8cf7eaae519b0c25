/** Below what a discount never takes a piece of a product: minor units, or basis points of its list price. */
export interface PriceFloor { readonly kind: 'amount' | 'percent'; readonly value: number }

/** In minor units for one piece; never above its price, so that a floor raises none. */
export const floorOf = (floor: PriceFloor | undefined, unitPrice: number): number =>
  floor === undefined ? 0 : Math.min(unitPrice, floor.kind === 'amount' ? floor.value : Number((BigInt(unitPrice) * BigInt(floor.value) + 9_999n) / 10_000n));
