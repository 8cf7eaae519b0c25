import { contents } from './decks.js';
import type { Plan, PlannedEarning } from './plan.js';

/** Points that one member can get at most from the activities in so many days. */
export function mostPoints(earnings: readonly PlannedEarning[], days: number): number {
  return earnings.reduce((sum, each) => {
    switch (each.often) {
      case 'once': return sum + each.worst;
      case 'weekly': return sum + each.worst * Math.ceil(days / 7);
      case 'per-play': return sum + each.worst * each.timesPerDay * days;
      case 'daily': {
        if (!each.cycle?.length) return sum + each.worst * days;
        let total = 0;
        for (let day = 0; day < days; day++) total += each.cycle[day % each.cycle.length]!;
        return sum + total;
      }
    }
  }, 0);
}

/** Everybody does everything every day, every deck is emptied, points of the expected orders included, and all of it is turned into what costs most per point. */
export function worstCase(plan: Plan, orderPoints: number): { points: number; cost: number } {
  const decks = (plan.decks ?? []).map(contents);
  const points = mostPoints(plan.earnings.filter(({ deck }) => deck === undefined), plan.days) * plan.members + decks.reduce((sum, deck) => sum + deck.points, 0) + orderPoints;
  const unlimited = plan.offers.filter(({ stock }) => stock === null).map(({ value, cost }) => value / cost);
  const rate = Math.max(0, ...unlimited, ...plan.draws.filter(({ deck }) => deck === undefined).map(({ value, cost }) => value / cost));
  // What is limited is taken first where it costs more than what is not.
  let left = points, cost = decks.reduce((sum, deck) => sum + deck.most, 0);
  for (const offer of plan.offers.filter((each) => each.stock !== null && each.value / each.cost > rate).toSorted((a, b) => b.value / b.cost - a.value / a.cost)) {
    const taken = Math.min(offer.stock!, Math.floor(left / offer.cost));
    left -= taken * offer.cost;
    cost += taken * offer.value;
  }
  return { points, cost: Math.round(cost + left * rate) };
}
