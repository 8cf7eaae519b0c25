import type { Assumptions } from '../simulation/assumptions.js';
import type { Plan, PlannedDeck } from '../simulation/plan.js';

/** What a merchant tries out. Percentages are whole: 100 leaves a thing as it is. */
export interface WhatIf {
  /** Points of an activity by its id, in percent. */
  readonly points?: Readonly<Record<string, number>>;
  /** How much of a draw's deck wins, by its id, in percent of now. */
  readonly wins?: Readonly<Record<string, number>>;
  /** Cost in points of an offer by its ref. */
  readonly costs?: Readonly<Record<string, number>>;
  readonly assumptions?: Partial<Omit<Assumptions, 'classes' | 'minorPerUnit'>>;
}

const scaled = (value: number, percent = 100): number => (value * percent) / 100;

/** More or fewer of the tickets win; the deck stays as large as it is, if there are blanks enough. */
function won(deck: PlannedDeck, points = 100, wins = 100): PlannedDeck {
  const all = deck.tickets.reduce((sum, each) => sum + each.tickets, 0);
  const blank = (each: PlannedDeck['tickets'][number]): boolean => each.points === 0 && each.most === 0;
  const winning = deck.tickets.filter((each) => !blank(each)).map((each) => ({ ...each, points: Math.round(scaled(each.points, points)), tickets: Math.round(scaled(each.tickets, wins)) }));
  const blanks = Math.max(0, all - winning.reduce((sum, each) => sum + each.tickets, 0));
  return { ...deck, tickets: [...winning, { points: 0, value: 0, most: 0, tickets: blanks }], ...(deck.newcomers ? { newcomers: { ...deck.newcomers, points: Math.round(scaled(deck.newcomers.points, points)) } } : {}) };
}

/** The plan with what was tried out. Points stay whole. */
export function tried(plan: Plan, { points = {}, wins = {}, costs = {}, assumptions = {} }: WhatIf): Plan {
  return {
    ...plan, assumptions: { ...plan.assumptions, ...assumptions },
    earnings: plan.earnings.map((each) => {
      const by = points[each.ref];
      return { ...each, expected: scaled(each.expected, by), worst: Math.ceil(scaled(each.worst, by)), ...(each.cycle ? { cycle: each.cycle.map((day) => Math.round(scaled(day, by))) } : {}) };
    }),
    offers: plan.offers.map((each) => ({ ...each, cost: costs[each.ref] ?? each.cost })),
    decks: (plan.decks ?? []).map((each) => won(each, points[each.ref], wins[each.ref])),
  };
}
