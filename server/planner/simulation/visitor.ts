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
 * When one member comes and what they buy, day by day. Synthetic members join on the first day, with their first visit; replayed ones come
 * when they came, again and again when the history is shorter than the run.
 */
export class Visitor {
  readonly #random: () => number;
  readonly #chance: number;
  #entry: number;

  constructor(private readonly plan: Plan, private readonly member: number) {
    this.#random = randomOf(seedOf(plan.seed, member, 1));
    this.#chance = plan.replay ? plan.replay.visits[member] ?? 0 : chanceOf(plan, member);
    this.#entry = plan.replay?.from[member] ?? 0;
  }

  /** −1: does not come. 0: comes. More: comes and buys for that much. Ask for each day once, in order. */
  next(day: number): number {
    const random = this.#random, { replay } = this.plan;
    if (!replay) {
      const { conversion, orderValue } = this.plan.assumptions;
      const comes = random() < this.#chance || day === 0, buys = random() < conversion, size = random();
      return comes ? (buys ? Math.round(orderValue * (0.5 + size)) : 0) : -1;
    }
    let spent = random() < this.#chance ? 0 : -1;
    const today = day % replay.days;
    if (today === 0) this.#entry = replay.from[this.member]!;
    const end = replay.from[this.member + 1]!;
    for (; this.#entry < end && replay.day[this.#entry]! <= today; this.#entry++) if (replay.day[this.#entry] === today) spent = Math.max(0, spent) + replay.spent[this.#entry]!;
    return spent;
  }
}
