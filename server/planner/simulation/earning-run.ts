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
  /** How often something was got on the last visit; what it was worth besides points follows from it. */
  times = 0;

  constructor(readonly earning: PlannedEarning, private readonly assumptions: Assumptions, private readonly decks: Decks) {}

  clear(): void { this.#streak = 0; this.#lastDay = -2; this.#done = false; this.#week = -1; }

  /** Points on a visit; the first visit does everything. */
  visit(day: number, first: boolean, random: () => number): number {
    const { earning, assumptions } = this;
    this.times = 0;
    switch (earning.often) {
      case 'once': {
        if (this.#done) return 0;
        this.#done = true;
        this.times = 1;
        return pointsOf(earning, random);
      }
      case 'weekly': {
        const week = Math.floor(day / 7);
        if (week === this.#week) return 0;
        this.#week = week;
        this.times = 1;
        return pointsOf(earning, random);
      }
      case 'daily': {
        if (random() >= assumptions.checksIn && !first) return 0;
        this.#streak = day === this.#lastDay + 1 ? this.#streak + 1 : 1;
        this.#lastDay = day;
        this.times = 1;
        const { cycle } = earning;
        return cycle?.length ? cycle[(this.#streak - 1) % cycle.length]! : pointsOf(earning, random);
      }
      case 'per-play': {
        if (random() >= assumptions.plays && !first) return 0;
        let points = 0;
        for (; this.times < earning.timesPerDay && this.decks.take(earning.deck); this.times++) points += pointsOf(earning, random);
        return points;
      }
    }
  }
}
