import { refused, type DiscountTerms } from '../../../plugin-api/index.js';
import type { CodeProblem } from '../../../commerce/discount-codes.service.js';
import { platformTitle, productBySku } from '../catalogue/catalogue.js';
import type { ProductDesign } from '../catalogue/product-design.js';
import { allocate } from './allocation.js';

export const SHIPPING = 1200;
export const FREE_SHIPPING_FROM = 19900;

export interface CartLine { readonly sku: string; readonly quantity: number }
export interface QuotedLine extends CartLine { readonly title: string; readonly unitPrice: number; readonly paid: number }
export interface QuotedCode { readonly code: string; readonly ok: boolean; /** What it takes off, saved shipping included. */ readonly amount: number; readonly reason?: CodeProblem; readonly minimum?: number }
/** What the shop's codes say of a cart. */
export type CodeVerdict = { readonly code: string; readonly ok: true; readonly terms: DiscountTerms } | { readonly code: string; readonly ok: false; readonly reason: CodeProblem; readonly minimum?: number };
export interface Quote {
  readonly lines: readonly QuotedLine[];
  readonly subtotal: number;
  /** Off the goods. */
  readonly discount: number;
  readonly shipping: number;
  readonly total: number;
  readonly codes: readonly QuotedCode[];
}

function sold(sku: string): ProductDesign {
  const product = productBySku(sku);
  if (!product) throw refused('GX_SKU', `The shop does not sell "${sku}".`, { sku });
  return product;
}

/** One line per product, in the order of first mention. */
function mergeLines(lines: readonly CartLine[]): CartLine[] {
  const quantities = new Map<string, number>();
  for (const line of lines) quantities.set(line.sku, (quantities.get(line.sku) ?? 0) + line.quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}


const takenOff = (terms: DiscountTerms, left: number): number =>
  terms.kind === 'amount' ? Math.min(terms.value, left) : terms.kind === 'percent' ? Math.min(left, Math.floor((left * terms.value) / 10_000)) : 0;

/**
 * Prices a cart. Codes work one after another on what the ones before left; what they take off is spread over the lines by
 * largest remainder, so that the lines' paid amounts add up to the goods' price after discounts. @throws GX_SKU (422)
 */
export function quote(lines: readonly CartLine[], verdicts: readonly CodeVerdict[]): Quote {
  const priced = mergeLines(lines).map((line) => {
    const product = sold(line.sku);
    return { sku: line.sku, quantity: line.quantity, title: platformTitle(product), unitPrice: product.price };
  });
  const subtotal = priced.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  let left = subtotal;
  let shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  const codes = verdicts.map((verdict): QuotedCode => {
    const { code } = verdict;
    if (!verdict.ok) return { code, ok: false, amount: 0, reason: verdict.reason, ...(verdict.minimum === undefined ? {} : { minimum: verdict.minimum }) };
    const goods = takenOff(verdict.terms, left);
    const saved = verdict.terms.kind === 'free-shipping' ? shipping : 0;
    left -= goods;
    shipping -= saved;
    return { code, ok: true, amount: goods + saved };
  });
  const discount = subtotal - left;
  const shares = allocate(discount, priced.map((line) => line.unitPrice * line.quantity));
  return { subtotal, discount, shipping, total: left + shipping, codes, lines: priced.map((line, i) => ({ ...line, paid: line.unitPrice * line.quantity - (shares[i] ?? 0) })) };
}
