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
 * When one member comes and what they buy, visit by visit. Synthetic members join on the first day, with their first visit; replayed ones
 * come when they came, again and again when the history is shorter than the run.
 */
export class Visitor {
  /** Day of the visit, and what was paid on it; 0 for nothing. */
  day = -1;
  spent = 0;
  readonly #random: () => number;
  /** Divides the logarithm of a random number: days without a visit are distributed geometrically. */
  readonly #stays: number;
  #byChance = -1;
  #entry = 0;
  #round = 0;

  constructor(private readonly plan: Plan, private readonly member: number) {
    this.#random = randomOf(seedOf(plan.seed, member, 1));
    const chance = plan.replay ? plan.replay.visits[member] ?? 0 : chanceOf(plan, member);
    this.#stays = Math.log(1 - Math.min(chance, 1));
    this.#entry = plan.replay?.from[member] ?? 0;
    if (plan.replay) this.#byChance = this.#later(-1); else this.#byChance = 0;
  }

  /** The next day on which chance brings them after `day`; `Infinity` when it never does. */
  #later(day: number): number {
    const drawn = this.#random();
    return this.#stays === 0 ? Infinity : day + 1 + (this.#stays === -Infinity ? 0 : Math.floor(Math.log(1 - drawn) / this.#stays));
  }

  /** Moves on to the next visit. */
  advance(): void {
    const { replay, assumptions } = this.plan;
    if (!replay) {
      this.day = this.#byChance;
      const buys = this.#random() < assumptions.conversion, size = this.#random();
      this.spent = buys ? Math.round(assumptions.orderValue * (0.5 + size)) : 0;
      this.#byChance = this.#later(this.day);
      return;
    }
    const first = replay.from[this.member]!, end = replay.from[this.member + 1]!;
    const recorded = first === end ? Infinity : this.#round * replay.days + replay.day[this.#entry]!;
    this.day = Math.min(this.#byChance, recorded);
    this.spent = recorded === this.day && first < end ? replay.spent[this.#entry]! : 0;
    if (recorded === this.day && first < end) {
      this.#entry += 1;
      if (this.#entry === end) { this.#entry = first; this.#round += 1; }
    }
    if (this.#byChance === this.day) this.#byChance = this.#later(this.day);
  }
}
