import { ASSUMPTIONS } from './assumptions.js';
import type { Plan, PlannedEarning } from './plan.js';

const once = (ref: string, points: number): PlannedEarning => ({ ref, often: 'once', expected: points, worst: points, timesPerDay: 1 });
const checkIn = (...cycle: readonly number[]): PlannedEarning =>
  ({ ref: 'check-in', often: 'daily', cycle, expected: cycle.reduce((sum, each) => sum + each, 0) / cycle.length, worst: Math.max(...cycle), timesPerDay: 1 });
const game = (cap: number): PlannedEarning => ({ ref: 'game', often: 'per-play', expected: cap / 2, worst: cap, timesPerDay: 1 });
const TASKS = [once('follow', 50), once('birthday', 60), once('profile', 60), once('survey', 80)];

const base: Omit<Plan, 'earnings'> = {
  members: 8_000, days: 180, seed: 1, assumptions: ASSUMPTIONS,
  offers: [
    { ref: 'small', cost: 200, value: 200, useRate: ASSUMPTIONS.usesSmall, stock: null },
    { ref: 'large', cost: 800, value: 2_000, useRate: ASSUMPTIONS.usesThreshold, stock: null },
  ],
  draws: [{ ref: 'lottery', cost: 20, perDay: 3, pointsBack: 8, value: 10 }],
};

/** The three rows of the design's illustration, also what the planner compares a shop's own mix with. */
export const ILLUSTRATION = {
  default: { ...base, earnings: [...TASKS, checkIn(5, 5, 8, 8, 10, 10, 20), game(10)] },
  generous: { ...base, earnings: [...TASKS, checkIn(20, 20, 32, 32, 40, 40, 80), game(60)] },
  withoutTasks: { ...base, earnings: [checkIn(5, 5, 8, 8, 10, 10, 20), game(10)] },
} satisfies Record<string, Plan>;
