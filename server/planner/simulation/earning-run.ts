import type { Assumptions } from './assumptions.js';
import type { Decks } from './decks.js';
import type { PlannedEarning } from './plan.js';

/** Whole points of one time: between 0 and `worst` with the mean `expected`; exactly `expected` when nothing varies. */
function pointsOf({ expected, worst }: PlannedEarning, random: () => number): number {
  if (expected >= worst || expected <= 0) return Math.max(0, Math.floor(expected) + (random() < expected % 1 ? 1 : 0));
  const drawn = worst * random() ** (worst / expected - 1);
  return Math.floor(drawn) + (random() < drawn % 1 ? 1 : 0);
}

/** What one member earns from one activity, visit by visit. */
export class EarningRun {
  #streak = 0;
  #lastDay = -2;
  #done = false;
  #week = -1;
  /** What the last visit gave besides points, in minor units. */
  value = 0;

  constructor(readonly earning: PlannedEarning, private readonly assumptions: Assumptions, private readonly decks: Decks) {}

  /** Points on a visit; the first visit does everything. */
  visit(day: number, first: boolean, random: () => number): number {
    const { earning, assumptions } = this;
    this.value = 0;
    switch (earning.often) {
      case 'once': {
        if (this.#done) return 0;
        this.#done = true;
        return pointsOf(earning, random);
      }
      case 'weekly': {
        const week = Math.floor(day / 7);
        if (week === this.#week) return 0;
        this.#week = week;
        return pointsOf(earning, random);
      }
      case 'daily': {
        if (random() >= assumptions.checksIn && !first) return 0;
        this.#streak = day === this.#lastDay + 1 ? this.#streak + 1 : 1;
        this.#lastDay = day;
        const { cycle } = earning;
        return cycle?.length ? cycle[(this.#streak - 1) % cycle.length]! : pointsOf(earning, random);
      }
      case 'per-play': {
        if (random() >= assumptions.plays && !first) return 0;
        return earning.deck === undefined ? this.#plays(random) : this.#draws(earning.deck, first, random);
      }
    }
  }

  #plays(random: () => number): number {
    let points = 0;
    for (let time = 0; time < this.earning.timesPerDay; time++) points += pointsOf(this.earning, random);
    return points;
  }

  #draws(deck: string, first: boolean, random: () => number): number {
    let points = 0;
    for (let time = 0; time < this.earning.timesPerDay; time++) {
      const ticket = this.decks.draw(deck, random);
      points += ticket?.points ?? 0;
      this.value += ticket?.value ?? 0;
    }
    return points === 0 && this.value === 0 && first ? this.decks.console(deck) : points;
  }
}
