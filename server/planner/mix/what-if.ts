import type { Assumptions } from '../simulation/assumptions.js';
import type { Plan } from '../simulation/plan.js';

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

/** The plan with what was tried out. Points of a cycle stay whole. */
export function tried(plan: Plan, { points = {}, wins = {}, costs = {}, assumptions = {} }: WhatIf): Plan {
  return {
    ...plan, assumptions: { ...plan.assumptions, ...assumptions },
    earnings: plan.earnings.map((each) => {
      const by = scaled(points[each.ref] ?? 100, wins[each.ref]);
      return { ...each, expected: scaled(each.expected, by), worst: Math.ceil(scaled(each.worst, points[each.ref])), ...(each.cycle ? { cycle: each.cycle.map((day) => Math.round(scaled(day, by))) } : {}), ...(each.value === undefined ? {} : { value: scaled(each.value, wins[each.ref]) }) };
    }),
    offers: plan.offers.map((each) => ({ ...each, cost: costs[each.ref] ?? each.cost })),
    draws: plan.draws.map((each) => ({ ...each, pointsBack: scaled(scaled(each.pointsBack, wins[each.ref]), points[each.ref]), value: scaled(each.value, wins[each.ref]) })),
    decks: (plan.decks ?? []).map((each) => ({ ...each, points: Math.ceil(scaled(scaled(each.points, wins[each.ref]), points[each.ref])), value: Math.ceil(scaled(each.value, wins[each.ref])) })),
  };
}
