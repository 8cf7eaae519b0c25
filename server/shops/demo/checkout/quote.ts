import { refused, type DiscountTerms, type Instant, type StackClass } from '../../../plugin-api/index.js';
import type { CodeProblem } from '../../../commerce/discount-codes.service.js';
import type { MemberPrice } from '../../../commerce/stacking/member-prices.js';
import { floorOf, type PriceFloor } from '../../../commerce/stacking/price-floor.js';
import { solve } from '../../../commerce/stacking/solve.js';
import type { StackCart, StackOffer, Taken } from '../../../commerce/stacking/stack-cart.js';
import { DEFAULT_RULES, type StackingRules } from '../../../commerce/stacking/stacking-rules.js';
import { platformTitle, productBySku } from '../catalogue/catalogue.js';
import type { ProductDesign } from '../catalogue/product-design.js';
import { whyOf, type Why } from './why.js';

export const SHIPPING = 1200;
export const FREE_SHIPPING_FROM = 19900;

export interface CartLine { readonly sku: string; readonly quantity: number }
export interface QuotedLine extends CartLine {
  readonly title: string; readonly unitPrice: number;
  /** What the member price takes off the line. */
  readonly memberSaved: number;
  /** In money, after discounts and points. */
  readonly paid: number;
  /** Worth of the points that pay for it. */
  readonly pointsPaid: number;
}
export type QuoteProblem = CodeProblem | 'not-in-cart';
export interface QuotedCode {
  readonly code: string; readonly ok: boolean; /** What it takes off, saved shipping included; 0 for one that lost. */ readonly amount: number; readonly reason?: QuoteProblem; readonly minimum?: number; readonly terms?: DiscountTerms;
}
/** What a code took of each line, and what it asks when pieces go back. */
export interface AppliedCode { readonly code: string; readonly amount: number; readonly minimum: number; readonly returns: 'keep' | 'prorate' | 'deduct'; readonly shares: readonly number[] }
/** What the shop's codes say of a cart. */
export type CodeVerdict = { readonly code: string; readonly ok: true; readonly terms: DiscountTerms; readonly expiresAt?: Instant } | { readonly code: string; readonly ok: false; readonly reason: CodeProblem; readonly minimum?: number };
/** What else bears on the price: the shop's rules and floors, the person's member price, and the points they want to spend. */
export interface QuoteTerms {
  readonly rules?: StackingRules; readonly floors?: ReadonlyMap<string, PriceFloor>; readonly member?: MemberPrice | undefined;
  /** `worth`: minor units of 100 points. */
  readonly points?: { readonly available: number; readonly worth: number; readonly use: boolean } | undefined;
}
export interface Quote {
  readonly lines: readonly QuotedLine[];
  readonly subtotal: number;
  /** Off the goods, without points. */
  readonly discount: number;
  readonly shipping: number;
  readonly total: number;
  readonly codes: readonly QuotedCode[];
  readonly applied: readonly AppliedCode[];
  readonly member: { readonly label: MemberPrice['label']; readonly basisPoints: number; readonly saved: number } | undefined;
  /** `most`: points that the cart could take; `value`: what all that are available are worth. */
  readonly points: { readonly used: number; readonly worth: number; readonly available: number; readonly value: number; readonly most: number } | undefined;
  readonly why: readonly Why[];
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

type Priced = CartLine & { readonly title: string; readonly unitPrice: number };
interface Asked { readonly id: string; readonly verdict: CodeVerdict; readonly offer: StackOffer | undefined }

const classOf = (terms: DiscountTerms): StackClass => terms.class ?? (terms.kind === 'free-shipping' ? 'shipping' : terms.skus || terms.sku !== undefined ? 'product' : 'order');

/** Each code as an offer; one for the price of a piece needs a piece that no other such code has. */
function offersOf(verdicts: readonly CodeVerdict[], lines: readonly Priced[]): Asked[] {
  const pieces = new Map(lines.map((line) => [line.sku, line.quantity]));
  return verdicts.map((verdict, at): Asked => {
    const id = verdicts.findIndex(({ code }) => code === verdict.code) === at ? verdict.code : `${verdict.code}#${at}`;
    if (!verdict.ok) return { id, verdict, offer: undefined };
    const { terms, expiresAt } = verdict;
    const shared = { id, class: classOf(terms), stacksWith: terms.stacksWith, expiresAt };
    if (terms.skus && !terms.skus.some((sku) => pieces.has(sku))) return { id, verdict, offer: undefined };
    if (terms.kind !== 'price') return { id, verdict, offer: { ...shared, kind: terms.kind, value: terms.value, on: terms.skus } };
    const left = pieces.get(terms.sku ?? '') ?? 0;
    if (left === 0) return { id, verdict, offer: undefined };
    pieces.set(terms.sku!, left - 1);
    return { id, verdict, offer: { ...shared, kind: 'amount', value: Math.max(0, lines.find(({ sku }) => sku === terms.sku)!.unitPrice - terms.value), on: [terms.sku!], ownPrice: true } };
  });
}

function codeView({ verdict, offer }: Asked, taken: Taken | undefined): QuotedCode {
  const { code } = verdict;
  if (!verdict.ok) return { code, ok: false, amount: 0, reason: verdict.reason, ...(verdict.minimum === undefined ? {} : { minimum: verdict.minimum }) };
  const { terms } = verdict;
  return offer ? { code, ok: true, amount: taken ? taken.goods + taken.shipping : 0, terms } : { code, ok: false, amount: 0, reason: 'not-in-cart', terms };
}

const MEMBER = 'member:', POINTS = 'points:';

/**
 * Prices a cart with the combination of codes, member price and points that costs the shopper least by the shop's rules. What each takes off is
 * spread over the lines by largest remainder, so that the lines add up to the total. @throws GX_SKU (422)
 */
export function quote(lines: readonly CartLine[], verdicts: readonly CodeVerdict[], { rules = DEFAULT_RULES, floors, member, points }: QuoteTerms = {}): Quote {
  const priced = mergeLines(lines).map((line): Priced => {
    const product = sold(line.sku);
    return { sku: line.sku, quantity: line.quantity, title: platformTitle(product), unitPrice: product.price };
  });
  const subtotal = priced.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const cart: StackCart = {
    shipping: subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING,
    lines: priced.map((line) => ({ key: line.sku, amount: line.unitPrice * line.quantity, floor: floorOf(floors?.get(line.sku), line.unitPrice) * line.quantity })),
  };
  const asked = offersOf(verdicts, priced);
  const worth = points ? Math.floor((points.available * points.worth) / 100) : 0;
  const offers = [
    ...asked.flatMap(({ offer }) => offer ?? []),
    ...(member ? [{ id: MEMBER, class: 'member', kind: 'percent', value: member.basisPoints } as const] : []),
    ...(points?.use && worth > 0 ? [{ id: POINTS, class: 'points', kind: 'amount', value: worth } as const] : []),
  ];
  const { best, lost } = solve(cart, offers, rules);
  const took = (id: string): Taken | undefined => best.taken.find((each) => each.id === id);
  const pointsOf = (fen: number): number => Math.ceil((fen * 100) / points!.worth);
  return {
    subtotal, discount: subtotal + best.shipping - best.pay - best.points, shipping: best.shipping, total: best.pay, codes: asked.map((each) => codeView(each, took(each.id))),
    applied: asked.flatMap(({ id, verdict }): AppliedCode[] => {
      const taken = took(id);
      return taken && verdict.ok ? [{ code: verdict.code, amount: taken.goods + taken.shipping, minimum: verdict.terms.minimum, returns: verdict.terms.returns ?? 'prorate', shares: taken.shares }] : [];
    }),
    lines: priced.map((line, i) => ({ ...line, memberSaved: took(MEMBER)?.shares[i] ?? 0, paid: best.lines[i]!, pointsPaid: took(POINTS)?.shares[i] ?? 0 })),
    member: member && { label: member.label, basisPoints: member.basisPoints, saved: took(MEMBER)?.goods ?? 0 },
    points: points && { used: best.points === 0 ? 0 : pointsOf(best.points), worth: best.points, available: points.available, value: worth, most: Math.min(points.available, pointsOf(best.lines.reduce((sum, left) => sum + left, 0) + best.points)) },
    why: whyOf({ taken: best.taken, lost, kindOf: (id) => (id === MEMBER ? 'member' : id === POINTS ? 'points' : 'code') }),
  };
}
