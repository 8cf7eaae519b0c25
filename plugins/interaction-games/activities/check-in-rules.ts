import { z } from 'guanxi/plugin';

/** Points of each day of a streak; after the last day the cycle begins again. */
export const checkInRules = z.strictObject({ cycle: z.array(z.number().int().min(1).max(1_000)).min(1).max(31) });
export type CheckInRules = z.infer<typeof checkInRules>;

/** Points of the n-th day of a streak, n ≥ 1. */
export const pointsOfDay = (rules: CheckInRules, streak: number): number => rules.cycle[(streak - 1) % rules.cycle.length] ?? 0;
