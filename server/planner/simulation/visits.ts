import type { Plan } from './plan.js';
import { randomOf, seedOf } from './random.js';

/** How often a synthetic member comes: members are dealt to the classes in order, so that the shares are exact. */
function chanceOf(plan: Plan, member: number): number {
  const place = (member + 0.5) / plan.members;
  let upTo = 0;
  for (const { share, visits } of plan.assumptions.classes) {
    upTo += share;
    if (place < upTo) return visits;
  }
  return plan.assumptions.classes.at(-1)?.visits ?? 0;
}

/**
 * Writes what one member does on each day into `spent`: −1 does not come, 0 comes, more comes and buys for that much. Synthetic members join
 * on the first day, with their first visit; replayed ones come when they came.
 */
export function visitsOf(plan: Plan, member: number, spent: Float64Array): void {
  const random = randomOf(seedOf(plan.seed, member, 1));
  const { conversion, orderValue } = plan.assumptions;
  const { replay } = plan;
  if (!replay) {
    const chance = chanceOf(plan, member);
    for (let day = 0; day < plan.days; day++) {
      const comes = random() < chance || day === 0, buys = random() < conversion, size = random();
      spent[day] = comes ? (buys ? Math.round(orderValue * (0.5 + size)) : 0) : -1;
    }
    return;
  }
  const chance = replay.visits[member] ?? 0;
  for (let day = 0; day < plan.days; day++) spent[day] = random() < chance ? 0 : -1;
  for (let entry = replay.from[member]!; entry < replay.from[member + 1]!; entry++) {
    for (let day = replay.day[entry]!; day < plan.days; day += replay.days) spent[day] = Math.max(0, spent[day]!) + replay.spent[entry]!;
  }
}
