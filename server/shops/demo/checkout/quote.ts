import { refused, type DiscountTerms } from '../../../plugin-api/index.js';
import type { CodeProblem } from '../../../commerce/discount-codes.service.js';
import { platformTitle, productBySku } from '../catalogue/catalogue.js';
import type { ProductDesign } from '../catalogue/product-design.js';
import { allocate } from '../../../commerce/stacking/allocation.js';

export const SHIPPING = 1200;
export const FREE_SHIPPING_FROM = 19900;

export interface CartLine { readonly sku: string; readonly quantity: number }
export interface QuotedLine extends CartLine { readonly title: string; readonly unitPrice: number; readonly paid: number }
export interface QuotedCode { readonly code: string; readonly ok: boolean; /** What it takes off, saved shipping included. */ readonly amount: number; readonly reason?: CodeProblem | 'not-in-cart'; readonly minimum?: number }
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

const isPrice = (verdict: CodeVerdict): boolean => verdict.ok && verdict.terms.kind === 'price';
const takenOff = (terms: DiscountTerms, left: number): number =>
  terms.kind === 'amount' ? Math.min(terms.value, left) : terms.kind === 'percent' ? Math.min(left, Math.floor((left * terms.value) / 10_000)) : 0;

/**
 * Prices a cart. Codes for the price of one piece come first and stay on their line; the others work one after another on what the ones
 * before left, and what they take off is spread over the lines by largest remainder, so that the lines' paid amounts add up to the goods' price after discounts. @throws GX_SKU (422)
 */
export function quote(lines: readonly CartLine[], verdicts: readonly CodeVerdict[]): Quote {
  const priced = mergeLines(lines).map((line) => {
    const product = sold(line.sku);
    return { sku: line.sku, quantity: line.quantity, title: platformTitle(product), unitPrice: product.price };
  });
  const subtotal = priced.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const lists = priced.map((line) => line.unitPrice * line.quantity);
  const pieces = priced.map((line) => line.quantity);
  const own = priced.map(() => 0);
  let left = subtotal;
  let shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  const applied = new Map<CodeVerdict, number | 'not-in-cart'>();
  // The price of a piece first: what others take off is a share of what is left.
  for (const verdict of [...verdicts].sort((a, b) => Number(isPrice(b)) - Number(isPrice(a)))) {
    if (!verdict.ok) continue;
    const { terms } = verdict;
    if (terms.kind === 'price') {
      const at = priced.findIndex((line, i) => line.sku === terms.sku && pieces[i]! > 0);
      if (at < 0) { applied.set(verdict, 'not-in-cart'); continue; }
      pieces[at]!--;
      const off = Math.max(0, priced[at]!.unitPrice - terms.value);
      own[at]! += off;
      left -= off;
      applied.set(verdict, off);
    } else {
      const goods = takenOff(terms, left);
      const saved = terms.kind === 'free-shipping' ? shipping : 0;
      left -= goods;
      shipping -= saved;
      applied.set(verdict, goods + saved);
    }
  }
  const codes = verdicts.map((verdict): QuotedCode => {
    const { code } = verdict;
    if (!verdict.ok) return { code, ok: false, amount: 0, reason: verdict.reason, ...(verdict.minimum === undefined ? {} : { minimum: verdict.minimum }) };
    const amount = applied.get(verdict) ?? 0;
    return amount === 'not-in-cart' ? { code, ok: false, amount: 0, reason: amount } : { code, ok: true, amount };
  });
  const discount = subtotal - left;
  const rest = lists.map((list, i) => list - own[i]!);
  const shares = allocate(discount - own.reduce((sum, off) => sum + off, 0), rest);
  return { subtotal, discount, shipping, total: left + shipping, codes, lines: priced.map((line, i) => ({ ...line, paid: rest[i]! - (shares[i] ?? 0) })) };
}
