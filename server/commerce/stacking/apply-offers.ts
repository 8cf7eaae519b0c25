import { allocateWithin } from './allocation.js';
import type { Combination, StackCart, StackOffer, Taken } from './stack-cart.js';
import type { StackingRules } from './stacking-rules.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
const percent = (of: number, basisPoints: number): number => Number((BigInt(of) * BigInt(basisPoints)) / 10_000n);

/** Takes off what was chosen, class by class, percentages before amounts; each is spread over its lines by what is left of them, largest remainder. */
export function applyOffers(cart: StackCart, chosen: readonly StackOffer[], rules: StackingRules): Combination {
  const rank = (offer: StackOffer): number => rules.priority.indexOf(offer.class) * 2 + (offer.kind === 'percent' ? 0 : 1);
  const left = cart.lines.map((line) => line.amount);
  let { shipping } = cart;
  let points = 0;
  const taken: Taken[] = [];
  for (const offer of chosen.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))) {
    if (offer.kind === 'free-shipping') {
      taken.push({ id: offer.id, goods: 0, shipping, shares: left.map(() => 0) });
      shipping = 0;
      continue;
    }
    const on = cart.lines.map((line) => offer.on?.includes(line.key) ?? true);
    const room = cart.lines.map((line, i) => (on[i] ? Math.max(0, left[i]! - (offer.class === 'points' || offer.ownPrice ? 0 : line.floor)) : 0));
    const base = sum(cart.lines.map((line, i) => (on[i] ? (rules.basis === 'original' ? line.amount : left[i]!) : 0)));
    const goods = Math.min(offer.kind === 'percent' ? percent(base, offer.value) : offer.value, sum(room));
    const shares = allocateWithin(goods, left.map((amount, i) => (on[i] ? amount : 0)), room);
    shares.forEach((share, i) => { left[i]! -= share; });
    if (offer.class === 'points') points += goods;
    taken.push({ id: offer.id, goods, shipping: 0, shares });
  }
  return { taken, lines: left, shipping, pay: sum(left) + shipping, points };
}
