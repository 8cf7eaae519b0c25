import { minorUnits } from '../../plugin-api/index.js';
import { solve, type Solution } from './solve.js';
import type { StackCart, StackOffer } from './stack-cart.js';
import type { StackingRules } from './stacking-rules.js';

export interface StackingExample extends Solution { readonly cart: StackCart; readonly offers: readonly StackOffer[] }

/** A cart of 200 and 100, the second with a floor of 80, with one of everything that can be taken off and a second order coupon: what the shop's rules make of it. */
export function stackingExample(currency: string, rules: StackingRules): StackingExample {
  const unit = minorUnits(currency);
  const cart: StackCart = { shipping: 12 * unit, lines: [{ key: 'a', amount: 200 * unit, floor: 0 }, { key: 'b', amount: 100 * unit, floor: 80 * unit }] };
  const offers: readonly StackOffer[] = [
    { id: 'member', class: 'member', kind: 'percent', value: 1000 }, { id: 'product', class: 'product', kind: 'amount', value: 15 * unit, on: ['a'] }, { id: 'order-amount', class: 'order', kind: 'amount', value: 20 * unit },
    { id: 'order-percent', class: 'order', kind: 'percent', value: 1500 }, { id: 'shipping', class: 'shipping', kind: 'free-shipping', value: 0 }, { id: 'points', class: 'points', kind: 'amount', value: 5 * unit },
  ];
  return { cart, offers, ...solve(cart, offers, rules) };
}
