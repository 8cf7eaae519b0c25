/** What is known of a person when the risk is judged. Counts of others who share a signal; the rest speaks of the whole cluster. */
export interface RiskFacts {
  readonly device: number; readonly email: number; readonly address: number; readonly payment: number;
  /** The most people of the cluster who came within 24 hours. */
  readonly burst: number;
  /** Rewards that staff refused somebody of the cluster in the last 90 days. */
  readonly refused: number;
  /** Rewards this person was given in the last hour. */
  readonly hourly: number;
  /** Earlier checks of this person that ended well. */
  readonly cleared: number;
}
export interface RiskReason { readonly signal: keyof RiskFacts; readonly count: number; /** Basis points. */ readonly weight: number }
export interface RiskScore { readonly score: number; readonly reasons: readonly RiskReason[] }

/** From how many on a fact weighs how much, in basis points; the last step reached counts. One shared thing alone never holds anything. */
export const WEIGHTS: Readonly<Record<Exclude<keyof RiskFacts, 'cleared'>, readonly (readonly [number, number])[]>> = {
  device: [[1, 3500], [2, 5000], [5, 7000]],
  email: [[1, 4500], [2, 6500], [5, 8000]],
  address: [[1, 3000], [5, 4000]],
  payment: [[1, 3500], [3, 6000]],
  burst: [[10, 6000], [50, 8000]],
  refused: [[1, 5000]],
  hourly: [[30, 3000], [100, 5500]],
};
/** What is left of a score once a check has ended well. */
const TRUST = 0.5;

/** Signals that do not depend on each other: each leaves its share of what the others left. 0 … 10,000. */
export function riskScore(facts: RiskFacts): RiskScore {
  const reasons: RiskReason[] = [];
  let innocent = 1;
  for (const [signal, steps] of Object.entries(WEIGHTS) as [Exclude<keyof RiskFacts, 'cleared'>, readonly (readonly [number, number])[]][]) {
    const weight = steps.filter(([least]) => facts[signal] >= least).at(-1)?.[1];
    if (weight === undefined) continue;
    reasons.push({ signal, count: facts[signal], weight });
    innocent *= 1 - weight / 10_000;
  }
  let score = 1 - innocent;
  if (facts.cleared > 0 && facts.refused === 0 && score > 0) {
    reasons.push({ signal: 'cleared', count: facts.cleared, weight: -Math.round(score * (1 - TRUST) * 10_000) });
    score *= TRUST;
  }
  return { score: Math.round(score * 10_000), reasons: reasons.sort((a, b) => b.weight - a.weight) };
}

export interface RiskRules { readonly watching: boolean; /** Basis points. */ readonly holdFrom: number; readonly reviewFrom: number; readonly holdHours: number }
export const DEFAULT_RULES: RiskRules = { watching: true, holdFrom: 5_000, reviewFrom: 8_000, holdHours: 72 };
export interface RulesRow { readonly watching: number; readonly hold_from: number; readonly review_from: number; readonly hold_hours: number }
export const rulesOf = (row: RulesRow | undefined): RiskRules => (row ? { watching: row.watching === 1, holdFrom: row.hold_from, reviewFrom: row.review_from, holdHours: row.hold_hours } : DEFAULT_RULES);
export type RiskAction = 'allow' | 'hold' | 'review';
/** Below `holdFrom` nothing happens; above `reviewFrom` staff look first. */
export const actionOf = (rules: RiskRules, score: number): RiskAction => (!rules.watching || score < rules.holdFrom ? 'allow' : score > rules.reviewFrom ? 'review' : 'hold');
