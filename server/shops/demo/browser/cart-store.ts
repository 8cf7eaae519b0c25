export interface CartLine { readonly sku: string; readonly quantity: number }

const KEY = 'gx-demo-cart';
export const LARGEST = 20;

/** The cart of this browser; whatever else stands in the storage is ignored. */
export function cartLines(): CartLine[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown;
    if (!Array.isArray(stored)) return [];
    return stored.filter((line: Partial<CartLine> | null): line is CartLine => typeof line?.sku === 'string' && Number.isInteger(line.quantity) && Number(line.quantity) > 0).slice(0, 20)
      .map(({ sku, quantity }) => ({ sku, quantity: Math.min(quantity, LARGEST) }));
  } catch { return []; }
}

export function keepCart(lines: readonly CartLine[]): void {
  try { localStorage.setItem(KEY, JSON.stringify(lines)); } catch { /* Forbidden storage: the cart lasts as long as the page. */ }
  dispatchEvent(new Event('demo:cart'));
}

/** Sets how many of a product are in the cart; 0 takes it out. */
export function setQuantity(sku: string, quantity: number): void {
  const wanted = Math.max(0, Math.min(LARGEST, quantity));
  const lines = cartLines();
  const changed = lines.some((line) => line.sku === sku) ? lines.map((line) => (line.sku === sku ? { sku, quantity: wanted } : line)) : [...lines, { sku, quantity: wanted }];
  keepCart(changed.filter((line) => line.quantity > 0));
}

export const addToCart = (sku: string, quantity: number): void =>
  setQuantity(sku, quantity + (cartLines().find((line) => line.sku === sku)?.quantity ?? 0));
