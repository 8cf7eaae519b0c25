import { applyOffers } from './apply-offers.js';
import type { Combination, StackCart, StackOffer } from './stack-cart.js';
import { pairOf, type StackingRules } from './stacking-rules.js';

/** Why an offer is not in the best combination. `difference`: how much more the best combination with it would cost the shopper. */
export interface Lost { readonly id: string; readonly reason: 'stacking' | 'floor' | 'no-effect' | 'better' | 'too-many'; /** Those of the best combination that it may not stand beside. */ readonly with: readonly string[]; readonly difference: number }
export interface Solution { readonly best: Combination; readonly lost: readonly Lost[] }

/** 2^8 combinations are tried. Of more offers the best of each class stays, and then what saves most alone. */
export const MOST_OFFERS = 8;

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
/** Points are the shopper's own money: paying with them is no saving. */
const cost = ({ pay, points }: Combination): number => pay + points;

export function compatible(a: StackOffer, b: StackOffer, rules: StackingRules): boolean {
  if (a.ownPrice && b.ownPrice) return true;
  return rules.pairs.includes(pairOf(a.class, b.class)) && (a.stacksWith?.includes(b.class) ?? true) && (b.stacksWith?.includes(a.class) ?? true);
}

interface Tried { readonly offers: readonly StackOffer[]; readonly found: Combination }

/** Cheapest first; then less money for more points, fewer offers spent, those that expire sooner, and at last by name, so that equals are decided alike everywhere. */
function order(a: Tried, b: Tried): number {
  const soonest = ({ offers }: Tried): number => Math.min(...offers.map((offer) => offer.expiresAt ?? Infinity));
  const names = ({ offers }: Tried): string => offers.map((offer) => offer.id).join('\0');
  return cost(a.found) - cost(b.found) || a.found.pay - b.found.pay || a.offers.length - b.offers.length || (soonest(a) < soonest(b) ? -1 : soonest(a) > soonest(b) ? 1 : 0) || (names(a) < names(b) ? -1 : 1);
}

function why(offer: StackOffer, best: Tried, all: readonly Tried[], rules: StackingRules, cart: StackCart): Lost {
  const beside = best.offers.filter((other) => !compatible(offer, other, rules)).map((other) => other.id);
  const other = all.filter(({ offers }) => offers.includes(offer)).toSorted(order)[0]!;
  const difference = Math.max(0, cost(other.found) - cost(best.found));
  if (beside.length > 0) return { id: offer.id, reason: 'stacking', with: beside, difference };
  if (difference > 0) return { id: offer.id, reason: 'better', with: [], difference };
  const before = best.found.lines.map((left, i) => left + best.found.taken.reduce((sum, taken) => sum + (best.offers.find(({ id }) => id === taken.id)?.class === 'points' ? taken.shares[i]! : 0), 0));
  const stopped = offer.kind !== 'free-shipping' && cart.lines.some((line, i) => (offer.on?.includes(line.key) ?? true) && line.floor > 0 && before[i]! <= line.floor);
  return { id: offer.id, reason: stopped ? 'floor' : 'no-effect', with: [], difference: 0 };
}

/**
 * The combination of offers that costs the shopper least, and for each other offer why it lost. Independent of the order of `offers`; their
 * ids are distinct. No line goes below its floor by discounts, none below 0 at all.
 */
export function solve(cart: StackCart, offers: readonly StackOffer[], rules: StackingRules): Solution {
  const apply = (chosen: readonly StackOffer[]): Combination => applyOffers(cart, chosen, rules);
  const alone = offers.map((offer) => ({ offer, saves: ((found) => cart.shipping + cart.lines.reduce((sum, line) => sum + line.amount, 0) - found.pay)(apply([offer])) }));
  const ranked = alone.toSorted((a, b) => b.saves - a.saves || byId(a.offer, b.offer)).map(({ offer }) => offer);
  const first = ranked.filter((offer, i) => ranked.findIndex((other) => other.class === offer.class) === i);
  const kept = [...first, ...ranked.filter((offer) => !first.includes(offer))].slice(0, MOST_OFFERS).toSorted(byId);
  const tried: Tried[] = [];
  for (let bits = 0; bits < 2 ** kept.length; bits++) {
    const chosen = kept.filter((_, i) => bits & (1 << i));
    if (chosen.every((a, i) => chosen.slice(i + 1).every((b) => compatible(a, b, rules)))) tried.push({ offers: chosen, found: apply(chosen) });
  }
  const best = tried.toSorted(order)[0]!;
  return {
    best: best.found,
    lost: offers.filter((offer) => !best.offers.includes(offer)).toSorted(byId).map((offer): Lost => (kept.includes(offer) ? why(offer, best, tried, rules, cart) : { id: offer.id, reason: 'too-many', with: [], difference: 0 })),
  };
}
